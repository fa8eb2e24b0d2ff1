/**
 * The 58 functions of Hologram's interface under their own names: executors, buffers and tensors are
 * numbers, and arrays are JSON, so that code written for it ports line by line. `stowage/tensor` has
 * the same with objects and typed arrays.
 *
 * ```js
 * import { load } from 'stowage/hologram'
 * const hg = await load()
 * const executor = hg.new_executor()
 * const buffer = hg.executor_allocate_buffer(executor, 4)
 * hg.buffer_copy_from_slice(executor, buffer, JSON.stringify([1, 2, 3, 4]))
 * hg.scalar_mul_f32(executor, buffer, buffer, 4, 2)
 * console.log(hg.buffer_to_vec(executor, buffer)) // [2,4,6,8]
 * ```
 *
 * All throw `StowageError`: `invalid-argument`, e.g. `Buffer handle 7 not found`; `parse-error` for
 * what is not a JSON array of numbers; `disposed` for what was of an executor that is cleaned up.
 *
 * @module stowage/hologram
 */
import { bufferFunctions } from './hologram/buffers.js'
import { operationFunctions } from './hologram/operations.js'
import { Registry } from './hologram/registry.js'
import { tensorFunctions } from './hologram/tensors.js'
import { load as loadTensors } from './tensor.js'
import { Executor } from './tensor/executor.js'

export { StowageError } from './errors.js'
export type { ErrorCode, ErrorDetails, Overload } from './errors.js'

function managementFunctions(registry: Registry) {
  return {
    /** Of this package. */
    get_version(): string {
      return STOWAGE_VERSION
    },

    /** Frees everything that has a handle. Handles are not used again. */
    clear_all_registries(): void {
      registry.clear()
    },

    new_executor(): number {
      return registry.add(new Executor())
    },

    /** Frees an executor with its buffers and tensors. An unknown handle is only warned of. */
    executor_cleanup(executor_handle: number): void {
      registry.release('Executor', executor_handle)
    },
  }
}

function functionsOf(registry: Registry) {
  return Object.freeze({
    ...managementFunctions(registry),
    ...bufferFunctions(registry),
    ...operationFunctions(registry),
    ...tensorFunctions(registry),
  })
}

/** All functions. */
export type Hologram = ReturnType<typeof functionsOf>

const functions = functionsOf(new Registry())

/**
 * Starts the WebAssembly module of the tensors, which is part of the package, as `stowage/tensor`
 * does. All callers share the handles.
 */
export async function load(): Promise<Hologram> {
  await loadTensors()
  return functions
}
