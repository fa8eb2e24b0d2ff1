// What a mouse, a wheel and fingers do to the element, and what it tells about that.
import type { Locator, Page } from '@playwright/test'
import type { Viewport } from 'stowage/element'

import {
  clickAt,
  csv,
  expect,
  frame,
  listenTo,
  placeOf,
  pointAt,
  test,
  viewportOf,
} from './element-page.js'

function part(page: Page, name: string): Locator {
  return page.locator(`stowage-plan [part=${name}]`)
}

function spanOf({ timeLower, timeUpper, offsetLower, offsetUpper }: Viewport): [number, number] {
  return [timeUpper - timeLower, offsetUpper - offsetLower]
}

test('tells everything about the buffer under the pointer', async ({ shown }) => {
  await shown.evaluate(() => (picture.nodeIds = ['n0', 'n1', undefined, 'n3', 'n4']))
  await pointAt(shown, 6, 9)
  await expect(part(shown, 'card')).toHaveText(
    /^conv\/2lifespan3 to 9 \(6\)size4 Boffset8 Bend12 Balignment1noden1$/,
  )
  await expect(part(shown, 'outline')).toBeVisible()
  await expect(part(shown, 'cursor')).toBeVisible()
  const [hover] = await listenTo(shown, 'bufferhover')
  expect(hover?.detail).toMatchObject({ buffer: 1, id: 'conv/2', nodeId: 'n1' })
  expect(hover?.detail.time).toBeCloseTo(6, 1)
  expect(hover?.detail.offset).toBeCloseTo(9, 1)

  await shown.mouse.move(0, 0)
  await expect(part(shown, 'card')).toBeHidden()
  await expect(part(shown, 'cursor')).toBeHidden()
  const left = await listenTo(shown, 'bufferhover')
  expect(left.at(-1)?.detail.time).toBeUndefined()
})

test('tells the load under the pointer', async ({ shown }) => {
  const { x } = await placeOf(shown, 15, 0)
  const box = await part(shown, 'picture').boundingBox()
  await shown.mouse.move(x, (box?.y ?? 0) + (box?.height ?? 0) + 40)
  await expect(part(shown, 'card')).toHaveText('time 15load8 Bhighest end8 Bunused below0 B')
})

test('keeps the card within itself', async ({ shown }) => {
  for (const width of [900, 360]) {
    await shown.setViewportSize({ width, height: 600 })
    await frame(shown)
    const element = await shown.locator('stowage-plan').boundingBox()
    for (const [time, offset] of [
      [0.1, 0.1],
      [20.9, 0.1],
      [0.1, 11.9],
      [20.9, 7.9],
      [8, 6],
    ] as const) {
      await pointAt(shown, time, offset)
      const card = await part(shown, 'card').boundingBox()
      if (card === null || element === null) throw new Error('the card is not shown')
      expect(card.x).toBeGreaterThanOrEqual(element.x)
      expect(card.y).toBeGreaterThanOrEqual(element.y)
      expect(card.x + card.width).toBeLessThanOrEqual(element.x + element.width)
      expect(card.y + card.height).toBeLessThanOrEqual(element.y + element.height)
    }
  }
})

test('pins what is clicked', async ({ shown }) => {
  await shown.evaluate(() => (picture.nodeIds = ['n0', 'n1', undefined, 'n3', 'n4']))
  await clickAt(shown, 4, 5)
  await shown.keyboard.down('Shift')
  await clickAt(shown, 15, 5)
  await shown.keyboard.up('Shift')
  const selected = await listenTo(shown, 'bufferselect')
  expect(selected.map(({ detail }) => detail)).toEqual([
    { buffers: [2], ids: ['norm/1'], nodeIds: [undefined] },
    { buffers: [2, 3], ids: ['norm/1', 'pool/1'], nodeIds: [undefined, 'n3'] },
  ])
  await clickAt(shown, 10, 1)
  await shown.mouse.move(0, 0)
  await expect(part(shown, 'card')).toContainText('weights')
  await clickAt(shown, 15, 11)
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
  await shown.mouse.move(0, 0)
  await expect(part(shown, 'card')).toBeHidden()
})

test('says nothing about what a program sets', async ({ shown }) => {
  await shown.evaluate(() => {
    picture.selection = [1]
    picture.viewport = { timeLower: 1, timeUpper: 9, offsetLower: 0, offsetUpper: 8 }
    picture.cursorTime = 4
  })
  await frame(shown)
  await expect(part(shown, 'cursor')).toBeVisible()
  await expect(part(shown, 'cursor-label')).toHaveText('4')
  expect(await shown.evaluate(() => heard)).toEqual([])
})

