import { StowageError, type ErrorCode, type Overload } from '../errors.js'
import { CurrentCore } from './current.js'
import type { CoreError, CoreModule, CoreOverload, CreateModule } from './module.js'

/**
 * One running instance of a WebAssembly module. Every call into it goes through {@link Core.call},
 * which turns the end of the module into a typed error and remembers it.
 */
export class Core<Module = CoreModule> {
  readonly #module: Module
  readonly #reason: { text?: string }
  #death: StowageError | undefined

  private constructor(module: Module, reason: { text?: string }) {
    this.#module = module
    this.#reason = reason
  }

  static async instantiate<Module>(
    createModule: CreateModule<Module>,
    wasm: WebAssembly.Module,
  ): Promise<Core<Module>> {
    const reason: { text?: string } = {}
    const module = await new Promise<Module>((resolve, reject) => {
      createModule({
        instantiateWasm(imports, receive) {
          WebAssembly.instantiate(wasm, imports).then((instance) => {
            receive(instance, wasm)
          }, reject)
          return {}
        },
        onAbort(what) {
          reason.text ??= String(what)
        },
        print: ignore,
        printErr: ignore,
      }).then(resolve, reject)
    })
    return new Core(module, reason)
  }

  get alive(): boolean {
    return this.#death === undefined
  }

  /** Runs `use`; whatever escapes from it has left the module in an unknown state. */
  call<T>(use: (module: Module) => T): T {
    const module = this.module
    try {
      return use(module)
    } catch (error) {
      throw this.endedBy(error)
    }
  }

  /** For calls that cannot afford a closure: whatever escapes from one goes to `endedBy`. */
  get module(): Module {
    if (this.#death !== undefined) throw this.#death
    return this.#module
  }

  /** The error to throw after a call into the module has thrown. */
  endedBy(error: unknown): StowageError {
    return (this.#death ??= deathOf(error, this.#reason.text))
  }
}

function ignore(): void {
  // The module prints only when it aborts, and then says the same in the error.
}

function deathOf(cause: unknown, reason: string | undefined): StowageError {
  if (reason?.includes('out of memory') === true) {
    return new StowageError(
      'out-of-memory',
      'the module could not get the memory that this needs; load() makes a fresh module',
      { cause },
    )
  }
  const text = reason ?? (cause instanceof Error ? cause.message : String(cause))
  return new StowageError('aborted', `the module has ended: ${text}; load() makes a fresh one`, {
    cause,
  })
}

const current = new CurrentCore<CoreModule>()

/** Makes `core` the one that all calls from now on use. */
export function setCore(core: Core): void {
  current.set(core)
}

/** The module in use. Throws when there is none yet, or when it has died. */
export function core(): Core {
  return current.get()
}

/** An error of the core as this package throws it. */
export function stowageError(error: CoreError): StowageError {
  const { line, column } = error
  const place = line === 0 ? '' : `line ${String(line)}, column ${String(column)}: `
  return new StowageError(error.code as ErrorCode, place + error.message, {
    line: line === 0 ? undefined : line,
    column: column === 0 ? undefined : column,
  })
}

export function overloadOf(overload: CoreOverload | null): Overload | undefined {
  if (overload === null) return undefined
  return { ...overload, buffers: [...overload.buffers] }
}
