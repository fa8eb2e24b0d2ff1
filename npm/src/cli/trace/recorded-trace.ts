/** Traces that programs wrote while they ran: what their text says, before any pool replays it. */

/** Lifetimes as columns, in the order of their allocations; NaN for no fixed offset. */
export interface BlockColumns {
  readonly lower: number[]
  readonly upper: number[]
  readonly size: number[]
  readonly alignment: number[]
  readonly offset: number[]
}

/** Something that a trace says and that takes no part in its replay. */
export interface Omission {
  readonly count: number
  readonly firstLine: number
}

export interface RecordedTrace {
  /** A time is the number of events before it. */
  readonly blocks: BlockColumns
  readonly numEvents: number
  readonly neverFreed: number
  /** The most bytes that the pool which wrote the trace ever had, where it says so. */
  readonly total: number | undefined
  /** Times, in order. */
  readonly defragmentedAt: readonly number[]
  readonly failedAllocations: Omission
}

/** Says where in the text the fault is: the line, and the column in bytes. */
export class TraceError extends Error {
  constructor(message: string, line: number, column: number) {
    super(`line ${String(line)}, column ${String(column)}: ${message}`)
  }
}

/** Begins a sentence about a block, which ends in what is wrong with it. */
export type Fault = string | undefined
