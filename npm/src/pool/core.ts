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

/** The numbers that the last call left, as an array of JavaScript's own. */
export function takeNumbers(module: PoolModule): Float64Array {
  const start = module._stowage_numbers() / Float64Array.BYTES_PER_ELEMENT
  return module.HEAPF64.slice(start, start + module._stowage_number_count())
}

/** Hands numbers over to the next call. */
export function giveNumbers(module: PoolModule, numbers: ArrayLike<number>): void {
  const start = module._stowage_reserve(numbers.length) / Float64Array.BYTES_PER_ELEMENT
  module.HEAPF64.set(numbers, start)
}

/** The text that the last call left. */
export function takeText(module: PoolModule): string {
  const start = module._stowage_text() >>> 0
  const bytes = module.HEAPU8.subarray(start, start + module._stowage_text_length())
  return new TextDecoder().decode(bytes)
}

/** The error that the last call left. */
export function takeError(module: PoolModule): StowageError {
  return new StowageError('invalid-argument', takeText(module))
}
