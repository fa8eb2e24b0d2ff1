// What the element shows: pixels, colours, themes, the load, a difference.
import type * as Main from 'stowage'
import type * as Slim from 'stowage/slim'

import {
  clickAt,
  colorAt,
  csv,
  define,
  expect,
  frame,
  listenTo,
  placeOf,
  pointAt,
  test,
  viewportOf,
} from './element-page.js'

type MainModule = typeof Main
type SlimModule = typeof Slim

test('draws each buffer at its place, and nothing elsewhere', async ({ shown }) => {
  const theme = await shown.evaluate(() => stowage.themeOf('light'))
  for (const [time, offset] of [
    [1.5, 9],
    [6, 9],
    [4, 5],
    [15, 5],
    [10, 1],
  ] as const) {
    expect(await colorAt(shown, time, offset)).toBe(theme.sequential[0])
  }
  expect(await colorAt(shown, 15, 10)).toBe(theme.background)
  expect(await colorAt(shown, 2, 12.5)).toBe(theme.background)
})

test('colours by prefix, and tells the legend', async ({ shown }) => {
  const { legend, categorical } = await shown.evaluate(() => {
    picture.colorBy = 'prefix'
    return { legend: picture.legend, categorical: stowage.themeOf('light').categorical }
  })
  expect(legend.map(({ label }) => label)).toEqual(['conv', 'norm', 'pool', 'weights'])
  await frame(shown)
  expect(await colorAt(shown, 1.5, 9)).toBe(categorical[0])
  expect(await colorAt(shown, 4, 5)).toBe(categorical[1])
  expect(await colorAt(shown, 10, 1)).toBe(categorical[3])
  await expect(shown.locator('stowage-plan li')).toHaveText(['conv', 'norm', 'pool', 'weights'])
  await expect(shown.locator('stowage-plan')).toHaveAttribute('color-by', 'prefix')
})

test('parts can be hidden', async ({ shown }) => {
  const heightOf = () =>
    shown.locator('stowage-plan [part=picture]').evaluate((canvas) => canvas.clientHeight)
  const before = await heightOf()
  await shown.evaluate(() => {
    picture.hideLoad = true
  })
  await frame(shown)
  const withoutLoad = await heightOf()
  expect(withoutLoad).toBeGreaterThan(before)
  await shown.evaluate(() => (picture.hideLegend = true))
  await expect(shown.locator('stowage-plan [part=legend]')).toBeHidden()
  await frame(shown)
  expect(await heightOf()).toBeGreaterThan(withoutLoad)
})

test('follows the page’s color-scheme, the theme and custom properties', async ({ shown }) => {
  const [light, dark] = await shown.evaluate(() => [
    stowage.themeOf('light').background,
    stowage.themeOf('dark').background,
  ])
  expect(await colorAt(shown, 15, 10)).toBe(light)
  await shown.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => colorAt(shown, 15, 10)).toBe(dark)
  await shown.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => colorAt(shown, 15, 10)).toBe(light)
  await shown.evaluate(() => {
    document.documentElement.classList.add('is-dark')
  })
  await expect.poll(() => colorAt(shown, 15, 10)).toBe(dark)
  await shown.evaluate(() => (picture.theme = 'light'))
  await expect.poll(() => colorAt(shown, 15, 10)).toBe(light)
  await shown.evaluate(() => {
    picture.classList.add('is-odd')
  })
  await expect.poll(() => colorAt(shown, 15, 10)).toBe(0x010203)
  expect(await colorAt(shown, 10, 1)).toBe(0xff0000)
})

test('dims what a search does not match', async ({ shown }) => {
  const before = await colorAt(shown, 10, 1)
  const count = await shown.evaluate(() => {
    picture.search = '^CONV'
    return picture.matchCount
  })
  expect(count).toBe(2)
  await frame(shown)
  expect(await colorAt(shown, 1.5, 9)).toBe(before)
  expect(await colorAt(shown, 10, 1)).not.toBe(before)
  const counts = await shown.evaluate(() =>
    ['(', '', 'nothing'].map((search) => {
      picture.search = search
      return picture.matchCount
    }),
  )
  expect(counts).toEqual([undefined, undefined, 0])
})

