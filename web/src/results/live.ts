// Which buffers hold memory at a moment, those that hold most first.
import type { Problem } from 'stowage/slim'

import { columnsOf, heldAt } from './columns'

export interface LiveBuffer {
  readonly buffer: number
  /** How much of its size. */
  readonly held: number
}

export interface Live {
  readonly time: number
  /** The largest, in descending order; equals by their position. */
  readonly largest: readonly LiveBuffer[]
  /** Of all, also of those that are not among the largest. */
  readonly count: number
  readonly load: number
}

/** What is live at `time`, with at most `limit` buffers listed. O(buffers + live log live). */
export function liveAt(problem: Problem, time: number, limit: number): Live {
  const columns = columnsOf(problem)
  const { lower, upper } = columns
  const buffers: number[] = []
  const sizes: number[] = []
  let load = 0
  for (let buffer = 0; buffer < lower.length; ++buffer) {
    if ((lower[buffer] ?? 0) > time || (upper[buffer] ?? 0) <= time) continue
    const held = heldAt(columns, buffer, time)
    if (held === 0) continue
    buffers.push(buffer)
    sizes.push(held)
    load += held
  }
  return { time, largest: largestOf(buffers, sizes, limit), count: buffers.length, load }
}

/** Without an object, and a call of a comparison, for each of very many. */
function largestOf(
  buffers: readonly number[],
  sizes: readonly number[],
  limit: number,
): readonly LiveBuffer[] {
  const least = Float64Array.from(sizes).sort().at(-limit) ?? 0
  const listed: LiveBuffer[] = []
  let equal = limit - sizes.reduce((count, held) => count + (held > least ? 1 : 0), 0)
  sizes.forEach((held, i) => {
    const buffer = buffers[i] ?? 0
    if (held > least || (held === least && equal-- > 0)) listed.push({ buffer, held })
  })
  return listed.sort((a, b) => b.held - a.held || a.buffer - b.buffer)
}
