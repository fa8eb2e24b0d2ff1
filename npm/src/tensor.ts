/**
 * Tensors: an executor of operations on floats, in WebAssembly with SIMD. A module of its own; the
 * main entry has it too.
 *
 * ```js
 * import { load } from 'stowage/tensor'
 * const { Executor } = await load()
 * const executor = new Executor()
 * const t = executor.tensor([1, 2, 3, 4], [2, 2])
 * console.log(t.matmul(t).toArray())
 * ```
 *
 * @module stowage/tensor
 */
import wasm from 'stowage-tensor-wasm'

import { bytesFromInline } from './core/inline.js'
import { Loader } from './core/loader.js'
import { setTensorCore, startTensors } from './tensor/core.js'
import { Executor } from './tensor/executor.js'

export { StowageError } from './errors.js'
export type { ErrorCode, ErrorDetails, Overload } from './errors.js'
export type * from './tensor/types.js'
export type { Executor } from './tensor/executor.js'
export type { BinaryOperation, Loss, Reduction, UnaryOperation } from './tensor/operations.js'

/** What `load()` resolves to: everything that needs the WebAssembly module of the tensors. */
export interface Tensors {
  readonly Executor: typeof Executor
}

const tensors: Tensors = Object.freeze({ Executor })
const loader = new Loader(startTensors, setTensorCore)

/**
 * Starts the WebAssembly module, which is part of this file. Memoised: all callers share one module.
 * After it has died (`aborted`), the next call starts a fresh one, for new executors: those that it
 * held are gone.
 */
export async function load(): Promise<Tensors> {
  await loader.load(async () => WebAssembly.compile(await bytesFromInline(wasm)))
  return tensors
}