test('zooms with the wheel around the pointer', async ({ shown }) => {
  const before = await viewportOf(shown)
  await pointAt(shown, 6, 9)
  const place = await placeOf(shown, 6, 9)
  await shown.mouse.wheel(0, -300)
  await frame(shown)
  const after = await viewportOf(shown)
  expect(spanOf(after)[0]).toBeLessThan(spanOf(before)[0])
  expect(spanOf(after)[1]).toBeLessThan(spanOf(before)[1])
  const same = await placeOf(shown, 6, 9)
  // The pointer was on whole pixels.
  expect(Math.abs(same.x - place.x)).toBeLessThan(1)
  expect(Math.abs(same.y - place.y)).toBeLessThan(1)
  const [change] = await listenTo(shown, 'viewchange')
  expect(change?.detail.viewport).toEqual(after)
})

test('zooms one axis with a key, or beside the rectangles', async ({ shown }) => {
  const whole = await viewportOf(shown)
  const expectSpans = async (isTime: boolean, isOffset: boolean): Promise<void> => {
    await frame(shown)
    const [times, offsets] = spanOf(await viewportOf(shown))
    expect([times < spanOf(whole)[0], offsets < spanOf(whole)[1]]).toEqual([isTime, isOffset])
    await shown.evaluate(() => {
      picture.fit()
    })
    await frame(shown)
  }
  await pointAt(shown, 6, 9)
  for (const [key, isTime, isOffset] of [
    ['Shift', true, false],
    ['Alt', false, true],
    ['Control', true, true],
  ] as const) {
    await shown.keyboard.down(key)
    await shown.mouse.wheel(0, -200)
    await shown.keyboard.up(key)
    await expectSpans(isTime, isOffset)
  }
  const box = await part(shown, 'picture').boundingBox()
  if (box === null) throw new Error('there is no picture')
  await shown.mouse.move(box.x - 30, box.y + 100)
  await shown.mouse.wheel(0, -200)
  await expectSpans(false, true)
  await shown.mouse.move(box.x + 100, box.y + box.height + 30)
  await shown.mouse.wheel(0, -200)
  await expectSpans(true, false)
})

test('leaves the wheel to the page where there is nothing to zoom', async ({ shown }) => {
  await shown.evaluate(() => {
    document.body.style.minBlockSize = '3000px'
  })
  await pointAt(shown, 6, 9)
  await shown.mouse.wheel(0, 200)
  await expect.poll(() => shown.evaluate(() => scrollY)).toBeGreaterThan(0)
  expect(await listenTo(shown, 'viewchange')).toEqual([])
})

test('is dragged, and fits again on a double click', async ({ shown }) => {
  const whole = await viewportOf(shown)
  await shown.evaluate(() => {
    picture.zoom(2)
  })
  const before = await viewportOf(shown)
  const from = await placeOf(shown, 10, 6)
  await shown.mouse.move(from.x, from.y)
  await shown.mouse.down()
  await shown.mouse.move(from.x - 50, from.y + 30, { steps: 5 })
  await shown.mouse.up()
  await frame(shown)
  const after = await viewportOf(shown)
  expect(spanOf(after)[0]).toBeCloseTo(spanOf(before)[0])
  const moved = await placeOf(shown, 10, 6)
  expect(moved.x - from.x).toBeCloseTo(-50, 0)
  expect(moved.y - from.y).toBeCloseTo(30, 0)
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
  await shown.mouse.dblclick(from.x, from.y)
  expect(await viewportOf(shown)).toEqual(whole)
})

test('stays with the plan however far it is dragged', async ({ shown }) => {
  const whole = await viewportOf(shown)
  await shown.evaluate(() => {
    picture.zoom(2)
  })
  const from = await placeOf(shown, 10, 6)
  await shown.mouse.move(from.x, from.y)
  await shown.mouse.down()
  await shown.mouse.move(from.x + 3000, from.y - 3000, { steps: 3 })
  await shown.mouse.up()
  const { timeLower, offsetLower } = await viewportOf(shown)
  expect([timeLower, offsetLower]).toEqual([whole.timeLower, whole.offsetLower])
})

