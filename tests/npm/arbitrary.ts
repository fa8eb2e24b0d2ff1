// Random small problems.
import * as fc from 'fast-check'
import type { BufferInit, Gap } from 'stowage'

const time = fc.integer({ min: 0, max: 9 })

/** Within [lower, upper), perhaps with a window of a buffer of `size`. */
function gap(lower: number, upper: number, size: number): fc.Arbitrary<Gap> {
  return fc
    .record({
      from: fc.integer({ min: lower, max: upper - 1 }),
      length: fc.integer({ min: 1, max: 3 }),
      hasWindow: fc.boolean(),
      bottom: fc.integer({ min: 0, max: size }),
      top: fc.integer({ min: 0, max: size }),
    })
    .map(({ from, length, hasWindow, bottom, top }) => ({
      lower: from,
      upper: Math.min(from + length, upper),
      ...(hasWindow
        ? { window: { lower: Math.min(bottom, top), upper: Math.max(bottom, top) } }
        : {}),
    }))
}

type Unnamed = Omit<BufferInit, 'id'>

const plain: fc.Arbitrary<Unnamed> = fc
  .record({
    lower: time,
    length: fc.integer({ min: 1, max: 5 }),
    size: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ lower, length, size }) => ({ lower, upper: lower + length, size }))

const rich: fc.Arbitrary<Unnamed> = plain.chain((buffer) =>
  fc
    .record({
      alignment: fc.constantFrom(1, 1, 1, 2, 3),
      step: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 4 }),
      hint: fc.option(fc.integer({ min: 0, max: 8 }), { freq: 4 }),
      gap: fc.option(gap(buffer.lower, buffer.upper, buffer.size), { freq: 3 }),
    })
    .map(({ alignment, step, hint, gap: own }) => ({
      ...buffer,
      alignment,
      hint,
      offset: step === null ? null : step * alignment,
      gaps: own === null ? [] : [own],
    })),
)

function named(buffers: readonly Unnamed[]): BufferInit[] {
  return buffers.map((buffer, i) => ({ id: `b${String(i)}`, ...buffer }))
}

/** Up to eight buffers with nothing but a lifespan and a size. */
export const plainBuffers = fc.array(plain, { maxLength: 8 }).map(named)

/** Up to seven buffers with alignments, gaps, windows, hints and fixed offsets. */
export const richBuffers = fc.array(rich, { maxLength: 7 }).map(named)

/** The same, few enough for the least height to be found by trying. */
export const fewRichBuffers = fc.array(rich, { maxLength: 5 }).map(named)
