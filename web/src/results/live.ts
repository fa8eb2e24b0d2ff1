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
  const live: LiveBuffer[] = []
  let load = 0
  for (let buffer = 0; buffer < lower.length; ++buffer) {
    if ((lower[buffer] ?? 0) > time || (upper[buffer] ?? 0) <= time) continue
    const held = heldAt(columns, buffer, time)
    if (held === 0) continue
    live.push({ buffer, held })
    load += held
  }
  live.sort((a, b) => b.held - a.held || a.buffer - b.buffer)
  return { time, largest: live.slice(0, limit), count: live.length, load }
}
