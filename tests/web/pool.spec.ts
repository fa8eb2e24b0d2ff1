// The pool view: its numbers against the same pools in Node.
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { load } from 'stowage'

import { expect, root, test } from './fixtures.js'
import { dropFile, expectPlan, openPlayground, stateOf } from './playground-page.js'

const { MemoryPool, Problem, replayOnline } = await load()

const name = 'resnet20-training'
const capacity = 49_678_852
const csv = readFileSync(join(root, `examples/problems/${name}.${String(capacity)}.csv`), 'utf8')
const { buffers } = Problem.fromCsv(csv, { capacity })

const policies = {
  'First fit': 'first-fit',
  'Best fit': 'best-fit',
  'Worst fit': 'worst-fit',
  'Next fit': 'next-fit',
  TLSF: 'tlsf',
} as const

function poolOf(page: Page): Locator {
  return page.getByRole('region', { name: 'The problem in a pool' })
}

async function openPool(page: Page, playground: string): Promise<Locator> {
  await openPlayground(page, `${playground}?view=pool#example=${name}`)
  const pool = poolOf(page)
  // All have been replayed.
  await expect(pool.locator('.race').getByRole('row')).toHaveCount(7)
  return pool
}

function rowOf(pool: Locator, label: string): Locator {
  const header = pool.page().getByRole('rowheader', { name: label })
  return pool.locator('.race').getByRole('row').filter({ has: header })
}

function figure(pool: Locator, label: string): Locator {
  return pool
    .locator('.pool-figures div')
    .filter({ hasText: new RegExp(`^${label}`) })
    .locator('dd')
}

const slider = (pool: Locator): Locator =>
  pool.getByRole('slider', { name: 'Events that have happened' })

/** The pool after so many events, under first fit. */
function poolAfter(events: number): InstanceType<typeof MemoryPool> {
  const replay = replayOnline(buffers)
  const maxLoad = Problem.fromCsv(csv, { capacity }).stats().maxLoad
  const pool = new MemoryPool(Math.max(replay.peakEnd, maxLoad))
  for (const event of replay.events.subarray(0, events)) {
    if (event < 0) pool.free(replay.offsets[~event] ?? -1)
    else pool.allocAt(replay.offsets[event] ?? -1, buffers[event]?.size ?? 0)
  }
  return pool
}

test('a switch leads to it and back, and the address keeps it', async ({ page, playground }) => {
  await openPlayground(page, `${playground}#example=${name}`)
  await page.getByRole('radio', { name: 'Pool' }).check()
  await expect(page).toHaveURL(/\/\?view=pool#example=/)
  await expect(poolOf(page)).toBeVisible()
  await page.reload()
  await expect(poolOf(page)).toBeVisible()
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByLabel('Link')).toHaveValue(/\?view=pool#v1=/)
  await page.keyboard.press('Escape')
  await page.getByRole('radio', { name: 'Plan' }).check()
  await expect(page).toHaveURL(/\/#example=/)
  await expect(page.getByRole('region', { name: 'Picture of the plan' })).toBeVisible()
})

test('the race has what pools in Node come to', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  const { maxLoad } = Problem.fromCsv(csv, { capacity }).stats()
  await expect(rowOf(pool, 'Plan').getByRole('cell')).toHaveText(['47.4 MiB', '1.000', '0'])
  for (const [label, policy] of Object.entries(policies)) {
    const { peakEnd } = replayOnline(buffers, { policy })
    const { failures } = replayOnline(buffers, { policy, capacity })
    const cells = rowOf(pool, label).getByRole('cell')
    await expect(cells.nth(0)).toHaveAttribute('title', `${peakEnd.toLocaleString('en')} bytes`)
    await expect(cells.nth(1)).toHaveText((peakEnd / maxLoad).toFixed(3))
    await expect(cells.nth(2)).toHaveText(String(failures))
  }
  await expect(pool.locator('.curves path')).toHaveCount(6)
})

test('its figures at a moment are those of the pool', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  for (const events of [0, 1, 100, 260, 372]) {
    await slider(pool).fill(String(events))
    const expected = poolAfter(events)
    const stats = expected.stats()
    const title = (value: number): string => `${value.toLocaleString('en')} bytes`
    await expect(figure(pool, 'Used')).toHaveAttribute('title', title(stats.used))
    await expect(figure(pool, 'Free')).toHaveAttribute('title', title(stats.free))
    await expect(figure(pool, 'Largest hole')).toHaveAttribute('title', title(stats.largestFree))
    await expect(figure(pool, 'Holes')).toHaveText(String(stats.numFreeBlocks))
    await expect(figure(pool, 'Blocks')).toHaveText(String(stats.numBlocks))
    const counts = expected.freeHistogram().blocks.filter((count) => count > 0)
    const shown = await pool.locator('.histogram td').allTextContents()
    expect(shown.map(Number).filter((count) => count > 0)).toEqual(counts)
    expected.dispose()
  }
})

