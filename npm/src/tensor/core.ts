import createModule from 'stowage-tensor-glue'

import { Core } from '../core/core.js'
import { CurrentCore } from '../core/current.js'
import type { TensorModule } from './module.js'

export type TensorCore = Core<TensorModule>

/** The one that new executors are made in. */
const current = new CurrentCore<TensorModule>()

export function startTensors(wasm: WebAssembly.Module): Promise<TensorCore> {
  return Core.instantiate(createModule, wasm)
}

export function setTensorCore(core: TensorCore): void {
  current.set(core)
}

/** The module in use. Throws when there is none yet. */
export function tensorCore(): TensorCore {
  return current.get()
}
