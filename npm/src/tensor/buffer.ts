/// <reference lib="esnext.disposable" preserve="true" />
import { takeError } from '../core/exchange.js'
import { StowageError } from '../errors.js'
import { lengthFrom, numberFrom, valuesFrom } from './checks.js'
import type { Executor } from './executor.js'
import type { Held } from './module.js'
import type { FloatValues, OutputOptions } from './types.js'

/** What a buffer was made with. */
export interface BufferShape {
  readonly length: number
  readonly byteLength: number
  readonly pool: 'Linear' | 'Boundary'
  readonly classIndex: number
}

/**
 * Floats in the memory of an executor, which tensors lie in. Made by `executor.buffer()` and
 * `executor.boundaryBuffer()`, or a tensor's own. Holds its memory until `dispose()`, or until the
 * executor's; a tensor in it keeps the memory too.
 */
export class Buffer {
  readonly executor: Executor
  /** In elements. */
  readonly length: number
  /** Of a boundary buffer width x height, which need not be a multiple of an element's 4. */
  readonly byteLength: number
  readonly pool: 'Linear' | 'Boundary'
  /** From 0 to 95; of a linear buffer 0. */
  readonly classIndex: number
  readonly #number: Held
  #isDisposed = false

  /** @internal */
  constructor(executor: Executor, number: Held, shape: BufferShape) {
    this.executor = executor
    this.#number = number
    this.length = shape.length
    this.byteLength = shape.byteLength
    this.pool = shape.pool
    this.classIndex = shape.classIndex
  }

  /** Its number in the executor. Throws `disposed`. @internal */
  get number(): Held {
    if (this.#isDisposed) throw new StowageError('disposed', 'the buffer was disposed of')
    return this.#number
  }

  get isDisposed(): boolean {
    return this.#isDisposed || this.executor.isDisposed
  }

  get isEmpty(): boolean {
    return this.length === 0
  }

  /**
   * How many other boundary buffers share its bytes: those of the same class that are not disposed
   * of. 0 for a linear buffer.
   */
  get numAliases(): number {
    return this.executor.call((module, executor) =>
      module._stowage_buffer_num_aliases(executor, this.number),
    )
  }

  /** Throws `invalid-argument` if there are fewer or more values than elements. */
  write(values: FloatValues): void {
    const checked = valuesFrom('values', values)
    this.executor.call((module, executor) => {
      const { number } = this
      if (checked.length !== this.length) {
        throw new StowageError(
          'invalid-argument',
          `${String(checked.length)} values for a buffer of ${String(this.length)} elements: there must be as many`,
        )
      }
      const start = module._stowage_buffer_data(executor, number) >>> 2
      if (this.length > 0) module.HEAPF32.set(checked, start)
    })
  }

  /** A copy of all elements. */
  toArray(): Float32Array {
    return this.executor.call((module, executor) => {
      const start = module._stowage_buffer_data(executor, this.number) >>> 2
      return module.HEAPF32.slice(start, start + this.length)
    })
  }

  /** Sets the first `length` elements to `value`. */
  fill(value: number, options?: OutputOptions): void {
    const number = numberFrom('value', value)
    const length = lengthFrom(options, this.length)
    this.executor.call((module, executor) => {
      if (module._stowage_buffer_fill(executor, this.number, number, length) === 0) {
        throw takeError(module)
      }
    })
  }

  /** Copies its first `length` elements to `to`, a buffer of the same executor. */
  copyTo(to: Buffer, options?: OutputOptions): void {
    const length = lengthFrom(options, this.length)
    const target = this.executor.numberOf('to', to)
    this.executor.call((module, executor) => {
      if (module._stowage_buffer_copy(executor, this.number, target, length) === 0) {
        throw takeError(module)
      }
    })
  }

  /** Gives the memory back, unless a tensor still has it. May be called again. */
  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    if (this.executor.isDisposed) return
    this.executor.call((module, executor) => {
      module._stowage_buffer_release(executor, this.#number)
    })
  }

  [Symbol.dispose](): void {
    this.dispose()
  }
}
