import { StowageError } from '../errors.js'
import { type PoolCore, takeNumbers } from './core.js'
import type { Pointer, PoolModule } from './module.js'

/** What a handle holds. */
export interface HandleKind {
  /** For messages. */
  readonly name: string
  readonly delete: (module: PoolModule, pointer: Pointer) => void
}

/** A pool in the heap of the module: owned, and given back at the latest when nobody holds it. */
export class PoolHandle {
  readonly #using: PoolCore
  readonly #kind: HandleKind
  #pointer: Pointer

  constructor(using: PoolCore, kind: HandleKind, make: (module: PoolModule) => Pointer) {
    this.#using = using
    this.#kind = kind
    this.#pointer = using.call(make)
    this.#register()
  }

  /** Throws `disposed`. */
  get module(): PoolModule {
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
  call<T>(use: (module: PoolModule, pool: Pointer) => T): T {
    const { module } = this
    try {
      return use(module, this.#pointer)
    } catch (error) {
      if (error instanceof StowageError) throw error
      throw this.endedBy(error)
    }
  }

  /** Calls the module for the numbers that it leaves. */
  numbers(use: (module: PoolModule, pool: Pointer) => void): Float64Array {
    return this.call((module, pool) => {
      use(module, pool)
      return takeNumbers(module)
    })
  }

  /** Holds another pool from now on. */
  replace(make: (module: PoolModule) => Pointer): void {
    const pointer = this.call(make)
    this.dispose()
    this.#pointer = pointer
    this.#register()
  }

  dispose(): void {
    if (this.#pointer === 0) return
    backstop.unregister(this)
    release(this.#held())
    this.#pointer = 0
  }

  #register(): void {
    backstop.register(this, this.#held(), this)
  }

  #held(): Held {
    return { using: this.#using, kind: this.#kind, pointer: this.#pointer }
  }
}

interface Held {
  readonly using: PoolCore
  readonly kind: HandleKind
  readonly pointer: Pointer
}

/** For pools that nobody disposed of. */
const backstop = new FinalizationRegistry<Held>(release)

function release({ using, kind, pointer }: Held): void {
  if (!using.alive) return
  using.call((module) => {
    kind.delete(module, pointer)
  })
}
