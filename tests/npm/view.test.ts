// Pictures, pixel by pixel, and what answers the pointer.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { load, StowageError } from 'stowage'
import { describe, expect, test } from 'vitest'

import { root } from './paths.js'

const { Plan, PlanView, Problem, Solver, renderPng, renderSvg, themeOf } = await load()

type View = InstanceType<typeof PlanView>

const white = 0xffffff
const red = 0xd04010
const blue = 0x1040d0
const grey = 0x808080
const yellow = 0xf0e000
const colors = { palette: [red, blue], background: white, waste: yellow, gap: grey }
const letters = new Map([
  [white, '.'],
  [red, 'a'],
  [blue, 'b'],
  [grey, '/'],
  [yellow, 'w'],
])

function viewOf(csv: string): View {
  const plan = Plan.fromCsv(csv, { capacity: 1000 })
  const view = new PlanView(plan.problem, plan)
  const classes = Uint8Array.from({ length: plan.length }, (_, i) => i % 2)
  view.setPaint({ ...colors, classes })
  return view
}

const two = 'id,lower,upper,size,offset\na,0,6,2,0\nb,2,8,1,2\n'
const size = { width: 8, height: 4 }
const whole = { timeLower: 0, timeUpper: 8, offsetLower: 0, offsetUpper: 4 }

/** The picture with a letter for each pixel; ? for colours that are none of ours. */
function drawn(view: View, viewport = whole, { width, height } = size): string[] {
  const pixels = new Uint8ClampedArray(width * height * 4)
  view.draw(viewport, { width, height }, pixels)
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => {
      const [r = 0, g = 0, b = 0, alpha] = pixels.subarray((y * width + x) * 4)
      expect(alpha).toBe(255)
      return letters.get((r << 16) | (g << 8) | b) ?? '?'
    }).join(''),
  )
}

describe('a picture', () => {
  test('shows rectangles to scale', () => {
    expect(drawn(viewOf(two))).toEqual(['........', '..bbbbbb', 'aaaaaa..', 'aaaaaa..'])
  })

  test('shows what is in the viewport', () => {
    const seen = { timeLower: 4, timeUpper: 12, offsetLower: 1, offsetUpper: 5 }
    expect(drawn(viewOf(two), seen)).toEqual(['........', '........', 'bbbb....', 'aa......'])
  })

  test('leaves at least a pixel to each buffer', () => {
    const seen = { timeLower: -400, timeUpper: 400, offsetLower: -200, offsetUpper: 200 }
    const picture = drawn(viewOf(two), seen, { width: 8, height: 4 }).join('')
    expect(picture.replaceAll('.', '')).toMatch(/^[ab]+$/)
  })

  test('hatches gaps but for what is still held', () => {
    const view = viewOf('id,lower,upper,size,offset,gaps\nc,0,32,16,0,8-16 16-24@0:8\n')
    const all = { timeLower: 0, timeUpper: 32, offsetLower: 0, offsetUpper: 16 }
    const rows = drawn(view, all, { width: 32, height: 16 })
    const above = rows.slice(0, 8).map((row) => row.slice(8, 24))
    expect(above.join('')).toMatch(/^[./]+$/)
    expect(above.join('')).toContain('/')
    expect(rows.slice(9, 15).map((row) => row.slice(17, 23))).toEqual(Array(6).fill('aaaaaa'))
    expect(rows.slice(1, 15).map((row) => row.slice(1, 7))).toEqual(Array(14).fill('aaaaaa'))
  })

  test('hatches waste when asked', () => {
    const view = viewOf('id,lower,upper,size,offset\na,0,32,8,0\nb,0,16,8,24\n')
    view.setPaint({ ...colors, classes: Uint8Array.of(0, 1), showsWaste: true })
    const all = { timeLower: 0, timeUpper: 32, offsetLower: 0, offsetUpper: 32 }
    const rows = drawn(view, all, { width: 32, height: 32 })
    const between = rows.slice(8, 24).map((row) => row.slice(0, 16))
    expect(between.join('')).toMatch(/^[.w]+$/)
    expect(between.join('')).toContain('w')
    const besides = rows.slice(0, 24).map((row) => row.slice(16))
    expect(besides.join('')).toMatch(/^\.+$/)
  })

  test('dims what steps back', () => {
    const view = viewOf(two)
    const classes = Uint8Array.of(0, 1)
    view.setPaint({ ...colors, classes, dimmed: Uint8Array.of(1, 0) })
    expect(drawn(view)).toEqual(['........', '..bbbbbb', '??????..', '??????..'])
  })

  test('is empty without a plan', () => {
    const view = new PlanView(
      new Problem([{ id: 'a', lower: 0, upper: 4, size: 2 }], { capacity: 2 }),
    )
    view.setPaint({ ...colors, classes: Uint8Array.of(0) })
    expect(view.extent).toEqual({ timeLower: 0, timeUpper: 4, offsetLower: 0, offsetUpper: 2 })
    expect(drawn(view)).toEqual(Array(4).fill('........'))
    expect([...view.profileColumns(0, 4, 2).load]).toEqual([2, 2])
  })

  test('is the same on every build', async () => {
    const csv = readFileSync(join(root, 'examples/input.12.csv'))
    const problem = Problem.fromCsv(csv, { capacity: 12 })
    const view = new PlanView(problem, await new Solver().solve(problem))
    const { sequential, background, waste, gap } = themeOf('light')
    const classes = view.classify('size').ofBuffer
    view.setPaint({ classes, palette: sequential, background, waste, gap, showsWaste: true })
    const pixels = new Uint8Array(320 * 180 * 4)
    view.draw(view.extent, { width: 320, height: 180 }, pixels)
    expect(createHash('sha256').update(pixels).digest('hex')).toBe(
      '89c3b5db59ace048799df75f42d8f965bed5479012c86bc177fbc66756d967f7',
    )
  })
})

