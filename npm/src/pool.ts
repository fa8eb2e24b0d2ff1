/**
 * Pools: memory that is not known ahead, handed out and taken back. A module of its own, a quarter of
 * the planner's size; the main entry has it too.
 *
 * ```js
 * import { load } from 'stowage/pool'
 * const { MemoryPool } = await load()
 * const pool = new MemoryPool(1024)
 * const offset = pool.allocAligned(200, 256)
 * ```
 *
 * @module stowage/pool
 */
import wasm from 'stowage-pool-wasm'

import { bytesFromInline } from './core/inline.js'
import { Loader } from './core/loader.js'
import { Arena } from './pool/arena.js'
import { BufferPool } from './pool/buffer-pool.js'
import { setPoolCore, startPools } from './pool/core.js'
import { MemoryPool } from './pool/memory-pool.js'
import { replayOnline } from './pool/online-replay.js'
import { PoolAllocator } from './pool/pool-allocator.js'

export { StowageError } from './errors.js'
export type { ErrorCode, ErrorDetails, Overload } from './errors.js'
export type * from './pool/types.js'
export type { Arena } from './pool/arena.js'
export type { BufferPool } from './pool/buffer-pool.js'
export type { ElementArray, ElementArrays, ElementType } from './pool/element-type.js'
export type { HeapArray, PooledArray } from './pool/heap-array.js'
export type { MemoryPool } from './pool/memory-pool.js'
export type { PoolAllocator } from './pool/pool-allocator.js'
export type { BlockLifetime, OnlineReplay, OnlineReplayOptions } from './pool/online-replay.js'

/** What `load()` resolves to: everything that needs the WebAssembly module of the pools. */
export interface Pools {
  readonly MemoryPool: typeof MemoryPool
  readonly BufferPool: typeof BufferPool
  readonly PoolAllocator: typeof PoolAllocator
  readonly Arena: typeof Arena
  readonly replayOnline: typeof replayOnline
}

const pools: Pools = Object.freeze({ MemoryPool, BufferPool, PoolAllocator, Arena, replayOnline })
const loader = new Loader(startPools, setPoolCore)

/**
 * Starts the WebAssembly module, which is part of this file. Memoised: all callers share one module.
 * After a failure, or after the module has died (`out-of-memory`, `aborted`), the next call starts a
 * fresh one, for new pools: those that it held are gone.
 */
export async function load(): Promise<Pools> {
  await loader.load(async () => WebAssembly.compile(await bytesFromInline(wasm)))
  return pools
}
