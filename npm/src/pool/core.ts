import createModule from 'stowage-pool-glue'

import { Core } from '../core/core.js'
import { CurrentCore } from '../core/current.js'
import type { PoolModule } from './module.js'

export type PoolCore = Core<PoolModule>

/** The one that new pools are made in. */
const current = new CurrentCore<PoolModule>()

export function startPools(wasm: WebAssembly.Module): Promise<PoolCore> {
  return Core.instantiate(createModule, wasm)
}

export function setPoolCore(core: PoolCore): void {
  current.set(core)
}

/** The module in use. Throws when there is none yet. */
export function poolCore(): PoolCore {
  return current.get()
}
