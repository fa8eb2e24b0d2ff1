import { StowageError } from '../errors.js'
import type { Core } from './core.js'
import { type ExchangeModule, type Pointer, takeNumbers } from './exchange.js'

/** What a handle holds. */
export interface HandleKind<Module> {
  /** For messages. */
  readonly name: string
  readonly delete: (module: Module, pointer: Pointer) => void
}

/** An object in the heap of a module: owned, and given back at the latest when nobody holds it. */
export class NativeHandle<Module extends ExchangeModule> {
  readonly #using: Core<Module>
  readonly #kind: HandleKind<Module>
  #pointer: Pointer

  constructor(using: Core<Module>, kind: HandleKind<Module>, make: (module: Module) => Pointer) {
    this.#using = using
    this.#kind = kind
    this.#pointer = using.call(make)
    this.#register()
  }

  /** Throws `disposed`. */
  get module(): Module {
    if (this.#pointer === 0) {
      throw new StowageError('disposed', `the ${this.#kind.name} was disposed of; make another`)
    }
    return this.#using.module
  }

  get pointer(): Pointer {
    return this.#pointer
  }

  get isDisposed(): boolean {
    return this.#pointer === 0
  }

  /** The error to throw after a call into `module` has thrown. */
  endedBy(error: unknown): StowageError {
    return this.#using.endedBy(error)
  }

  /** Calls the module; a StowageError that `use` throws is what the module said. */
  call<T>(use: (module: Module, object: Pointer) => T): T {
    const { module } = this
    try {
      return use(module, this.#pointer)
    } catch (error) {
      if (error instanceof StowageError) throw error
      throw this.endedBy(error)
    }
  }

  /** Calls the module for the numbers that it leaves. */
  numbers(use: (module: Module, object: Pointer) => void): Float64Array {
    return this.call((module, pool) => {
      use(module, pool)
      return takeNumbers(module)
    })
  }

  /** Holds another object from now on. */
  replace(make: (module: Module) => Pointer): void {
    const pointer = this.call(make)
    this.dispose()
    this.#pointer = pointer
    this.#register()
  }

  dispose(): void {
    if (this.#pointer === 0) return
    backstop.unregister(this)
    this.#release()()
    this.#pointer = 0
  }

  #register(): void {
    backstop.register(this, this.#release(), this)
  }

  #release(): () => void {
    return releaseOf(this.#using, this.#kind, this.#pointer)
  }
}

/** Deletes the object. It does not know the handle, which it would keep alive. */
function releaseOf<Module>(
  using: Core<Module>,
  kind: HandleKind<Module>,
  pointer: Pointer,
): () => void {
  return () => {
    if (!using.alive) return
    using.call((module) => {
      kind.delete(module, pointer)
    })
  }
}

/** For objects that nobody disposed of. */
const backstop = new FinalizationRegistry<() => void>((release) => {
  release()
})
