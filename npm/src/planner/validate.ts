import { core } from '../core/core.js'
import { offsetsFrom, Plan } from './plan.js'
import { type Problem, problemFrom } from './problem.js'

/**
 * How a plan was judged. Anything but `good` names the first rule that it breaks:
 *
 * - `bad-solution`: the number of offsets is not the number of buffers.
 * - `bad-fixed`: a fixed buffer is not at its offset.
 * - `bad-offset`: a buffer starts below 0 or ends above the capacity.
 * - `bad-overlap`: two buffers hold the same byte at the same moment.
 * - `bad-alignment`: an offset is no multiple of its buffer's alignment.
 * - `bad-height`: the height is not the highest end of any buffer.
 */
export type Verdict =
  | 'good'
  | 'bad-solution'
  | 'bad-fixed'
  | 'bad-offset'
  | 'bad-overlap'
  | 'bad-alignment'
  | 'bad-height'

export interface Validation {
  readonly verdict: Verdict
  /** The positions of the buffers at fault. */
  readonly buffers: readonly number[]
  /** One sentence for a person; empty when the plan is good. */
  readonly message: string
}

/**
 * Judges `plan`, a Plan or an array of offsets, by the rules of {@link Verdict} alone: it shares no
 * code with the search. O(n log n).
 */
export function validateSolution(problem: Problem, plan: Plan | ArrayLike<number>): Verdict {
  return explainVerdict(problem, plan).verdict
}

/** The same, with the buffers at fault and a sentence that says why. */
export function explainVerdict(problem: Problem, plan: Plan | ArrayLike<number>): Validation {
  const { columns } = problemFrom(problem)
  const offsets = plan instanceof Plan ? plan.offsets : offsetsFrom(plan)
  const { verdict, buffers, message } = core().call((module) => {
    const comparable = offsets.length === columns.size.length
    const height =
      plan instanceof Plan ? plan.height : comparable ? module.heightOf(columns, offsets) : 0
    return module.validatePlan(columns, offsets, height)
  })
  return { verdict: verdict as Verdict, buffers: [...buffers], message }
}
