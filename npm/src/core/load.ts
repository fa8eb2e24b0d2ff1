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
