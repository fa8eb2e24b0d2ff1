import createModule from 'stowage-glue'

import { StowageError } from '../errors.js'
import { Core, setCore } from './core.js'

/** The module as compiled, which workers are given instead of bytes. */
let compiled: WebAssembly.Module | undefined

/** The compiled module. Call after a load. */
export function compiledModule(): WebAssembly.Module {
  if (compiled === undefined) {
    throw new StowageError('invalid-argument', 'the module is not loaded; await load() first')
  }
  return compiled
}

/** Starts an instance of `wasm` and makes it the one in use. */
export async function start(wasm: WebAssembly.Module): Promise<Core> {
  const core = await Core.instantiate(createModule, wasm)
  compiled = wasm
  setCore(core)
  return core
}

/**
 * A memoised `load`: one module for all callers, a fresh one after a failure and after the death of
 * the last.
 */
export class Loader {
  #pending: Promise<Core> | undefined

  load(compile: () => Promise<WebAssembly.Module>): Promise<Core> {
    this.#pending ??= this.#start(compile)
    return this.#pending.then((core) => {
      if (core.alive) {
        // Another entry's module may have taken its place, and died.
        setCore(core)
        return core
      }
      this.#pending = undefined
      return this.load(compile)
    })
  }

  async #start(compile: () => Promise<WebAssembly.Module>): Promise<Core> {
    try {
      return await start(await compile())
    } catch (cause) {
      this.#pending = undefined
      if (cause instanceof StowageError) throw cause
      const text = cause instanceof Error ? cause.message : String(cause)
      throw new StowageError('aborted', `the module did not start: ${text}`, { cause })
    }
  }
}