describe('the pointer', () => {
  test('finds the buffer that is drawn', () => {
    const view = viewOf(two)
    const rows = drawn(view)
    rows.forEach((row, y) => {
      Array.from(row, (letter, x) => {
        const found = view.pick(whole, size, x, y)
        expect(found === undefined ? '.' : 'ab'.charAt(found)).toBe(letter)
      })
    })
    expect(view.pick(whole, size, -1, 0)).toBeUndefined()
    expect(view.pick(whole, size, 0, 4)).toBeUndefined()
  })

  test('is told where buffers are', () => {
    const view = viewOf(two)
    const a = { buffer: 0, left: 0, top: 2, right: 6, bottom: 4 }
    const b = { buffer: 1, left: 2, top: 1, right: 8, bottom: 2 }
    expect(view.locate(whole, size, 0)).toEqual(a)
    expect(view.visible(whole, size, { width: 1, height: 1 }, 10)).toEqual([a, b])
    expect(view.visible(whole, size, { width: 1, height: 2 }, 10)).toEqual([a])
    const elsewhere = { timeLower: 7, timeUpper: 9, offsetLower: 0, offsetUpper: 4 }
    expect(view.locate(elsewhere, size, 0)).toBeUndefined()
  })

  test('is told what is live, the largest first', () => {
    const view = viewOf(two)
    expect([0, 3, 6, 7.9, 8, -1, 1e300].map((time) => [...view.liveAt(time)])).toEqual([
      [0],
      [0, 1],
      [1],
      [1],
      [],
      [],
      [],
    ])
    expect(view.profile()).toEqual({
      time: Float64Array.of(0, 2, 6, 8),
      load: Float64Array.of(2, 3, 1, 0),
      top: Float64Array.of(2, 3, 3, 0),
    })
  })
})

test('classes have names', () => {
  const ids = ['conv1/w', 'conv2/w', 'relu_3', 'x']
  const problem = new Problem(
    ids.map((id) => ({ id, lower: 0, upper: 1, size: 1 })),
    { capacity: 4 },
  )
  const { isSequential, labels, ofBuffer } = new PlanView(problem).classify('prefix')
  expect(isSequential).toBe(false)
  expect(Array.from(ofBuffer, (each) => labels[each])).toEqual(['conv', 'conv', 'relu', 'x'])
})

describe('a rendered file', () => {
  const plan = Plan.fromCsv(two, { capacity: 4 })

  test('is a PNG of the size asked for', () => {
    const png = renderPng(plan, { width: 400, height: 300 })
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const header = new DataView(png.buffer, png.byteOffset)
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([400, 300])
  })

  test('is an SVG with a shape for each buffer', () => {
    const svg = renderSvg(plan, { title: 'a < b', theme: 'dark' })
    expect(svg).toMatch(/^<(\?xml|svg)/)
    expect(svg).toContain('a &lt; b')
  })
})

describe('bad input is refused', () => {
  const view = viewOf(two)
  const pixels = new Uint8ClampedArray(size.width * size.height * 4)
  const untyped = (value: unknown): never => value as never
  const classes = Uint8Array.of(0, 1)
  test.each<[string, () => unknown]>([
    ['no problem', () => new PlanView(untyped(null))],
    ['no plan', () => new PlanView(view.problem, untyped([0, 2]))],
    [
      'an empty viewport',
      () => {
        view.draw({ ...whole, timeUpper: 0 }, size, pixels)
      },
    ],
    ['NaN', () => view.pick({ ...whole, offsetLower: NaN }, size, 0, 0)],
    [
      'no size',
      () => {
        view.draw(whole, { width: 0, height: 4 }, pixels)
      },
    ],
    ['half a pixel', () => view.pick(whole, size, 0.5, 0)],
    [
      'too few bytes',
      () => {
        view.draw(whole, size, pixels.subarray(4))
      },
    ],
    [
      'classes of another problem',
      () => {
        view.setPaint({ ...colors, classes: Uint8Array.of(0) })
      },
    ],
    [
      'no colours',
      () => {
        view.setPaint({ ...colors, classes, palette: [] })
      },
    ],
    [
      'a colour beyond',
      () => {
        view.setPaint({ ...colors, classes, gap: 0x1000000 })
      },
    ],
    ['another criterion', () => view.classify(untyped('colour'))],
    ['a buffer that is not there', () => view.locate(whole, size, 2)],
    ['a tiny file', () => renderPng(Plan.fromCsv(two, { capacity: 4 }), { width: 10 })],
    ['another theme', () => renderSvg(Plan.fromCsv(two, { capacity: 4 }), untyped({ theme: 'x' }))],
    ['no plan to render', () => renderPng(untyped({}))],
    ['no theme', () => themeOf(untyped('blue'))],
  ])('%s', (_, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-argument' }) as Error)
    // Nothing is lost.
    expect(drawn(view)).toEqual(['........', '..bbbbbb', 'aaaaaa..', 'aaaaaa..'])
  })

  test('use after dispose', () => {
    const gone = viewOf(two)
    gone.dispose()
    gone.dispose()
    expect(() => gone.liveAt(0)).toThrow(StowageError)
    expect(() => gone.liveAt(0)).toThrow('disposed')
  })
})
