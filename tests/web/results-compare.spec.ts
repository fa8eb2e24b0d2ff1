import { join } from 'node:path'
import type { Page } from '@playwright/test'

import { expect, root, test } from './fixtures.js'
import {
  five,
  offsetSpan,
  openExample,
  openProblem,
  picture,
  rowOf,
  expectSelection,
  stowage,
  timeSpan,
  viewportOf,
} from './results.js'

const example = join(root, 'examples/problems/mobilenet-v2.1656816.csv')

test('two plans side by side move together', async ({ page, playground }) => {
  await openTwo(page, playground)
  await expect(page.locator('stowage-plan')).toHaveCount(2)
  const both = () => Promise.all([viewportOf(picture(page, 0)), viewportOf(picture(page, 1))])
  const [whole, other] = await both()
  expect(whole).toEqual(other)

  await page.getByRole('button', { name: 'Zoom both axes in' }).click()
  await expect.poll(async () => timeSpan((await both())[0])).toBeCloseTo(timeSpan(whole) / 1.5, 6)
  await expect.poll(async () => offsetSpan((await both())[1])).toBeLessThan(offsetSpan(whole) / 1.4)
  await expect
    .poll(async () => {
      const [one, two] = await both()
      return one.timeLower === two.timeLower && one.offsetUpper === two.offsetUpper
    })
    .toBe(true)

  // By the wheel over the second: the first follows.
  const before = (await both())[0]
  await picture(page, 1).hover()
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => timeSpan((await both())[0])).not.toBe(timeSpan(before))
  await page.getByRole('button', { name: 'Fit' }).click()
  await expect.poll(both).toEqual([whole, whole])

  await rowOf(page, 'conv1').click()
  for (const which of [0, 1]) await expectSelection(picture(page, which), [2])
  const times = () =>
    page
      .locator('stowage-plan')
      .evaluateAll((all) =>
        all.map((each) => (each as HTMLElement & { cursorTime: number | null }).cursorTime),
      )
  await picture(page, 1).hover()
  await expect.poll(async () => (await times())[0]).not.toBeNull()
  const [first, second] = await times()
  expect(first).toBe(second)
})

test('the difference marks what has moved, and the table has the figures of both', async ({
  page,
  playground,
}) => {
  await openTwo(page, playground)
  await page.getByText('Difference', { exact: true }).click()
  await expect(page.locator('stowage-plan')).toHaveCount(1)
  const legend = await picture(page).evaluate((element) =>
    (element as HTMLElement & { legend: { label: string }[] }).legend.map(({ label }) => label),
  )
  expect(legend.join()).toContain('moved up')

  const table = page.getByRole('table')
  const [height, kept] = await table
    .getByRole('row', { name: /^Height/u })
    .getByRole('cell')
    .allInnerTexts()
  expect(height).toMatch(/^[\d,]+/u)
  expect(kept).toMatch(/^[\d,]+/u)
  await expect(table.getByRole('row', { name: /^Engine/u })).toContainText('canonical')
  await expect(table.getByRole('row', { name: /^Valid/u }).getByRole('cell')).toHaveText([
    'yes',
    'yes',
  ])
  await expect(page.getByText(/of 66 buffers have moved/u)).toBeVisible()

  const names = () => table.getByRole('columnheader').allInnerTexts()
  const [, shown, other] = await names()
  await page.getByRole('button', { name: 'Swap' }).click()
  await expect
    .poll(names)
    .toEqual(['Plan', other?.replace('Kept', 'Shown'), shown?.replace('Shown', 'Kept')])
  await page.getByRole('button', { name: 'Stop comparing' }).click()
  await expect(table).toHaveCount(0)
  await expect(page.getByText('Difference', { exact: true })).toHaveCount(0)
})

test('an uploaded plan is matched by its ids', async ({ page, playground }) => {
  await openExample(page, playground, 'mobilenet-v2')
  const plan = stowage('solve', example, '--capacity=4000000', '--engine=heuristic').toString()
  const [header = '', ...rows] = plan.trimEnd().split('\n')
  await upload(page, 'other.csv', [header, ...rows.toReversed()].join('\n'))
  const table = page.getByRole('table')
  await expect(table.getByRole('columnheader').last()).toHaveText('Kept: other.csv')
  await expect(table.getByRole('row', { name: /^Engine/u }).getByRole('cell')).toHaveText([
    'heuristic',
    '–',
  ])
  // In the order of the page, not of the file.
  const offsets = await picture(page, 1).evaluate((element) => [
    ...(element as HTMLElement & { plan: { offsets: Float64Array } }).plan.offsets,
  ])
  const column = header.split(',').indexOf('offset')
  expect(offsets).toEqual(rows.map((row) => Number(row.split(',')[column])))
})

test('an uploaded plan that is wrong is shown with what is wrong', async ({ page, playground }) => {
  await openProblem(page, playground, 'five.12.csv', five)
  const plan =
    'id,lower,upper,size,offset\nb1,0,3,4,8\nb2,3,9,4,8\nb3,0,9,4,5\nb4,9,21,4,4\nb5,0,21,4,0\n'
  await upload(page, 'wrong.csv', plan)
  await expect(page.locator('stowage-plan')).toHaveCount(2)
  const valid = page.getByRole('table').getByRole('row', { name: /^Valid/u })
  await expect(valid.getByRole('cell').last()).toContainText(
    "buffers 'b1' and 'b3' both hold the bytes [8, 9)",
  )
  await upload(page, 'sizes.csv', plan.replace('b3,0,9,4,5', 'b3,0,9,3,4'))
  await expect(valid.getByRole('cell').last()).toContainText('1 buffer has another size')
})

test('a plan of other buffers, or no plan, is refused with the reason', async ({
  page,
  playground,
}) => {
  await openProblem(page, playground, 'five.12.csv', five)
  const fault = page.getByRole('region', { name: 'Compare plans' }).getByRole('alert')
  await upload(page, 'ids.csv', 'id,lower,upper,size,offset\nb1,0,3,4,8\nc,3,9,4,8\n')
  await expect(fault).toHaveText(
    'ids.csv is a plan of other buffers: it lacks b2, b3, b4 and 1 more; the problem lacks c.',
  )
  await upload(page, 'problem.csv', five)
  await expect(fault).toContainText('problem.csv is not a plan: ')
  await upload(page, 'broken.csv', 'id,lower\n')
  await expect(fault).toContainText('broken.csv is not a plan: ')
  await expect(page.locator('stowage-plan')).toHaveCount(1)
})

/** The example solved by default and by another engine. */
async function openTwo(page: Page, playground: string): Promise<void> {
  await openExample(page, playground, 'mobilenet-v2')
  await page.getByRole('button', { name: 'Keep this plan' }).click()
  await page.getByText('Advanced', { exact: true }).click()
  await page.getByLabel('Engine').selectOption('canonical')
  await page.locator('#capacity').fill('4000000')
  await page.getByRole('button', { name: 'Solve', exact: true }).click()
  await expect(
    page.getByRole('columnheader', { name: /^Shown: canonical, capacity 4000000/u }),
  ).toBeVisible()
}

async function upload(page: Page, name: string, csv: string): Promise<void> {
  await page
    .getByLabel('Open a plan to compare')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) })
}
