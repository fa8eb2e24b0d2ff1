import { expect, test } from './fixtures.js'
import {
  dropFile,
  endlessProblem,
  expectPlan,
  openPlayground,
  stateOf,
  typeProblem,
} from './playground-page.js'

test('minimising shows how it gets on, until it is stopped', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'endless.csv', endlessProblem())
  await expect(stateOf(page)).toHaveText('Looking for the least height …')
  const figures = page.locator('.run-figures')
  for (const name of ['Best height', 'Proven bound', 'Gap', 'Nodes / s', 'Time']) {
    const figure = figures.locator('div').filter({ hasText: name }).locator('dd')
    await expect(figure).toHaveText(/\d/)
  }
  // The plans found so far are on the page already.
  await expect(page.getByRole('button', { name: 'Solve' })).toBeDisabled()
  await expect(page.getByRole('region', { name: 'Figures of the plan' })).toContainText('Height')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(stateOf(page)).toHaveText('Stopped. The best plan so far is shown.')
  await expect(page.getByRole('button', { name: 'Solve' })).toBeEnabled()
  await expect(page.getByRole('region', { name: 'Figures of the plan' })).toContainText('Height')
})

test('minimising never makes the picture worse', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'endless.csv', endlessProblem())
  // What the greedy decoders find, and nothing better without a search.
  const greedy = '396,145'
  const height = page.getByRole('region', { name: 'Figures of the plan' }).locator('dd').first()
  await expect(height).toHaveText(/\d/)
  await expect(height).not.toContainText(greedy)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(stateOf(page)).toContainText('Stopped.')
  await page.getByText('Advanced').click()
  await page.getByLabel('Engine').selectOption('heuristic')
  await page.getByRole('button', { name: 'Minimise' }).click()
  await expect(stateOf(page)).toContainText('A plan of height')
  await expect(height).not.toContainText(greedy)
})

test('Escape stops the search', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'endless.csv', endlessProblem())
  await expect(stateOf(page)).toContainText('Looking for')
  await page.keyboard.press('Escape')
  await expect(stateOf(page)).toContainText('Stopped.')
})

test('a worker that does not listen is ended', async ({ page, playground }) => {
  await page.addInitScript(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the worker below
    const { postMessage } = Worker.prototype
    Worker.prototype.postMessage = function (message: { type: string }) {
      if (message.type !== 'cancel') postMessage.call(this, message)
    }
  })
  await openPlayground(page, playground)
  await dropFile(page, 'endless.csv', endlessProblem())
  await expect(stateOf(page)).toContainText('Looking for')
  const [worker] = page.workers()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(stateOf(page)).toContainText('Stopped.')
  await expect.poll(() => page.workers()).not.toContain(worker)
  await page.getByRole('combobox', { name: 'Example' }).selectOption('input')
  await expectPlan(page)
})

test('the time limit ends the search', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await page.getByText('Advanced').click()
  await page.getByLabel('Time limit').fill('0.5')
  await page.getByLabel('Seed').focus()
  await dropFile(page, 'endless.csv', endlessProblem())
  await expect(stateOf(page)).toContainText('A lower one may exist')
})

test.describe('when nothing fits', () => {
  const address = '#example=yolov3-neck'

  test('the fewest buffers to blame are found and marked', async ({ page, playground }) => {
    await openPlayground(page, playground + address)
    const field = page.getByLabel('Capacity', { exact: true })
    await field.fill('5015259')
    await field.press('Enter')
    await expect(stateOf(page)).toHaveText('No plan fits within 5,015,259.')
    const notice = page.getByRole('region', { name: 'Why there is no plan' })
    await notice.getByRole('button', { name: 'Find the fewest buffers to blame' }).click()
    await expect(notice).toContainText('These 5 buffers do not fit together')
    await expect(notice.getByRole('listitem')).toHaveCount(5)
    const marked = await page
      .locator('stowage-plan')
      .evaluate((element) => (element as unknown as { marked: readonly number[] }).marked)
    expect(marked).toEqual([0, 10, 21, 23, 24])
    await field.fill('5015260')
    await field.press('Enter')
    await expectPlan(page)
    await expect(notice).toBeHidden()
  })

  test('minimising tells the least height all the same', async ({ page, playground }) => {
    await openPlayground(page, playground + address)
    const field = page.getByLabel('Capacity', { exact: true })
    await field.fill('5000000')
    await field.press('Enter')
    await expect(stateOf(page)).toContainText('No plan fits')
    await page.getByRole('button', { name: 'Minimise' }).click()
    await expect(stateOf(page)).toHaveText(
      'A plan of height 5,015,260, above the capacity of 5,000,000. ' +
        'This is the least height there is.',
    )
  })
})

test.describe('a worker that dies', () => {
  test('at its start is told, and the next try works', async ({ page, playground }) => {
    await page.route(/worker-[\w-]+\.js/, (route) => route.abort())
    await page.goto(playground)
    await expect(stateOf(page)).toContainText('The search ended unexpectedly.')
    await expect(page.getByRole('gridcell', { name: 'conv1.norm', exact: true })).toBeVisible()
    await page.unroute(/worker-[\w-]+\.js/)
    await page.getByRole('button', { name: 'Solve' }).click()
    await expectPlan(page)
  })

  test('amid a search leaves the best plan so far', async ({ page, playground }) => {
    await openPlayground(page, playground)
    await dropFile(page, 'endless.csv', endlessProblem())
    const figures = page.getByRole('region', { name: 'Figures of the plan' })
    await expect(figures).toContainText('Height')
    await page.workers()[0]?.evaluate(() => {
      setTimeout(() => {
        throw new Error('a fault of the test')
      })
    })
    await expect(stateOf(page)).toContainText('press Solve to try again')
    await expect(figures).toContainText('Height')
    await typeProblem(page, 'id,lower,upper,size\na,0,4,5\n')
    await expect(stateOf(page)).toContainText('A plan of height 5')
  })
})

test('a module that cannot be loaded is told', async ({ page, playground, forgive }) => {
  await page.route(/\.wasm$/, (route) => route.abort())
  await page.goto(playground)
  await expect(
    page.getByRole('alert').filter({ hasText: 'The planner could not be loaded.' }),
  ).toBeVisible()
  await forgive(/Failed to load resource/)
})
