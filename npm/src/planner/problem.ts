import * as check from '../check.js'
import { core, overloadOf, stowageError } from '../core/core.js'
import type { Columns, CoreError, Sweep } from '../core/module.js'
import { type Overload, StowageError } from '../errors.js'
import type { Buffer, BufferColumns, BufferInit, ProblemColumns } from './buffer.js'
import {
  bufferFromColumns,
  buffersFromColumns,
  capacityOf,
  columnsForCaller,
  columnsFromBuffers,
  columnsFromColumns,
  noLimit,
} from './columns.js'
import { offsetsFor, type Plan } from './plan.js'
import { Section } from './section.js'
import { type ProblemStats, statsOf } from './stats.js'

export interface ProblemOptions {
  /** The size of the address space: no buffer may end above it. Infinity where there is no limit. */
  readonly capacity: number
}

/** Buffers with known lifespans that need offsets in one address space. Immutable. */
export class Problem {
  /** @internal */
  readonly columns: Columns
  #buffers: readonly Buffer[] | undefined
  #sweep: Sweep | undefined

  /**
   * A problem of `buffers`, either as objects or as columns (typed arrays, for many buffers).
   * Throws `invalid-argument` when a value has the wrong type or range, or when the problem is not
   * well formed: lower >= upper, duplicate ids, gaps that overlap or leave the lifespan, a fixed
   * offset that is misaligned or ends above the capacity. O(n).
   */
  constructor(buffers: readonly BufferInit[] | BufferColumns, options: ProblemOptions) {
    if (buffers instanceof CheckedColumns) {
      this.columns = buffers.columns
      return
    }
    if (typeof buffers !== 'object' || (buffers as unknown) === null) {
      throw check.invalid('buffers', buffers, 'an array of buffers, or an object of columns')
    }
    const capacity = capacityFrom(options)
    this.columns = Array.isArray(buffers)
      ? columnsFromBuffers(buffers, capacity)
      : columnsFromColumns(buffers, capacity)
    refuseIllFormed(this.columns)
  }

  /**
   * Reads a problem from CSV: a string, or the bytes of a file. Offsets in it become fixed offsets.
   * Throws `parse-error` with line and column. O(length of the text).
   */
  static fromCsv(csv: string | Uint8Array, options: ProblemOptions): Problem {
    const capacity = capacityFrom(options)
    const bytes = csvBytes(csv)
    const { columns, error } = core().call((module) => module.parseProblem(bytes, capacity))
    if (columns === undefined) throw readFailure(error)
    return checkedProblem(columns)
  }

  /**
   * The columns of a CSV text that mean nothing here: worth a word to the user, who may have meant
   * another. Empty where the header itself is wrong, as the reader is going to say.
   */
  static ignoredColumns(csv: string | Uint8Array): readonly string[] {
    const bytes = csvBytes(csv)
    return core().call((module) => module.ignoredColumns(bytes)) ?? []
  }

  /** The number of buffers. */
  get length(): number {
    return this.columns.size.length
  }

  get capacity(): number {
    return this.columns.capacity === noLimit ? Infinity : this.columns.capacity
  }

  /** The buffers as objects, made when first asked for. */
  get buffers(): readonly Buffer[] {
    return (this.#buffers ??= Object.freeze(buffersFromColumns(this.columns)))
  }

  /** One of the buffers, made for this call: for a few of very many. Undefined out of range. O(1). */
  at(index: number): Buffer | undefined {
    const row = check.integer('index', index)
    if (row < 0 || row >= this.length) return undefined
    return this.#buffers?.[row] ?? bufferFromColumns(this.columns, row)
  }

  /**
   * The buffers as columns, what the constructor takes too: for very many buffers, without an object
   * for each. Copies, made for this call. O(n).
   */
  toColumns(): ProblemColumns {
    return columnsForCaller(this.columns)
  }

  /** The same buffers with another capacity. Throws as the constructor. O(n). */
  withCapacity(capacity: number): Problem {
    const columns = { ...this.columns, capacity: capacityOf(capacity) }
    refuseIllFormed(columns)
    return checkedProblem(columns)
  }

  /** The problem of some of the buffers, by their positions, in the order given. O(n). */
  subset(indices: Iterable<number>): Problem {
    const chosen = Array.from(indices, (index, i) =>
      check.integer(`indices[${String(i)}]`, index, 0, this.length - 1),
    )
    const buffers = chosen.flatMap((index) => this.buffers[index] ?? [])
    return new Problem(buffers, { capacity: this.capacity })
  }

  /**
   * Writes CSV: the problem with its fixed offsets, or with the offsets of `plan`. What it writes,
   * `Problem.fromCsv` reads back.
   */
  toCsv(plan?: Plan | ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.toCsvBytes(plan))
  }

  /** The same as UTF-8, for a file. */
  toCsvBytes(plan?: Plan | ArrayLike<number>): Uint8Array {
    const offsets = plan === undefined ? null : offsetsFor(this, plan)
    return core().call((module) => module.writeCsv(this.columns, offsets))
  }

  /** O(n log n) the first time. */
  stats(): ProblemStats {
    return statsOf(this.columns, this.#swept())
  }

  /**
   * The maximal sets of buffers live together, in order of time. A plan exists only if each
   * section's buffers fit within the capacity. O(n log n) the first time.
   */
  sections(): readonly Section[] {
    const sweep = this.#swept()
    return Array.from(sweep.sectionLoad, (_, index) => new Section(sweep, index))
  }

  /** The section with the largest load if that exceeds the capacity. */
  overload(): Overload | undefined {
    return overloadOf(core().call((module) => module.overload(this.columns)))
  }

  #swept(): Sweep {
    return (this.#sweep ??= core().call((module) => module.sweep(this.columns)))
  }
}

/** Columns that the core has made or checked, for the constructor to take as they are. */
class CheckedColumns {
  constructor(readonly columns: Columns) {}
}

/** A problem of columns that the core has made or checked. */
export function checkedProblem(columns: Columns): Problem {
  const checked: unknown = new CheckedColumns(columns)
  return new Problem(checked as BufferColumns, { capacity: columns.capacity })
}

/** `value` if it is a problem. */
export function problemFrom(value: unknown): Problem {
  if (value instanceof Problem) return value
  throw check.invalid('problem', value, 'a Problem')
}

export function capacityFrom(options: unknown): number {
  return capacityOf(check.record('options', options, ['capacity']).capacity)
}

/** The bytes of `csv`, whether it is a string or bytes already. */
export function csvBytes(csv: unknown): Uint8Array {
  if (typeof csv === 'string') return new TextEncoder().encode(csv)
  if (csv instanceof Uint8Array) return csv
  throw check.invalid('csv', csv, 'a string or a Uint8Array')
}

/** Why a text could not be read. */
export function readFailure(error: CoreError | undefined): StowageError {
  return error === undefined
    ? new StowageError('aborted', 'the reader ended without an answer')
    : stowageError(error)
}

function refuseIllFormed(columns: Columns): void {
  const error = core().call((module) => module.checkProblem(columns))
  if (error !== null) throw stowageError(error)
}
