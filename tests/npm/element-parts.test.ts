// The pure parts of the element: marks of axes, numbers, neighbours, search, difference.
import { load } from 'stowage'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'

import { cardOf, sentenceOf } from '../../npm/src/element/card.js'
import { chosen, textOn } from '../../npm/src/element/colors.js'
import {
  bytesFormatter,
  formatBytes,
  formatExactly,
  formatExcess,
} from '../../npm/src/element/format.js'
import { layoutOf } from '../../npm/src/element/layout.js'
import { nearest, neighbour, type Direction } from '../../npm/src/element/neighbours.js'
import { expressionOf, match } from '../../npm/src/element/search.js'
import { binaryTicks, decimalTicks } from '../../npm/src/element/ticks.js'

describe('marks', () => {
  test('of time are round', () => {
    expect(decimalTicks({ lower: 0, upper: 21 }, 10)).toEqual({
      step: 5,
      values: [0, 5, 10, 15, 20],
    })
    expect(decimalTicks({ lower: 3.2, upper: 5.9 }, 50).values).toEqual([4, 5])
    expect(decimalTicks({ lower: 1e6, upper: 2e6 }, 5).step).toBe(200_000)
  })

  test('of offsets are powers of two', () => {
    expect(binaryTicks({ lower: 0, upper: 1_048_576 }, 8).step).toBe(131_072)
    expect(binaryTicks({ lower: 0.1, upper: 0.9 }, 8).values).toEqual([])
  })

  test('are never many more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e15, max: 1e15, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e15, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        (lower, span, count) => {
          for (const ticks of [decimalTicks, binaryTicks]) {
            const { step, values } = ticks({ lower, upper: lower + span }, count)
            expect(values.length).toBeLessThanOrEqual(count + 1)
            expect(values.every((value) => value % step === 0)).toBe(true)
          }
        },
      ),
    )
  })
})

describe('numbers', () => {
  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KiB'],
    [1_048_576, '1 MiB'],
    [6_021_120, '5.74 MiB'],
    [123_456_789_012, '115 GiB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test('are exact where there is room', () => {
    expect(formatExactly(6_021_120)).toBe('6,021,120 B (5.74 MiB)')
    expect(formatExactly(12)).toBe('12 B')
  })

  test('on an axis have one unit, but for whole larger ones', () => {
    const format = bytesFormatter(131_072, 1_200_000)
    expect([0, 131_072, 1_048_576, 1_179_648].map(format)).toEqual([
      '0',
      '128 KiB',
      '1 MiB',
      '1,152 KiB',
    ])
    expect(bytesFormatter(262_144, 4_000_000)(1_310_720)).toBe('1.25 MiB')
  })

  test('above a bound', () => {
    expect(formatExcess(110, 100)).toBe('10 %')
    expect(formatExcess(100_001, 100_000)).toBe('< 0.01 %')
    expect(formatExcess(5, 0)).toBe('')
  })
})

describe('the arrow keys', () => {
  // c a b in a row, d above a.
  const places = {
    lower: Float64Array.of(10, 20, 0, 12),
    upper: Float64Array.of(20, 30, 10, 18),
    size: Float64Array.of(5, 5, 5, 5),
    offset: Float64Array.of(0, 0, 0, 5),
  }
  const density = { time: 10, offset: 10 }

  test.each<[Direction, number | undefined]>([
    ['right', 1],
    ['left', 2],
    ['up', 3],
    ['down', undefined],
  ])('%s', (direction, expected) => {
    expect(neighbour(places, density, 0, direction)).toBe(expected)
  })

  test('begin at what is nearest', () => {
    expect(nearest(places, density, 26, 2)).toBe(1)
    expect(nearest(places, density, 15, 100)).toBe(3)
    const nothing = new Float64Array()
    const none = { lower: nothing, upper: nothing, size: nothing, offset: nothing }
    expect(nearest(none, density, 0, 0)).toBeUndefined()
  })
})

describe('search', () => {
  test('ignores case and refuses what is no expression', () => {
    const ids = ['conv1/weights', 'CONV2', 'äther', 'pool']
    expect(match(ids, expressionOf('^conv\\d') ?? /$^/)).toEqual({
      isMatch: Uint8Array.of(1, 1, 0, 0),
      count: 2,
    })
    expect(match(ids, expressionOf('Ä') ?? /$^/).count).toBe(1)
    expect(expressionOf('(')).toBeUndefined()
    expect(expressionOf('')).toBeUndefined()
  })
})

describe('colours', () => {
  test('of few steps span all of the palette', () => {
    const palette = [0, 1, 2, 3, 4, 5, 6, 7]
    expect(chosen(palette, 3, true)).toEqual([0, 4, 7])
    expect(chosen(palette, 3, false)).toEqual([0, 1, 2])
    expect(chosen(palette, 1, true)).toEqual([0])
  })

  test('carry text that can be read', () => {
    expect(textOn(0xfde346)).toBe('black')
    expect(textOn(0x00265a)).toBe('white')
  })
})

test('the parts of the stage lie below each other, on pixels of the screen', () => {
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    const { plot, load, times } = layoutOf(1237, 643, ratio, true)
    expect(load?.top).toBeGreaterThanOrEqual(plot.top + plot.height)
    expect(times.top + times.height).toBeLessThanOrEqual(644)
    for (const length of [plot.left, plot.width, plot.height, load?.top ?? NaN]) {
      expect(length * ratio).toBeCloseTo(Math.round(length * ratio), 6)
    }
  }
})

describe('the card', () => {
  beforeAll(load)

  test('tells everything', async () => {
    const { Problem } = await load()
    const problem = new Problem(
      [
        {
          id: 'a',
          lower: 1,
          upper: 9,
          size: 2048,
          alignment: 64,
          gaps: [
            { lower: 2, upper: 3 },
            { lower: 4, upper: 6, window: { lower: 0, upper: 1024 } },
          ],
        },
      ],
      { capacity: 4096 },
    )
    const buffer = problem.at(0)
    if (buffer === undefined) throw new Error('the problem has no buffer')
    const content = cardOf({ buffer, offset: 64, formerOffset: 1088, nodeId: 'n' })
    expect(sentenceOf(content)).toBe(
      'a, lifespan 1 to 9 (8), size 2,048 B (2 KiB), offset 64 B, end 2,112 B (2.06 KiB), ' +
        'before 1,088 B (1.06 KiB), moved down 1 KiB, alignment 64, gap 2 to 3, ' +
        'gap 4 to 6, holds 0 to 1,024, node n',
    )
  })
})