test('shows the whole plan in small once it is zoomed, to be dragged there', async ({ shown }) => {
  await expect(part(shown, 'minimap')).toBeHidden()
  await shown.evaluate(() => {
    picture.zoom(3)
  })
  await frame(shown)
  const map = await part(shown, 'minimap').boundingBox()
  if (map === null) throw new Error('there is no minimap')
  const before = await viewportOf(shown)
  await shown.mouse.move(map.x + 4, map.y + map.height - 4)
  await shown.mouse.down()
  const corner = await viewportOf(shown)
  expect([corner.timeLower, corner.offsetLower]).toEqual([0, 0])
  await shown.mouse.move(map.x + map.width / 2, map.y + map.height / 2, { steps: 4 })
  await shown.mouse.up()
  const middle = await viewportOf(shown)
  expect(middle.timeLower).toBeCloseTo(before.timeLower, 0)
  expect(spanOf(middle)[0]).toBeCloseTo(spanOf(before)[0])
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
  await shown.evaluate(() => {
    picture.hideMinimap = true
  })
  await expect(part(shown, 'minimap')).toBeHidden()
})

test('goes its way in steps where motion is welcome', async ({ shown }) => {
  await shown.emulateMedia({ reducedMotion: 'no-preference' })
  await shown.evaluate(() => {
    picture.zoom(4)
  })
  await expect.poll(async () => spanOf(await viewportOf(shown))[0]).toBeCloseTo(21 / 4)
  await shown.evaluate(() => {
    picture.reveal(0)
  })
  await expect.poll(async () => (await viewportOf(shown)).timeLower).toBe(0)
})

test('selects the buffers of a node, and finds them', async ({ shown }) => {
  await shown.evaluate(() => {
    picture.nodeIds = ['conv', 'conv', undefined, 'pool', undefined]
    picture.viewport = { timeLower: 10, timeUpper: 12, offsetLower: 0, offsetUpper: 2 }
    picture.selectNode('conv')
  })
  expect(await shown.evaluate(() => picture.selection)).toEqual([0, 1])
  const [select] = await listenTo(shown, 'bufferselect')
  expect(select?.detail.ids).toEqual(['conv/1', 'conv/2'])
  expect((await viewportOf(shown)).timeLower).toBeLessThan(3)
  await shown.evaluate(() => {
    picture.selectNode('nothing')
  })
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
})

test('two elements can be linked', async ({ shown }) => {
  await shown.evaluate((text) => {
    const other = document.createElement('stowage-plan')
    other.id = 'other'
    other.plan = stowage.Plan.fromCsv(text.replace('3,4,8', '3,4,20'), { capacity: 24 })
    picture.after(other)
    for (const [from, to] of [
      [picture, other],
      [other, picture],
    ] as const) {
      from.addEventListener('viewchange', ({ detail }) => {
        to.viewport = detail.viewport
      })
      from.addEventListener('bufferhover', ({ detail }) => {
        to.cursorTime = detail.time ?? null
      })
    }
  }, csv)
  await frame(shown)
  await pointAt(shown, 6, 9)
  await expect(shown.locator('#other [part=cursor-label]')).toHaveText(/^[56]$/)
  await shown.mouse.wheel(0, -200)
  await frame(shown)
  const [here, there] = await shown.evaluate(() => [
    picture.viewport,
    document.querySelector<typeof picture>('#other')?.viewport,
  ])
  expect(there).toEqual(here)
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 640 } })

  test('a tap pins, one finger pans and two zoom', async ({ shown }) => {
    const at = await placeOf(shown, 10, 1)
    await shown.touchscreen.tap(at.x, at.y)
    await frame(shown)
    expect(await shown.evaluate(() => picture.selection)).toEqual([4])
    await expect(part(shown, 'card')).toContainText('weights')

    const client = await shown.context().newCDPSession(shown)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: [number, number][]) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      })
    const { x, y } = await placeOf(shown, 10, 6)
    await touch('touchStart', [
      [x - 20, y],
      [x + 20, y],
    ])
    for (const spread of [25, 30, 40]) {
      await touch('touchMove', [
        [x - spread, y],
        [x + spread, y],
      ])
    }
    await touch('touchEnd', [])
    await frame(shown)
    const zoomed = await viewportOf(shown)
    expect(spanOf(zoomed)[0]).toBeLessThan(21 / 1.5)

    await touch('touchStart', [[x, y]])
    for (const by of [10, 20, 30]) await touch('touchMove', [[x - by, y]])
    await touch('touchEnd', [])
    await frame(shown)
    const panned = await viewportOf(shown)
    expect(panned.timeLower).toBeGreaterThan(zoomed.timeLower)
    expect(spanOf(panned)[0]).toBeCloseTo(spanOf(zoomed)[0])
  })
})
