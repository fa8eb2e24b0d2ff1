import type { Plan } from './planner/plan.js'

/**
 * What went wrong:
 *
 * - `invalid-argument`: a value that can never be right; the message names it.
 * - `parse-error`: text that is not in the CSV dialect; see `line` and `column`.
 * - `infeasible`: proven that there is no plan.
 * - `deadline-exceeded`: the search stopped without an answer, because of its time limit or because
 *   it had nothing left to try.
 * - `cancelled`: `cancel()` was called or the signal aborted.
 * - `out-of-memory`: the WebAssembly module could not get the memory that it needed, or that a pool
 *   was asked for.
 * - `disposed`: the object was used after `dispose()`.
 * - `aborted`: the module, or the worker that ran it, died.
 *
 * After `aborted`, and after `out-of-memory` but for a `BufferPool`, `PoolAllocator` or `Arena`, which
 * go on, the module is gone: `await load()` makes a fresh one.
 */
export type ErrorCode =
  | 'invalid-argument'
  | 'parse-error'
  | 'infeasible'
  | 'deadline-exceeded'
  | 'cancelled'
  | 'out-of-memory'
  | 'disposed'
  | 'aborted'

/** A moment at which the live buffers need more memory than the capacity. */
export interface Overload {
  /** The first moment of the section with the largest load. */
  readonly time: number
  /** The sum of the sizes live at that time. */
  readonly load: number
  /** The positions of the buffers that are live then, ascending. */
  readonly buffers: readonly number[]
  /** The same in one sentence, with the ids. */
  readonly message: string
}

/** What a {@link StowageError} may carry beside its code and message. */
export interface ErrorDetails {
  line?: number | undefined
  column?: number | undefined
  incumbent?: Plan | undefined
  lowerBound?: number | undefined
  overload?: Overload | undefined
  exhausted?: boolean | undefined
  subset?: readonly number[] | undefined
  cause?: unknown
}

/** Every error that this package throws or rejects with. */
export class StowageError extends Error {
  override readonly name = 'StowageError'
  readonly code: ErrorCode
  /** The line of the value at fault, counted from 1, when it was read from a text. */
  readonly line: number | undefined
  /** Its column, counted from 1 in bytes. */
  readonly column: number | undefined
  /** The best plan so far, which may be above the capacity (a search that was stopped). */
  readonly incumbent: Plan | undefined
  /** No plan is lower than this (a search that was stopped, or `infeasible`). */
  readonly lowerBound: number | undefined
  /** Where the load exceeds the capacity (`infeasible`, when that is the reason). */
  readonly overload: Overload | undefined
  /** Whether the search had nothing left to try, rather than no time (`deadline-exceeded`). */
  readonly exhausted: boolean
  /** The smallest infeasible subset so far (an explanation that was stopped). */
  readonly subset: readonly number[] | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.code = code
    this.line = details.line
    this.column = details.column
    this.incumbent = details.incumbent
    this.lowerBound = details.lowerBound
    this.overload = details.overload
    this.exhausted = details.exhausted ?? false
    this.subset = details.subset
  }
}
