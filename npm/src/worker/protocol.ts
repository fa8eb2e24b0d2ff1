import type { Columns } from '../core/module.js'
import type { ErrorCode, Overload } from '../errors.js'
import type { PlanInit } from '../planner/plan.js'
import type { Findings } from '../planner/solver.js'
import type { Progress, SolverParams } from '../planner/solver-params.js'

/** The parameters that can be sent; the callback and the signal stay behind. */
export type SentParams = Omit<SolverParams, 'onProgress' | 'signal'>

/** What a worker is told. The first message is `start`. */
export type Request =
  | { readonly type: 'start'; readonly wasm: WebAssembly.Module }
  | {
      /** For a plan, or for an irreducible infeasible subset. */
      readonly type: 'solve' | 'explain'
      readonly id: number
      readonly columns: Columns
      readonly params: SentParams
      readonly wantsProgress: boolean
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'report'; readonly id: number; readonly findings: Findings }

export type SentProgress = Omit<Progress, 'incumbent'>

export interface SentError {
  readonly code: ErrorCode
  readonly message: string
  readonly line: number | undefined
  readonly column: number | undefined
  readonly lowerBound: number | undefined
  readonly overload: Overload | undefined
  readonly exhausted: boolean
  readonly incumbent: PlanInit | undefined
  readonly subset: readonly number[] | undefined
}

/**
 * What a worker answers: any number of `progress`, then one `plan` for each `solve`, one `subset` for
 * each `explain`, or one `error` for either.
 */
export type Reply =
  | {
      readonly type: 'progress'
      readonly id: number
      readonly progress: SentProgress
      /** Sent when it is a better plan than the last. */
      readonly incumbent: PlanInit | undefined
    }
  | { readonly type: 'plan'; readonly id: number; readonly plan: PlanInit }
  | { readonly type: 'subset'; readonly id: number; readonly subset: readonly number[] }
  | { readonly type: 'error'; readonly id: number; readonly error: SentError }
