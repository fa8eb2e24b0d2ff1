// How high a pool, or a plan, reaches over time.
import type { Problem } from 'stowage/slim'

export const columns = 240

/**
 * The highest end of what is live in each of 240 slices of time. Offsets below 0 are nowhere.
 * O(buffers times the slices that they live in).
 */
export function endsOver(
  of: Problem,
  offsets: ArrayLike<number>,
  lifespan: { readonly lower: number; readonly upper: number },
): Float64Array {
  const ends = new Float64Array(columns)
  const scale = columns / Math.max(1, lifespan.upper - lifespan.lower)
  for (const [index, { lower, upper, size }] of of.buffers.entries()) {
    const offset = offsets[index] ?? -1
    if (offset < 0 || size === 0) continue
    const first = Math.floor((lower - lifespan.lower) * scale)
    const last = Math.min(columns, Math.ceil((upper - lifespan.lower) * scale))
    for (let column = first; column < last; ++column) {
      ends[column] = Math.max(ends[column] ?? 0, offset + size)
    }
  }
  return ends
}

/** The curve as a path in a box of 240 x 100, with `highest` at its top. */
export function pathOf(ends: Float64Array, highest: number): string {
  const height = (end: number): string => (100 - (100 * end) / Math.max(1, highest)).toFixed(2)
  return [...ends]
    .map((end, column) => {
      const line = `H${String(column + 1)}`
      return column === 0 ? `M0 ${height(end)}${line}` : `V${height(end)}${line}`
    })
    .join('')
}