test('dims all but the marked buffers', async ({ shown }) => {
  const before = await colorAt(shown, 10, 1)
  await shown.evaluate(() => (picture.marked = [4]))
  await frame(shown)
  expect(await colorAt(shown, 10, 1)).toBe(before)
  expect(await colorAt(shown, 4, 5)).not.toBe(before)
  await shown.evaluate(() => (picture.marked = null))
  await frame(shown)
  expect(await colorAt(shown, 4, 5)).toBe(before)
})

test('hatches unused space below the highest live end', async ({ shown }) => {
  await shown.evaluate(() => {
    const text = 'id,lower,upper,size,offset\na,0,10,4,0\nb,0,10,4,8\n'
    picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    picture.waste = true
  })
  await frame(shown)
  const colors = new Set<number>()
  for (let i = 0; i < 12; ++i) colors.add(await colorAt(shown, 5 + i * 0.02, 6))
  const { waste, background } = await shown.evaluate(() => stowage.themeOf('light'))
  expect([...colors].sort()).toEqual([waste, background].sort())
  await expect(shown.locator('stowage-plan li')).toContainText(['unused'])
})

test('shows how a plan differs from another', async ({ shown }) => {
  await shown.evaluate(() => {
    const rows = ['conv/1,0,3,4,12', 'conv/2,3,9,4,0', 'norm/1,0,9,4,4', 'pool/1,9,21,4,4']
    const text = ['id,lower,upper,size,offset', ...rows, 'new,9,21,4,0', ''].join('\n')
    picture.reference = stowage.Plan.fromCsv(text, { capacity: 16 })
  })
  await expect(shown.locator('stowage-plan li')).toHaveText([
    'same place: 2',
    'moved up: 1',
    'moved down: 1',
    'only here: 1',
  ])
  await pointAt(shown, 1.5, 9)
  const card = shown.locator('stowage-plan [part=card]')
  await expect(card).toContainText('before12 B')
  await expect(card).toContainText('moveddown 4 B')
  await expect(shown.locator('stowage-plan [part=ghost]')).toBeVisible()
  await shown.evaluate(() => (picture.reference = null))
  await expect(shown.locator('stowage-plan li')).toHaveCount(1)
})

test('takes properties that were set before it was defined', async ({ bare }) => {
  await bare.evaluate((text) => {
    picture.colorBy = 'prefix'
    picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    picture.selection = [2]
    picture.viewport = { timeLower: 0, timeUpper: 10, offsetLower: 0, offsetUpper: 6 }
  }, csv)
  await define(bare)
  await frame(bare)
  expect(await viewportOf(bare)).toMatchObject({ timeUpper: 10, offsetUpper: 6 })
  const state = await bare.evaluate(() => ({
    selection: picture.selection,
    own: Object.keys(picture),
    buffers: picture.problem?.length,
  }))
  expect(state).toEqual({ selection: [2], own: [], buffers: 5 })
  const { categorical } = await bare.evaluate(() => stowage.themeOf('light'))
  expect(await colorAt(bare, 4, 5)).toBe(categorical[1])
})

test('goes on where it was after it was moved to another place', async ({ shown }) => {
  const seen = { timeLower: 0, timeUpper: 8, offsetLower: 0, offsetUpper: 10 }
  await shown.evaluate((seen) => {
    picture.viewport = seen
    picture.remove()
  }, seen)
  await frame(shown)
  await shown.evaluate(() => {
    document.body.append(picture)
  })
  await frame(shown)
  expect(await viewportOf(shown)).toEqual(seen)
  const { sequential } = await shown.evaluate(() => stowage.themeOf('light'))
  expect(await colorAt(shown, 4, 5)).toBe(sequential[0])
  await clickAt(shown, 4, 5)
  expect(await shown.evaluate(() => picture.selection)).toEqual([2])
})

