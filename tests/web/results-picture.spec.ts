import { expect, test } from './fixtures.js'
import {
  five,
  offsetSpan,
  openExample,
  openProblem,
  picture,
  rowOf,
  expectSelection,
  selectionOf,
  timeSpan,
  viewportOf,
} from './results.js'

test('zooms each axis and both, and fits', async ({ page, playground }) => {
  await openExample(page, playground, 'resnet50')
  const whole = await viewportOf(picture(page))
  const seen = () => viewportOf(picture(page))

  await page.getByRole('button', { name: 'Zoom time in' }).click()
  await expect.poll(async () => timeSpan(await seen())).toBeCloseTo(timeSpan(whole) / 1.5, 6)
  expect(offsetSpan(await seen())).toBe(offsetSpan(whole))

  await page.getByRole('button', { name: 'Zoom offset in' }).click()
  await expect.poll(async () => offsetSpan(await seen())).toBeCloseTo(offsetSpan(whole) / 1.5, 0)

  await page.getByRole('button', { name: 'Zoom both axes in' }).click()
  await expect.poll(async () => timeSpan(await seen())).toBeCloseTo(timeSpan(whole) / 2.25, 6)
  await page.getByRole('button', { name: 'Zoom both axes out' }).click()
  await expect.poll(async () => timeSpan(await seen())).toBeCloseTo(timeSpan(whole) / 1.5, 6)

  await page.getByRole('button', { name: 'Fit' }).click()
  await expect.poll(seen).toEqual(whole)
})

test('lists what is live under the pointer, and what is largest at the peak', async ({
  page,
  playground,
}) => {
  await openProblem(page, playground, 'five.12.csv', five.replace('b4,9,21,4', 'b4,9,21,3'))
  const peak = page.getByRole('region', { name: 'Largest at the peak' })
  await expect(peak.getByRole('heading')).toHaveText('Largest at the peak, time 0')
  await expect(peak.getByRole('listitem')).toHaveCount(3)

  const box = await picture(page).boundingBox()
  if (box === null) throw new Error('The picture is not there')
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.5)
  const live = page.getByRole('region', { name: 'Live at the cursor' })
  await expect(live.getByRole('heading')).toHaveText(/^Live at (18|19|20)$/u)
  await expect(live.getByText('2 buffers, 7 together')).toBeVisible()
  await expect(live.getByRole('listitem')).toHaveText([/^b54 57\.1 %$/u, /^b43 42\.9 %$/u])
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.7)
  await expect(page.getByRole('grid').locator('.hovered')).toContainText('b5')
  await page.mouse.move(box.x + box.width / 2, box.y - 60)
  await expect(live.getByText('Point at the picture')).toBeVisible()
})

test('selects in the picture, the table and the lists alike', async ({ page, playground }) => {
  await openExample(page, playground, 'resnet50')
  const details = page.getByRole('region', { name: 'Pinned buffer' })

  await rowOf(page, 'conv1.workspace').click()
  await expect(details.getByRole('heading')).toContainText('conv1.workspace')
  await expect(details).toContainText('3,687,936')
  await expectSelection(picture(page), [2])

  const peak = page.getByRole('region', { name: 'Largest at the peak' })
  const largest = peak.getByRole('button').first()
  const id = await largest.innerText()
  await largest.click()
  await expect(details.getByRole('heading')).toContainText(id)
  await expect(rowOf(page, id)).toHaveAttribute('aria-selected', 'true')
  await expect(largest).toHaveAttribute('aria-pressed', 'true')

  // In the picture by the keyboard, which needs no pixels.
  await picture(page).focus()
  const before = await selectionOf(picture(page))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect.poll(() => selectionOf(picture(page))).not.toEqual(before)
  const selected = page.getByRole('grid').locator('[aria-selected=true]')
  await expect(selected).toHaveCount(1)
  await expect(async () => {
    const walked = await selected.getByRole('gridcell').first().innerText()
    expect(await details.getByRole('heading').innerText()).toContain(walked)
  }).toPass()

  await details.getByRole('button', { name: 'Unpin' }).click()
  await expect(details).toContainText('Press a buffer')
  await expectSelection(picture(page), [])
})

test('finds by a regular expression, in the picture and the table', async ({
  page,
  playground,
}) => {
  await openExample(page, playground, 'input')
  const field = page.getByRole('searchbox', { name: 'Find' })
  const rows = page.getByRole('grid').locator('[aria-selected]')
  await field.fill('B[12]$')
  await expect(page.locator('#search-result')).toHaveText('2 buffers')
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '3')
  await expect(picture(page)).toHaveAttribute('search', 'B[12]$')

  await field.fill('b(')
  await expect(page.locator('#search-result')).toHaveText(/unterminated group/iu)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(rows).toHaveCount(5)
  await field.fill('')
  await expect(page.locator('#search-result')).toHaveText('')
})

test('colours and hatches as asked, also after a reload', async ({ page, playground }) => {
  await openExample(page, playground, 'input')
  await page.getByLabel('Colour by').selectOption('prefix')
  await page.getByLabel('Unused space').check()
  await expect(picture(page)).toHaveAttribute('color-by', 'prefix')
  await expect(picture(page)).toHaveAttribute('waste', '')
  await page.reload()
  await expect(picture(page)).toHaveAttribute('color-by', 'prefix')
  await expect(page.getByLabel('Unused space')).toBeChecked()
})
