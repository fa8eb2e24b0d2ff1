import createModule from 'stowage-pool-glue'

import { Core } from '../core/core.js'
import { StowageError } from '../errors.js'
import type { PoolModule } from './module.js'

export type PoolCore = Core<PoolModule>

let current: PoolCore | undefined

export function startPools(wasm: WebAssembly.Module): Promise<PoolCore> {
  return Core.instantiate(createModule, wasm)
}

/** Makes `core` the one that new pools are made in. */
export function setPoolCore(core: PoolCore): void {
  current = core
}

/** The module in use. Throws when there is none yet. */
export function poolCore(): PoolCore {
  if (current === undefined) {
    throw new StowageError('invalid-argument', 'the module is not loaded; await load() first')
  }
  return current
}
