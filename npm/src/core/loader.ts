import { StowageError } from '../errors.js'
import type { Core } from './core.js'

/**
 * A memoised `load`: one module for all callers, a fresh one after a failure and after the death of
 * the last.
 */
export class Loader<Module> {
  #pending: Promise<Core<Module>> | undefined
  readonly #start: (wasm: WebAssembly.Module) => Promise<Core<Module>>
  readonly #use: (core: Core<Module>) => void

  /** `start` makes an instance, `use` makes one that is alive that of all calls from now on. */
  constructor(
    start: (wasm: WebAssembly.Module) => Promise<Core<Module>>,
    use: (core: Core<Module>) => void,
  ) {
    this.#start = start
    this.#use = use
  }

  load(compile: () => Promise<WebAssembly.Module>): Promise<Core<Module>> {
    this.#pending ??= this.#startFrom(compile)
    return this.#pending.then((core) => {
      if (core.alive) {
        // Another entry's module may have taken its place, and died.
        this.#use(core)
        return core
      }
      this.#pending = undefined
      return this.load(compile)
    })
  }

  async #startFrom(compile: () => Promise<WebAssembly.Module>): Promise<Core<Module>> {
    try {
      return await this.#start(await compile())
    } catch (cause) {
      this.#pending = undefined
      if (cause instanceof StowageError) throw cause
      const text = cause instanceof Error ? cause.message : String(cause)
      throw new StowageError('aborted', `the module did not start: ${text}`, { cause })
    }
  }
}
