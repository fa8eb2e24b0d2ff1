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
import wasm from 'stowage-wasm'

import { type Stowage, stowage } from './api.js'
import { bytesFromInline } from './core/inline.js'
import { Loader } from './core/load.js'

export * from './types.js'

const loader = new Loader()

/**
 * Starts the WebAssembly module, which is part of this file. Memoised: all callers share one module.
 * After a failure, or after the module has died (`out-of-memory`, `aborted`), the next call starts a
 * fresh one; what it resolves to, and every problem and plan, stay good.
 */
export async function load(): Promise<Stowage> {
  await loader.load(async () => WebAssembly.compile(await bytesFromInline(wasm)))
  return stowage
}
