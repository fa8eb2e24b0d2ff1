import { StowageError } from '../errors.js'
import type { Core } from './core.js'

/** The instance of a module that is in use. */
export class CurrentCore<Module> {
  #core: Core<Module> | undefined

  /** Makes `core` the one that all calls from now on use. */
  set(core: Core<Module>): void {
    this.#core = core
  }

  /** Throws when there is none yet. */
  get(): Core<Module> {
    if (this.#core === undefined) {
      throw new StowageError('invalid-argument', 'the module is not loaded; await load() first')
    }
    return this.#core
  }
}
