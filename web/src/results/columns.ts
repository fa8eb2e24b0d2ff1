// The columns of a problem and of a plan, read once for each.
import type { Plan, Problem, ProblemColumns } from 'stowage/slim'

const columnsByProblem = new WeakMap<Problem, ProblemColumns>()

/** The columns of `problem`, for reading only. O(n) the first time. */
export function columnsOf(problem: Problem): ProblemColumns {
  const known = columnsByProblem.get(problem)
  if (known !== undefined) return known
  const columns = problem.toColumns()
  columnsByProblem.set(problem, columns)
  return columns
}

/** The element at a position that is known to exist. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? NaN
}

/** The id of a buffer. */
export function idOf(problem: Problem, buffer: number): string {
  return columnsOf(problem).id[buffer] ?? ''
}

/** The positions of a buffer's gaps in the columns of gaps: [begin, end). */
export function gapRange({ gaps }: ProblemColumns, buffer: number): [number, number] {
  return [buffer === 0 ? 0 : at(gaps.ends, buffer - 1), at(gaps.ends, buffer)]
}

/** The gaps of a buffer as they are written in CSV: "5-7 9-11@0:2". */
export function gapText(columns: ProblemColumns, buffer: number): string {
  const { lower, upper, windowLower, windowUpper } = columns.gaps
  const [begin, end] = gapRange(columns, buffer)
  const texts: string[] = []
  for (let gap = begin; gap < end; ++gap) {
    const span = `${String(at(lower, gap))}-${String(at(upper, gap))}`
    const hasWindow = !Number.isNaN(at(windowLower, gap))
    const window = `@${String(at(windowLower, gap))}:${String(at(windowUpper, gap))}`
    texts.push(hasWindow ? span + window : span)
  }
  return texts.join(' ')
}

/** How much of its size a buffer holds at a time. */
export function heldAt(columns: ProblemColumns, buffer: number, time: number): number {
  if (time < at(columns.lower, buffer) || time >= at(columns.upper, buffer)) return 0
  const { lower, upper, windowLower, windowUpper } = columns.gaps
  const [begin, end] = gapRange(columns, buffer)
  for (let gap = begin; gap < end; ++gap) {
    if (time < at(lower, gap) || time >= at(upper, gap)) continue
    const window = at(windowUpper, gap) - at(windowLower, gap)
    return Number.isNaN(window) ? 0 : window
  }
  return at(columns.size, buffer)
}

/** How many buffers have another offset in `other` than in `plan`. */
export function countMoved(plan: Plan, other: Plan): number {
  return plan.offsets.reduce((moved, offset, i) => moved + (offset === other.offsets[i] ? 0 : 1), 0)
}