test('gives the module’s memory back when it is removed, or shows something else', async ({
  shown,
}) => {
  const counts = await shown.evaluate((text) => {
    const { prototype } = stowage.PlanView
    const dispose = Object.getOwnPropertyDescriptor(prototype, 'dispose')?.value as () => void
    let count = 0
    prototype.dispose = function (): void {
      ++count
      dispose.call(this)
    }
    const counts: number[] = []
    picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    counts.push(count)
    const { legend } = picture
    picture.remove()
    counts.push(count, legend.length)
    prototype.dispose = dispose
    return counts
  }, csv)
  expect(counts).toEqual([1, 2, 1])
})

test('a new plan of the same buffers leaves the viewport alone, unless all was seen', async ({
  shown,
}) => {
  await shown.evaluate((text) => {
    picture.plan = stowage.Plan.fromCsv(text.replace('3,4,8', '3,4,12'), { capacity: 16 })
  }, csv)
  expect((await viewportOf(shown)).offsetUpper).toBeGreaterThan(16)
  const seen = { timeLower: 2, timeUpper: 8, offsetLower: 1, offsetUpper: 9 }
  await shown.evaluate(
    ([text, seen]) => {
      picture.viewport = seen
      picture.selection = [1]
      picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    },
    [csv, seen] as const,
  )
  expect(await viewportOf(shown)).toEqual(seen)
  await shown.evaluate(() => {
    const text = 'id,lower,upper,size,offset\na,0,100,4,0\n'
    picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
  })
  expect(await viewportOf(shown)).toMatchObject({ timeLower: 0, timeUpper: 100 })
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
})

