/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { takeNumbers, takeText } from '../core/exchange.js'
import type { Pointer } from '../core/exchange.js'
import { type HandleKind, NativeHandle } from '../core/handle.js'
import { StowageError } from '../errors.js'
import { poolCore } from './core.js'
import { alignmentFrom, type ElementType } from './element-type.js'
import { PooledArray } from './heap-array.js'
import { Lease, LeasePeriod } from './lease.js'
import type { PoolModule } from './module.js'
import { bufferPoolStatsFrom } from './records.js'
import type { AlignmentOptions, BufferPoolOptions, BufferPoolStats } from './types.js'

const kind: HandleKind<PoolModule> = {
  name: 'buffer pool',
  delete: (module, pointer) => {
    module._stowage_buffer_pool_delete(pointer)
  },
}

const unlimited = 2 ** 32 - 1

/**
 * Memory of the module's heap, kept for the next who needs as much instead of being freed.
 *
 * There is a bucket for each power of two from 64 bytes to 64 MiB. A request is rounded up to one, so
 * a buffer is never smaller than what was asked for. Beyond 64 MiB the first buffer large enough is
 * taken; beyond 128 MiB nothing is pooled. A buffer's address is a multiple of 64, its content what
 * was last written there.
 */
export class BufferPool {
  readonly #handle: NativeHandle<PoolModule>
  readonly #leases = new WeakMap<PooledArray<ElementType>, Lease>()
  #period: LeasePeriod
  #activations = 0

  /** Throws `invalid-argument` for a limit that is not a whole number from 0. */
  constructor(options: BufferPoolOptions = {}) {
    const { maxBuffersPerBucket: given } = check.record('options', options, ['maxBuffersPerBucket'])
    const limit =
      given === undefined || given === Infinity
        ? unlimited
        : check.integer('maxBuffersPerBucket', given, 0, unlimited)
    this.#handle = new NativeHandle(poolCore(), kind, (module) =>
      module._stowage_buffer_pool_make(limit),
    )
    this.#period = new LeasePeriod(this.#handle)
  }

  /**
   * The whole of a pooled buffer of at least `size` bytes, or null if there is none. O(1) up to
   * 64 MiB, then O(buffers of the last bucket).
   */
  get(size: number): PooledArray<'u8'> | null {
    return this.#get(check.integer('size', size, 1), 1)
  }

  /** The same at a multiple of `alignment`, a power of two. O(buffers of the bucket). */
  getAligned(size: number, alignment: number): PooledArray<'u8'> | null {
    const bytes = check.integer('size', size, 1)
    return this.#get(bytes, alignmentFrom(check.integer('alignment', alignment, 1), 1))
  }

  /**
   * The same, or a fresh buffer where there is none. Throws `out-of-memory` if the module cannot get
   * as much; the pool, and everything else in the module, goes on as before.
   */
  getOrAlloc(size: number, options: AlignmentOptions = {}): PooledArray<'u8'> {
    const bytes = check.integer('size', size, 1)
    const { alignment } = check.record('options', options, ['alignment'])
    return this.#activate(bytes, alignmentFrom(alignment, 1), (lease) =>
      this.#arrayOf(lease, 'u8', lease.byteLength),
    )
  }

  /**
   * Takes a buffer back. Throws `invalid-argument` if it is not one of this pool, or was put back
   * before. O(1).
   */
  put(buffer: PooledArray<ElementType>): void {
    this.#put(buffer, 1)
  }

  /** Throws `invalid-argument` also if the buffer's address is not a multiple of `alignment`. */
  putAligned(buffer: PooledArray<ElementType>, alignment: number): void {
    this.#put(buffer, alignmentFrom(check.integer('alignment', alignment, 1), 1))
  }

  /** Puts back all buffers that are in use. Their memory is kept. */
  clear(): void {
    this.#handle.call((module, pool) => {
      module._stowage_buffer_pool_clear(pool)
    })
    this.#period.ended = 'its pool was cleared'
    this.#period = new LeasePeriod(this.#handle)
  }

  /** Frees all pooled buffers: the module can use their memory otherwise, but never gets smaller. */
  trim(): void {
    this.#handle.call((module, pool) => {
      module._stowage_buffer_pool_trim(pool)
    })
  }

  /** O(1). */
  stats(): BufferPoolStats {
    return bufferPoolStatsFrom(
      this.#handle.numbers((module, pool) => {
        module._stowage_buffer_pool_stats(pool)
      }),
    )
  }

  /** Zeros hits and misses. */
  resetCounters(): void {
    this.#handle.call((module, pool) => {
      module._stowage_buffer_pool_reset_counters(pool)
    })
  }

  /** Frees everything, also what is in use. Nothing else may be called afterwards. */
  dispose(): void {
    this.#handle.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  /**
   * An array in a buffer of at least `size` bytes.
   * @internal
   */
  allocArray<Type extends ElementType>(
    type: Type,
    length: number,
    size: number,
    alignment: number,
  ): PooledArray<Type> {
    return this.#activate(size, alignment, (lease) => this.#arrayOf(lease, type, length))
  }

  #get(size: number, alignment: number): PooledArray<'u8'> | null {
    return this.#handle.call((module, pool) => {
      const address = module._stowage_buffer_pool_get(pool, size, alignment) >>> 0
      if (address === 0) return null
      const lease = this.#leaseOf(module, address)
      return this.#arrayOf(lease, 'u8', lease.byteLength)
    })
  }

  #activate<T>(size: number, alignment: number, use: (lease: Lease) => T): T {
    return this.#handle.call((module, pool) => {
      const address = module._stowage_buffer_pool_get_or_alloc(pool, size, alignment) >>> 0
      if (address === 0) throw new StowageError('out-of-memory', takeText(module))
      return use(this.#leaseOf(module, address))
    })
  }

  #leaseOf(module: PoolModule, address: Pointer): Lease {
    return new Lease(this.#period, address, takeNumbers(module)[0] ?? 0)
  }

  #arrayOf<Type extends ElementType>(lease: Lease, type: Type, length: number): PooledArray<Type> {
    const id = ++this.#activations
    const array = new PooledArray<Type>(lease, type, length, id, () => {
      this.put(array)
    })
    this.#leases.set(array, lease)
    return array
  }

  #put(buffer: PooledArray<ElementType>, alignment: number): void {
    this.#handle.call((module, pool) => {
      const lease = this.#checkedLease(buffer)
      if (module._stowage_buffer_pool_put(pool, lease.address, alignment) === 0) {
        throw new StowageError('invalid-argument', takeText(module))
      }
      lease.end('it was put back')
    })
  }

  #checkedLease(buffer: PooledArray<ElementType>): Lease {
    const lease = this.#leases.get(buffer)
    if (lease === undefined) throw check.invalid('buffer', buffer, 'one of this pool')
    if (!lease.isLive) {
      throw new StowageError(
        'invalid-argument',
        `buffer ${String(buffer.id)} is not in use: it was put back, or its pool was cleared`,
      )
    }
    return lease
  }
}
