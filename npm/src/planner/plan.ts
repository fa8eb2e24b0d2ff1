import * as check from '../check.js'
import { core } from '../core/core.js'
import { StowageError } from '../errors.js'
import {
  checkedProblem,
  capacityFrom,
  csvBytes,
  type Problem,
  type ProblemOptions,
  readFailure,
} from './problem.js'
import type { Engine } from './solver-params.js'

/** What a plan is made of. */
export interface PlanInit {
  readonly offsets: Float64Array
  readonly height: number
  readonly lowerBound: number
  readonly engine: Engine | undefined
}

/** An offset for each buffer of a problem. */
export class Plan {
  readonly problem: Problem
  /** One for each buffer, in the problem's order. */
  readonly offsets: Float64Array
  /** The highest end of any buffer; 0 when there are none. */
  readonly height: number
  /** No plan of the problem is lower than this. */
  readonly lowerBound: number
  /** The engine whose search gave the plan; undefined when it came from elsewhere. */
  readonly engine: Engine | undefined

  /** @internal */
  constructor(problem: Problem, init: PlanInit) {
    this.problem = problem
    this.offsets = init.offsets
    this.height = init.height
    this.lowerBound = init.lowerBound
    this.engine = init.engine
  }

  /**
   * Reads a plan: a problem in CSV whose buffers all have offsets. Those are the plan's, and not
   * fixed in its problem. Throws `parse-error` with line and column.
   */
  static fromCsv(csv: string | Uint8Array, options: ProblemOptions): Plan {
    const capacity = capacityFrom(options)
    const bytes = csvBytes(csv)
    const parsed = core().call((module) => module.parsePlan(bytes, capacity))
    const { columns, offsets, height } = parsed
    if (columns === undefined || offsets === undefined || height === undefined) {
      throw readFailure(parsed.error)
    }
    const problem = checkedProblem(columns)
    return new Plan(problem, {
      offsets,
      height,
      lowerBound: problem.stats().maxLoad,
      engine: undefined,
    })
  }

  /** Whether the plan is proven to be of the least height. */
  get optimal(): boolean {
    return this.height <= this.lowerBound
  }

  /** The number of buffers. */
  get length(): number {
    return this.offsets.length
  }

  /** The offset of buffer `index`; negative positions count from the end. */
  at(index: number): number | undefined {
    return this.offsets.at(index)
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.offsets[Symbol.iterator]()
  }

  /**
   * The same offsets for the problem with another capacity, which the plan may be above. Throws as
   * the constructor of a problem. O(n).
   */
  withCapacity(capacity: number): Plan {
    return new Plan(this.problem.withCapacity(capacity), this)
  }

  /** The problem as CSV with the offsets of this plan. */
  toCsv(): string {
    return this.problem.toCsv(this)
  }
}

/** The offsets of `plan`, as many as `problem` has buffers. */
export function offsetsFor(problem: Problem, plan: unknown): Float64Array {
  const offsets = plan instanceof Plan ? plan.offsets : offsetsFrom(plan)
  if (offsets.length !== problem.length) {
    throw new StowageError(
      'invalid-argument',
      `plan has ${String(offsets.length)} offsets; it must have ${String(problem.length)}, ` +
        'one for each buffer',
    )
  }
  return offsets
}

/** A checked copy of an array of offsets. */
export function offsetsFrom(value: unknown): Float64Array {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
  if (!isList) throw check.invalid('plan', value, 'a Plan, or an array of offsets')
  return Float64Array.from(value as ArrayLike<number>, (offset, i) =>
    check.integer(`plan[${String(i)}]`, offset),
  )
}
