// Where the element's viewport goes: bounds that hold whatever a hand does.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  between,
  centredOn,
  clamped,
  following,
  panned,
  Scale,
  united,
  whole,
  zoomed,
} from '../../npm/src/element/viewport.js'
import type { Viewport } from '../../npm/src/view/types.js'

const extent: Viewport = { timeLower: 10, timeUpper: 110, offsetLower: 0, offsetUpper: 1000 }

const viewports = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1, max: 1e6, noNaN: true }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1, max: 1e6, noNaN: true }),
  )
  .map(([time, times, offset, offsets]): Viewport => ({
    timeLower: time,
    timeUpper: time + times,
    offsetLower: offset,
    offsetUpper: offset + offsets,
  }))

function isWithin(inner: Viewport, outer: Viewport): boolean {
  const slack = 1e-6
  return (
    inner.timeLower >= outer.timeLower - slack &&
    inner.timeUpper <= outer.timeUpper + slack &&
    inner.offsetLower >= outer.offsetLower - slack &&
    inner.offsetUpper <= outer.offsetUpper + slack
  )
}

describe('the whole plan', () => {
  test('has room for the capacity where that is near, and not where it is far', () => {
    expect(whole(extent, 1200).offsetUpper).toBeCloseTo(1272)
    expect(whole(extent, 2000).offsetUpper).toBeCloseTo(1060)
    expect(whole(extent, Infinity).offsetUpper).toBeCloseTo(1060)
  })
})

describe('zooming', () => {
  test('leaves the place under the pointer where it is', () => {
    const seen = zoomed(extent, 4, 'both', 35, 250)
    expect(seen).toEqual({
      timeLower: 28.75,
      timeUpper: 53.75,
      offsetLower: 187.5,
      offsetUpper: 437.5,
    })
  })

  test('of one axis leaves the other alone', () => {
    expect(zoomed(extent, 2, 'time', 60, 0)).toMatchObject({ offsetLower: 0, offsetUpper: 1000 })
    expect(zoomed(extent, 2, 'offset', 60, 0)).toMatchObject({ timeLower: 10, timeUpper: 110 })
  })

  test('ends at one unit', () => {
    const seen = zoomed(extent, 1e9, 'both', 60, 500)
    expect(seen.timeUpper - seen.timeLower).toBeCloseTo(1)
    expect(seen.offsetUpper - seen.offsetLower).toBeCloseTo(1)
  })

  test('in and out again comes back', () => {
    fc.assert(
      fc.property(viewports, fc.double({ min: 0.1, max: 1, noNaN: true }), (seen, factor) => {
        const { timeLower, offsetUpper } = seen
        const out = zoomed(seen, factor, 'both', timeLower, offsetUpper)
        const back = zoomed(out, 1 / factor, 'both', timeLower, offsetUpper)
        expect(back.timeUpper).toBeCloseTo(seen.timeUpper, 3)
        expect(back.offsetLower).toBeCloseTo(seen.offsetLower, 3)
      }),
    )
  })
})

describe('bounds', () => {
  test('hold whatever is asked for, at the scale asked for', () => {
    fc.assert(
      fc.property(viewports, viewports, (seen, bounds) => {
        const held = clamped(seen, bounds)
        expect(isWithin(held, bounds)).toBe(true)
        const span = Math.min(seen.timeUpper - seen.timeLower, bounds.timeUpper - bounds.timeLower)
        expect(held.timeUpper - held.timeLower).toBeCloseTo(span, 3)
      }),
    )
  })

  test('that are united hold both', () => {
    fc.assert(
      fc.property(viewports, viewports, (a, b) => {
        expect(isWithin(a, united(a, b)) && isWithin(b, united(a, b))).toBe(true)
      }),
    )
  })

  test('do not move what lies within', () => {
    const seen = panned(zoomed(extent, 4, 'both', 60, 500), 0.25, -0.25)
    expect(clamped(seen, extent)).toEqual(seen)
  })
})

describe('a buffer', () => {
  const seen = { timeLower: 0, timeUpper: 100, offsetLower: 0, offsetUpper: 100 }

  test('that is in sight moves nothing', () => {
    expect(
      following(seen, { timeLower: 1, timeUpper: 99, offsetLower: 1, offsetUpper: 2 }),
    ).toEqual(seen)
  })

  test('that is not comes into sight, without a change of scale', () => {
    fc.assert(
      fc.property(viewports, (target) => {
        const moved = following(seen, target)
        expect(moved.timeUpper - moved.timeLower).toBeCloseTo(100, 3)
        if (target.timeUpper - target.timeLower > 100) return
        expect(moved.timeLower).toBeLessThanOrEqual(target.timeLower + 1e-6)
        expect(moved.timeUpper).toBeGreaterThanOrEqual(target.timeUpper - 1e-6)
      }),
    )
  })

  test('that is revealed is in the middle, as a whole and large enough', () => {
    fc.assert(
      fc.property(viewports, (target) => {
        const moved = centredOn(seen, target)
        expect(isWithin(target, moved)).toBe(true)
        const length = target.timeUpper - target.timeLower
        expect(moved.timeUpper - moved.timeLower).toBeLessThanOrEqual(15 * length + 1e-6)
        expect((moved.timeLower + moved.timeUpper) / 2).toBeCloseTo(
          (target.timeLower + target.timeUpper) / 2,
          3,
        )
      }),
    )
  })
})

test('a way begins and ends where it should', () => {
  const target = zoomed(extent, 3, 'both', 20, 20)
  expect(between(extent, target, 0)).toEqual(extent)
  expect(between(extent, target, 1)).toBe(target)
})

test('pixels and places are each other’s inverse', () => {
  const scale = new Scale(extent, { left: 80, top: 6, width: 500, height: 300 })
  expect(scale.x(10)).toBe(80)
  expect(scale.y(1000)).toBe(6)
  expect(scale.y(0)).toBe(306)
  expect(scale.time(scale.x(42))).toBeCloseTo(42)
  expect(scale.offset(scale.y(333))).toBeCloseTo(333)
})
