/**
 * Stowage decides where every buffer of a model lives in memory.
 *
 * ```js
 * import { load } from 'stowage'
 * const { Problem, Solver } = await load()
 * const problem = Problem.fromCsv(text, { capacity: 12 })
 * const plan = await new Solver({ timeoutSeconds: 10 }).solve(problem)
 * ```
 *
 * @module stowage
 */
import type { Stowage as Planner } from './api.js'
import { load as loadPlanner } from './planner.js'
import { load as loadPools, type Pools } from './pool.js'
import { load as loadTensors, type Tensors } from './tensor.js'

export * from './types.js'
export type * from './pool/types.js'
export type { Arena } from './pool/arena.js'
export type { BufferPool } from './pool/buffer-pool.js'
export type { ElementArray, ElementArrays, ElementType } from './pool/element-type.js'
export type { HeapArray, PooledArray } from './pool/heap-array.js'
export type { MemoryPool } from './pool/memory-pool.js'
export type { PoolAllocator } from './pool/pool-allocator.js'
export type { BlockLifetime, OnlineReplay, OnlineReplayOptions } from './pool/online-replay.js'
export type { Pools } from './pool.js'
export type {
  AxisOptions,
  ExecutorDefragmentation,
  ExecutorStats,
  FloatValues,
  LayerNormOptions,
  LossOptions,
  MatmulOptions,
  OutputOptions,
  ReduceOptions,
  SliceOptions,
  StridedOptions,
  Tensor,
} from './tensor/types.js'
// `Buffer` is one of a problem here.
export type { Buffer as ExecutorBuffer } from './tensor/types.js'
export type { Executor } from './tensor/executor.js'
export type { BinaryOperation, Loss, Reduction, UnaryOperation } from './tensor/operations.js'
export type { Tensors } from './tensor.js'

/** What `load()` resolves to: everything that needs a WebAssembly module. */
export interface Stowage extends Planner, Pools, Tensors {}

let everything: Stowage | undefined

/**
 * Starts the WebAssembly modules, which are part of this file. Memoised: all callers share them.
 * After a failure, or after a module has died (`out-of-memory`, `aborted`), the next call starts a
 * fresh one; what it resolves to, and every problem and plan, stay good.
 */
export async function load(): Promise<Stowage> {
  const [planner, pools, tensors] = await Promise.all([loadPlanner(), loadPools(), loadTensors()])
  return (everything ??= Object.freeze({ ...planner, ...pools, ...tensors }))
}
