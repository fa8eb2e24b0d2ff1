/**
 * The same without the WebAssembly module in it, for those who serve `stowage/core.wasm` themselves
 * or run where modules must be compiled beforehand.
 *
 * @module stowage/slim
 */
import { type Stowage, stowage } from './api.js'
import { invalid } from './check.js'
import { setCore } from './core/core.js'
import { start } from './core/load.js'
import { Loader } from './core/loader.js'

export * from './types.js'

/** The content of `stowage/core.wasm`, compiled or not, or the response of a fetch for it. */
export type WasmSource = WebAssembly.Module | BufferSource | Response

const loader = new Loader(start, setCore)

/**
 * Starts the WebAssembly module from `source`, or a promise of it. Memoised: while a module runs,
 * further calls share it, whatever their source. After a failure, or after the module has died, the
 * next call starts a fresh one.
 */
export async function load(source: WasmSource | Promise<WasmSource>): Promise<Stowage> {
  await loader.load(async () => compile(await source))
  return stowage
}

async function compile(source: unknown): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return WebAssembly.compile(source as BufferSource)
  }
  if (typeof Response !== 'undefined' && source instanceof Response) {
    return WebAssembly.compile(await source.arrayBuffer())
  }
  throw invalid('source', source, 'a WebAssembly.Module, its bytes, or a Response with them')
}