test('lists what is live at the pointer, and what is largest at the peak', async ({ shown }) => {
  const lists = shown.locator('stowage-plan [part=lists]')
  await expect(lists).toBeHidden()
  await shown.evaluate(() => {
    picture.lists = true
    picture.cursorTime = 5.5
  })
  await frame(shown)
  const live = lists.getByRole('list', { name: 'Live, time 5' })
  await expect(live.getByRole('button')).toHaveText(['conv/24 B', 'norm/14 B', 'weights4 B'])
  const peak = lists.getByRole('list', { name: 'Largest at the peak, time 0' })
  await expect(peak.getByRole('button')).toHaveText(['conv/14 B', 'norm/14 B', 'weights4 B'])
  await pointAt(shown, 12, 6)
  await expect(lists.getByRole('list', { name: 'Live, time 12' })).toContainText('pool/1')
  // A click keeps the list for the pointer to go to.
  await clickAt(shown, 12, 2)
  await pointAt(shown, 2, 6)
  await lists.getByRole('button', { name: 'pool/1' }).click()
  expect(await shown.evaluate(() => picture.selection)).toEqual([3])
  await expect(lists.getByRole('button', { name: 'pool/1' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await shown.keyboard.press('Enter')
  expect((await listenTo(shown, 'bufferselect')).at(-1)?.detail.ids).toEqual(['pool/1'])
})

test('tells what is held at one moment, however late it is', async ({ shown }) => {
  const lists = shown.locator('stowage-plan [part=lists]')
  const last = Number.MAX_SAFE_INTEGER
  await shown.evaluate((last) => {
    const rows = [
      `a,${String(last - 20)},${String(last - 10)},4,0`,
      `b,${String(last - 10)},${String(last)},8,0`,
    ]
    const csv = `id,lower,upper,size,offset\n${rows.join('\n')}\n`
    picture.plan = stowage.Plan.fromCsv(csv, { capacity: 12 })
    picture.lists = true
    picture.cursorTime = last - 15
  }, last)
  await frame(shown)
  await expect(lists).toContainText('1 buffer, 4 B together')
  await expect(lists).toContainText('1 buffer, 8 B together')
  const { x } = await placeOf(shown, last - 15, 0)
  const overlay = await shown.locator('stowage-plan [part=overlay]').boundingBox()
  if (overlay === null) throw new Error('no overlay')
  await shown.mouse.move(Math.round(x), Math.round(overlay.y + overlay.height - 40))
  await frame(shown)
  await expect(shown.locator('stowage-plan [part=card]')).toContainText('load4 B')
})

test('shows a problem without a plan, and nothing at all', async ({ shown }) => {
  await shown.evaluate(() => (picture.plan = null))
  await expect(shown.locator('stowage-plan [part=message]')).toHaveText('Not planned yet')
  await shown.evaluate(() => (picture.problem = null))
  await expect(shown.locator('stowage-plan [part=message]')).toBeHidden()
  await expect(shown.locator('stowage-plan')).toHaveAttribute('aria-label', 'Memory plan, empty')
})

test('refuses what is of the wrong kind', async ({ shown }) => {
  const messages = await shown.evaluate(() =>
    [
      () => (picture.plan = {} as never),
      () => (picture.problem = 'x' as never),
      () => (picture.colorBy = 'mood' as never),
      () => (picture.selection = [-1]),
      () => (picture.viewport = { timeLower: 1, timeUpper: 1, offsetLower: 0, offsetUpper: 1 }),
      () => {
        picture.reveal(5)
      },
      () => {
        picture.zoom(0)
      },
    ].map((act) => {
      try {
        act()
        return 'nothing'
      } catch (error) {
        return (error as Error).message
      }
    }),
  )
  expect(messages).toEqual([
    expect.stringContaining('plan is an object'),
    expect.stringContaining('problem is "x"'),
    expect.stringContaining('colorBy is "mood"'),
    expect.stringContaining('selection[0] is -1'),
    expect.stringContaining('viewport.timeUpper is 1'),
    expect.stringContaining('buffer is 5'),
    expect.stringContaining('factor is 0'),
  ])
})

test.describe('on a screen with two pixels each way', () => {
  test.use({ deviceScaleFactor: 2 })
  test('draws with all of them', async ({ shown }) => {
    const size = await shown
      .locator('stowage-plan [part=picture]')
      .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.getBoundingClientRect().width])
    expect(size[0]).toBe(2 * (size[1] ?? 0))
    const { sequential } = await shown.evaluate(() => stowage.themeOf('light'))
    expect(await colorAt(shown, 4, 5)).toBe(sequential[0])
  })
})

test('says when the module has died, and shows the plan again with the next one', async ({
  shown,
}) => {
  const message = shown.locator('stowage-plan [part=message]')
  const death = await shown.evaluate(async (text) => {
    const slim = (await import(new URL('./stowage/slim.js', location.href).href)) as SlimModule
    const wasm = await (await fetch('./limited.wasm')).arrayBuffer()
    await slim.load(wasm)
    picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    const count = 2_000_000
    const column = new Float64Array(count)
    try {
      const upper = column.map((_, i) => i + 1)
      new stowage.Problem({ lower: column, upper, size: column }, { capacity: 1 })
    } catch (error) {
      return (error as { code?: string }).code
    }
    return 'none'
  }, csv)
  expect(death).toBe('out-of-memory')
  await shown.evaluate(() => (picture.colorBy = 'prefix'))
  await expect(message).toContainText('load() makes a fresh module')
  await clickAt(shown, 4, 5)
  await pointAt(shown, 4, 6)
  await expect(message).toBeVisible()

  // The module of the main entry is alive; it only has to be taken again.
  await shown.evaluate(async () => {
    const main = (await import(new URL('./stowage/index.js', location.href).href)) as MainModule
    await main.load()
    picture.colorBy = 'size'
  })
  await expect(message).toBeHidden()
  const { sequential } = await shown.evaluate(() => stowage.themeOf('light'))
  expect(await colorAt(shown, 4, 5)).toBe(sequential[0])
})
