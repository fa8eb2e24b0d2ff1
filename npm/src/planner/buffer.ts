/** Bytes [lower, upper) of a buffer, counted from its offset. */
export interface Window {
  readonly lower: number
  readonly upper: number
}

/**
 * A stretch [lower, upper) of a buffer's lifespan in which it does not hold its memory: none of it,
 * or, with a window, only that part.
 */
export interface Gap {
  readonly lower: number
  readonly upper: number
  readonly window?: Window | undefined
}

/** A block of memory needed from time `lower` up to, not including, `upper`. */
export interface Buffer {
  /** Unique within the problem. */
  readonly id: string
  readonly lower: number
  readonly upper: number
  /** In bytes, or any other unit that offsets and the capacity share. */
  readonly size: number
  /** The offset must be a multiple of it. */
  readonly alignment: number
  /** Where a plan must put the buffer; null when it may go anywhere. */
  readonly offset: number | null
  /** Where to try first; null for no preference. Never binding. */
  readonly hint: number | null
  /** In order of time, disjoint, within the lifespan. */
  readonly gaps: readonly Gap[]
}

/** A buffer as it is given: the alignment is 1, and there is nothing else, unless it says so. */
export interface BufferInit {
  readonly id: string
  readonly lower: number
  readonly upper: number
  readonly size: number
  readonly alignment?: number | undefined
  readonly offset?: number | null | undefined
  readonly hint?: number | null | undefined
  readonly gaps?: readonly Gap[] | undefined
}

/** An array of numbers, plain or typed. */
export type NumberColumn =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

/** Many buffers, one array for each property. NaN in `offset` and `hint` stands for none. */
export interface BufferColumns {
  /** The positions, "0", "1" and so on, if not given. */
  readonly id?: readonly string[] | undefined
  readonly lower: NumberColumn
  readonly upper: NumberColumn
  readonly size: NumberColumn
  readonly alignment?: NumberColumn | undefined
  readonly offset?: NumberColumn | undefined
  readonly hint?: NumberColumn | undefined
  readonly gaps?: GapColumns | undefined
}

/** The gaps of all buffers, in order of buffer, then time. NaN in both windows stands for none. */
export interface GapColumns {
  /** For each buffer, where its gaps end in the other columns. */
  readonly ends: NumberColumn
  readonly lower: NumberColumn
  readonly upper: NumberColumn
  readonly windowLower?: NumberColumn | undefined
  readonly windowUpper?: NumberColumn | undefined
}

/** All buffers of a problem, one array for each property. What the constructor of a problem takes. */
export interface ProblemColumns extends BufferColumns {
  readonly id: readonly string[]
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly size: Float64Array
  readonly alignment: Float64Array
  readonly offset: Float64Array
  readonly hint: Float64Array
  readonly gaps: {
    readonly ends: Uint32Array
    readonly lower: Float64Array
    readonly upper: Float64Array
    readonly windowLower: Float64Array
    readonly windowUpper: Float64Array
  }
}
