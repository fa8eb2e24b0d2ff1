/**
 * The planner alone, with its pictures: what the main entry has but for the pools and the tensors.
 *
 * ```js
 * import { load } from 'stowage/planner'
 * const { Problem, Solver } = await load()
 * ```
 *
 * @module stowage/planner
 */
import wasm from 'stowage-wasm'

import { type Stowage, stowage } from './api.js'
import { setCore } from './core/core.js'
import { bytesFromInline } from './core/inline.js'
import { start } from './core/load.js'
import { Loader } from './core/loader.js'

export * from './types.js'

const loader = new Loader(start, setCore)

/**
 * Starts the WebAssembly module, which is part of this file. Memoised: all callers share one module.
 * After a failure, or after the module has died (`out-of-memory`, `aborted`), the next call starts a
 * fresh one; what it resolves to, and every problem and plan, stay good.
 */
export async function load(): Promise<Stowage> {
  await loader.load(async () => WebAssembly.compile(await bytesFromInline(wasm)))
  return stowage
}
