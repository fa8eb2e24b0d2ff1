import { expect, test } from './fixtures.js'
import { openExample, openFile, picture, expectSelection } from './results.js'

test('an overload is told with its section', async ({ page, playground }) => {
  await openExample(page, playground, 'resnet50')
  await page.locator('#capacity').fill('6000000')
  await page.getByRole('button', { name: 'Solve', exact: true }).click()
  const notice = page.getByRole('region', { name: 'Why there is no plan' })
  await expect(notice).toContainText('At time 4 the live buffers need 6,021,120')
  await expect(notice).toContainText('21,120 more than the capacity')
  await expect(notice.getByRole('listitem')).toHaveCount(4)
  await notice.getByRole('button', { name: 'conv2_1.conv.workspace' }).click()
  await expectSelection(picture(page), [7])
})

test('what only the search can prove is explained by an irreducible subset', async ({
  page,
  playground,
}) => {
  await openExample(page, playground, 'input')
  // By their sizes a and b fit; by their alignment b begins at 4 at the least. The rest is not to blame.
  const csv = 'id,lower,upper,size,alignment\na,0,9,3,4\nb,0,9,3,4\nearly,-5,0,6,1\nlate,9,12,6,1\n'
  await openFile(page, 'aligned.6.csv', csv)
  const notice = page.getByRole('region', { name: 'Why there is no plan' })
  await expect(notice).toContainText('would fit by their sizes alone')
  await notice.getByRole('button', { name: 'Find the fewest buffers to blame' }).click()
  await expect(notice).toContainText(
    'These 2 buffers do not fit together; without any one of these the others fit.',
  )
  await expect(notice.getByRole('listitem')).toHaveText([/^a/u, /^b/u])
  const marked = await picture(page).evaluate(
    (element) => (element as HTMLElement & { marked: readonly number[] | null }).marked,
  )
  expect(marked).toEqual([0, 1])
  await notice.getByRole('button', { name: 'Select all of them' }).click()
  await expectSelection(picture(page), [0, 1])
  await page.locator('#capacity').fill('7')
  await page.getByRole('button', { name: 'Solve', exact: true }).click()
  await expect(page.getByText(/^A plan of height 7/u)).toBeVisible()
  await expect(notice).toHaveCount(0)
})