test('steps tell each event in words, also by the keyboard', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  await expect(slider(pool)).not.toHaveValue('0')
  await pool.getByRole('button', { name: 'Start' }).click()
  await expect(pool.getByText('Nothing has happened yet.')).toBeVisible()
  await expect(pool.getByRole('button', { name: 'Back' })).toBeDisabled()
  const { events, offsets } = replayOnline(buffers)
  const first = events[0] ?? 0
  await pool.getByRole('button', { name: 'Forward' }).click()
  await expect(pool.locator('.event')).toHaveText(
    `Allocate ${buffers[first]?.id ?? ''}, ${String(buffers[first]?.size)} bytes: offset ${String(offsets[first])}.`,
  )
  await slider(pool).focus()
  await page.keyboard.press('End')
  await expect(pool.locator('.event')).toHaveText(/^Free .* at offset \d+\.$/)
  await page.keyboard.press('ArrowLeft')
  await expect(slider(pool)).toHaveValue(String(events.length - 1))
})

test('plays to the end, and pauses', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  await slider(pool).fill('300')
  await pool.getByRole('button', { name: 'Play' }).click()
  await expect(pool.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(slider(pool)).not.toHaveValue('300')
  await pool.getByRole('button', { name: 'Pause' }).click()
  await slider(pool).fill('368')
  await pool.getByRole('button', { name: 'Play' }).click()
  await expect(slider(pool)).toHaveValue('372')
  await expect(pool.getByRole('button', { name: 'Play' })).toBeVisible()
})

test('shows the policy that is chosen in the picture', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  for (const [label, policy] of Object.entries(policies)) {
    await pool.getByRole('combobox', { name: 'Policy' }).selectOption(label)
    const { offsets } = replayOnline(buffers, { policy })
    await expect
      .poll(() =>
        pool.locator('stowage-plan').evaluate((element) => {
          const { plan } = element as unknown as { plan: { offsets: Float64Array } }
          return [...plan.offsets]
        }),
      )
      .toEqual([...offsets])
  }
  await rowOf(pool, 'Best fit').getByRole('button').click()
  await expect(pool.getByRole('combobox', { name: 'Policy' })).toHaveValue('best-fit')
})

test('a pool of the capacity lists what had no room, and leads there', async ({
  page,
  playground,
}) => {
  const pool = await openPool(page, playground)
  await pool.getByRole('combobox', { name: 'Policy' }).selectOption('Worst fit')
  await pool.getByLabel('No larger than the capacity').check()
  const { offsets, events } = replayOnline(buffers, { policy: 'worst-fit', capacity })
  const failed = [...offsets.keys()].filter((position) => (offsets[position] ?? -1) < 0)
  expect(failed.length).toBeGreaterThan(0)
  const list = pool.getByRole('region', { name: 'Allocations without room' })
  await expect(list.getByRole('listitem')).toHaveCount(failed.length)
  const id = buffers[failed[0] ?? 0]?.id ?? ''
  await list.getByRole('button', { name: id, exact: true }).click()
  await expect(slider(pool)).toHaveValue(String(events.indexOf(failed[0] ?? 0) + 1))
  await expect(pool.locator('.event')).toContainText(`Allocate ${id}`)
  await expect(pool.locator('.event')).toContainText('no room')
  await pool.getByRole('combobox', { name: 'Policy' }).selectOption('First fit')
  await expect(list.getByRole('listitem')).toHaveCount(replayOnline(buffers, { capacity }).failures)
})

