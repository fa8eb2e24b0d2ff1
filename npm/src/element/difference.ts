// How the buffers of a plan lie compared with another plan of the same buffers. Pure.
import type { Plan } from '../planner/plan.js'
import { decodeIds } from '../planner/columns.js'

/** The classes of a difference, in the order of the legend. */
export const differences = ['same place', 'moved up', 'moved down', 'only here'] as const

export interface Difference {
  /** For each buffer its position in `differences`. */
  readonly ofBuffer: Uint8Array
  /** How many there are of each. */
  readonly counts: readonly number[]
  /** For each buffer its offset in the other plan; NaN where it is not in that. */
  readonly offsets: Float64Array
}

export function differenceOf(plan: Plan, reference: Plan): Difference {
  const offsets = offsetsIn(plan, reference)
  const counts = [0, 0, 0, 0]
  const ofBuffer = Uint8Array.from(plan.offsets, (offset, i) => {
    const kind = kindOf(offset, offsets[i] ?? NaN)
    counts[kind] = (counts[kind] ?? 0) + 1
    return kind
  })
  return { ofBuffer, counts, offsets }
}

function kindOf(offset: number, before: number): 0 | 1 | 2 | 3 {
  if (Number.isNaN(before)) return 3
  return offset === before ? 0 : offset > before ? 1 : 2
}

/** The offsets that `reference` gives the buffers of `plan`, found by their ids. */
function offsetsIn(plan: Plan, reference: Plan): Float64Array {
  const here = plan.problem.columns
  const there = reference.problem.columns
  if (here.idBytes === there.idBytes) return reference.offsets
  const positions = new Map(decodeIds(there).map((id, i) => [id, i]))
  return Float64Array.from(
    decodeIds(here),
    (id) => reference.offsets[positions.get(id) ?? reference.offsets.length] ?? NaN,
  )
}
