/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { BufferPool } from './buffer-pool.js'
import {
  alignmentFrom,
  byteLengthFrom,
  bytesPerElement,
  type ElementType,
  elementTypeFrom,
} from './element-type.js'
import type { PooledArray } from './heap-array.js'
import type { AlignmentOptions, BufferPoolOptions } from './types.js'

/**
 * Typed arrays in the buffers of a {@link BufferPool}:
 *
 * ```js
 * const allocator = new PoolAllocator()
 * for (const batch of batches) {
 *   const activations = allocator.alloc('f32', 1024)
 *   activations.array.set(batch)
 *   allocator.clear() // the next batch uses the same memory
 * }
 * ```
 */
export class PoolAllocator {
  /** Where the buffers come from: to trim it, and for its counters. */
  readonly pool: BufferPool

  /** Throws as `BufferPool` does. */
  constructor(options: BufferPoolOptions = {}) {
    this.pool = new BufferPool(options)
  }

  /**
   * An array of `length` elements, which hold what was last written there. Throws `out-of-memory` if
   * the module cannot get as much; everything goes on as before.
   */
  alloc<Type extends ElementType>(
    type: Type,
    length: number,
    options: AlignmentOptions = {},
  ): PooledArray<Type> {
    const element = elementTypeFrom('type', type)
    const size = byteLengthFrom(element, length)
    const { alignment } = check.record('options', options, ['alignment'])
    const multiple = alignmentFrom(alignment, bytesPerElement(element))
    return this.pool.allocArray(element, length, size, multiple)
  }

  /** Throws `invalid-argument` if the array is not one of this allocator, or was freed before. */
  free(array: PooledArray<ElementType>): void {
    this.pool.put(array)
  }

  /** Frees all arrays. Their memory is kept. */
  clear(): void {
    this.pool.clear()
  }

  /** Gives all memory back. Nothing else may be called afterwards. */
  dispose(): void {
    this.pool.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }
}