test('lists the moves of a defragmentation', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  await slider(pool).fill('260')
  const expected = poolAfter(260).planDefragment()
  await pool.getByRole('button', { name: 'Defragment' }).click()
  const moves = pool.getByRole('list', { name: 'Moves' }).getByRole('listitem')
  await expect(moves).toHaveCount(expected.length)
  const [first] = expected
  await expect(moves.first()).toContainText(
    `from ${first?.from.toLocaleString('en') ?? ''} to ${first?.to.toLocaleString('en') ?? ''}`,
  )
  await pool.getByRole('button', { name: 'Undo' }).click()
  await expect(moves).toHaveCount(0)
  await slider(pool).fill('1')
  await expect(pool.getByText('No block can move down.')).toBeVisible()
  await expect(pool.getByRole('button', { name: 'Defragment' })).toBeDisabled()
})

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test(`blocks move in the bar (motion: ${reducedMotion})`, async ({ page, playground }) => {
    await page.emulateMedia({ reducedMotion })
    const pool = await openPool(page, playground)
    await slider(pool).fill('260')
    const bar = pool.locator('canvas').first()
    const pixels = (): Promise<string> =>
      bar.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    const before = await pixels()
    await pool.getByRole('button', { name: 'Defragment' }).click()
    await expect.poll(pixels).not.toBe(before)
    // In the end, all that is free is at the top: the last column but one is a hole.
    await expect
      .poll(() =>
        bar.evaluate((element) => {
          const canvas = element as HTMLCanvasElement
          const { data } = canvas.getContext('2d')?.getImageData(0, 5, canvas.width, 1) ?? {
            data: [],
          }
          const last = [...data.slice(-8, -4)].join()
          let run = 0
          while (run < canvas.width) {
            const at = 4 * (canvas.width - 2 - run)
            if ([...data.slice(at, at + 4)].join() !== last) break
            ++run
          }
          return run / canvas.width
        }),
      )
      .toBeGreaterThan(0.2)
  })
}

test('another problem is replayed anew', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  await dropFile(page, 'small.12.csv', 'id,lower,upper,size\na,0,2,4\nb,1,9,4\nc,3,9,8\n')
  await expect(stateOf(page)).toContainText('A plan of height 12')
  await expect(rowOf(pool, 'First fit').getByRole('cell')).toHaveText(['16 B', '1.333', '1'])
})

test('a problem with gaps says what a pool makes of them', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  const note = pool.getByText('holds its memory during its gaps too')
  await expect(note).toBeHidden()
  await dropFile(page, 'gaps.12.csv', 'id,lower,upper,size,gaps\na,0,9,4,2-5\nb,2,5,8,\n')
  await expect(note).toBeVisible()
  await expect(rowOf(pool, 'First fit').getByRole('cell').first()).toHaveText('12 B')
})

test('what no pool can hold is said', async ({ page, playground }) => {
  const pool = await openPool(page, playground)
  const most = String(Number.MAX_SAFE_INTEGER)
  await dropFile(page, 'huge.csv', `id,lower,upper,size\na,0,9,${most}\nb,2,5,${most}\n`)
  await expect(pool.getByRole('alert')).toContainText('more than 9007199254740991 bytes together')
})

test('many buffers leave the page usable', async ({ page, playground }) => {
  await openPlayground(page, `${playground}?view=pool#example=input`)
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const size = 64 * (1 + ((i * 7919) % 1000))
    return `b${String(i)},${String(i)},${String(i + 1 + ((i * 31) % 200))},${String(size)}`
  })
  const text = `id,lower,upper,size\n${rows.join('\n')}\n`
  await dropFile(page, 'many.100000000.csv', text)
  await expect(page.getByText('20,000 buffers')).toBeVisible()
  await expectPlan(page)
  const pool = poolOf(page)
  await expect(pool.getByRole('row', { name: /TLSF/ })).toBeVisible()
  await slider(pool).fill('20000')
  await expect(pool.getByText('Event 20,000 of 40,000')).toBeVisible()
  expect(await page.locator('.pool *').count()).toBeLessThan(2000)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('is accessible', async ({ page, playground }) => {
      const pool = await openPool(page, playground)
      await pool.getByLabel('No larger than the capacity').check()
      await slider(pool).fill('260')
      await pool.getByRole('button', { name: 'Defragment' }).click()
      await expect(pool.getByRole('list', { name: 'Moves' })).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html }) => html)]),
      ).toEqual([])
    })
  })
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('nothing is cut off', async ({ page, playground }) => {
    await openPool(page, playground)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
  })
})
