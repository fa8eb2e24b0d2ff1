import createModule from 'stowage-tensor-glue'

import { Core } from '../core/core.js'
import { StowageError } from '../errors.js'
import type { TensorModule } from './module.js'

export type TensorCore = Core<TensorModule>

let current: TensorCore | undefined

export function startTensors(wasm: WebAssembly.Module): Promise<TensorCore> {
  return Core.instantiate(createModule, wasm)
}

/** Makes `core` the one that new executors are made in. */
export function setTensorCore(core: TensorCore): void {
  current = core
}

/** The module in use. Throws when there is none yet. */
export function tensorCore(): TensorCore {
  if (current === undefined) {
    throw new StowageError('invalid-argument', 'the module is not loaded; await load() first')
  }
  return current
}
