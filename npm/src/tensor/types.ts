import type { Buffer } from './buffer.js'
import type { UnaryOperation } from './operations.js'
import type { Tensor } from './tensor.js'

/** Of an executor. */
export interface ExecutorStats {
  /** That are alive, boundary buffers too. */
  readonly numBuffers: number
  /** That linear buffers hold; each takes a multiple of 64 bytes. */
  readonly usedBytes: number
  readonly peakUsedBytes: number
  /** Taken from the module's heap for linear buffers. */
  readonly reservedBytes: number
  /** Bytes: the longest linear buffer that needs no more of the heap. */
  readonly largestFree: number
  /** 1 - largestFree / (reservedBytes - usedBytes); 0 when nothing is free. */
  readonly fragmentation: number
  /** Pieces of the heap that the reserved bytes are in. */
  readonly numRegions: number
}

/** What `executor.defragment()` did. */
export interface ExecutorDefragmentation {
  readonly movedBuffers: number
  readonly movedBytes: number
  /** Given back to the module's heap. */
  readonly releasedBytes: number
}

/** Numbers for a tensor or a buffer: each is rounded to a float. */
export type FloatValues = Float32Array | readonly number[]

export interface ReduceOptions {
  /** Along this dimension; negative from the last. All elements, unless given. */
  readonly axis?: number
  /** Leaves the dimension, 1 long. */
  readonly keepAxis?: boolean
}

export interface AxisOptions {
  /** The last dimension, unless given; negative from the last. */
  readonly axis?: number
}

export interface SliceOptions {
  /** Negative from the last. */
  readonly axis: number
  readonly start?: number
  /** The first that is not taken. */
  readonly end?: number
  readonly step?: number
}

export interface LossOptions {
  /** Limits each prediction to [epsilon, 1 - epsilon]; from 0 to below 0.5, and 0 unless given. */
  readonly epsilon?: number
}

export interface LayerNormOptions {
  /** Of the shape [last dimension], as the bias. */
  readonly weight?: Tensor
  readonly bias?: Tensor
  /** Above 0; 1e-5 unless given. */
  readonly epsilon?: number
}

export interface MatmulOptions {
  /** Of the shape [columns], added to each row. */
  readonly bias?: Tensor
  /** Of each element, after the bias. */
  readonly activation?: UnaryOperation
}

export interface StridedOptions {
  /** In elements, one for each dimension, from 0. Row-major, unless given. */
  readonly strides?: readonly number[]
  /** Of the first element in the buffer; 0 unless given. */
  readonly offset?: number
}

/** What is written to, and how many elements of it: all of the output, unless given. */
export interface OutputOptions {
  readonly length?: number
}

export type { Buffer, Tensor }
