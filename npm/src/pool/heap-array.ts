/// <reference lib="esnext.disposable" preserve="true" />
import { bytesPerElement, type ElementArray, type ElementType, viewOf } from './element-type.js'
import type { Lease } from './lease.js'

/**
 * An array in the heap of the WebAssembly module. When that memory grows, the browser detaches every
 * typed array that was made before: its length is 0 from then on. So take `array` anew where
 * something may have been allocated since, which is cheap: it is made again only if it has to be.
 */
export class HeapArray<Type extends ElementType> {
  readonly type: Type
  /** In elements. */
  readonly length: number
  readonly #lease: Lease
  #view: ElementArray<Type> | undefined

  /** @internal */
  constructor(lease: Lease, type: Type, length: number) {
    this.#lease = lease
    this.type = type
    this.length = length
  }

  /** Where it begins in the module's memory. */
  get address(): number {
    return this.#lease.address
  }

  get byteLength(): number {
    return this.length * bytesPerElement(this.type)
  }

  /**
   * The elements. Throws `disposed` after the array was given back, as its memory may be someone
   * else's by then.
   */
  get array(): ElementArray<Type> {
    const memory = this.#lease.memory()
    if (this.#view?.buffer !== memory) {
      this.#view = viewOf(this.type, memory, this.#lease.address, this.length)
    }
    return this.#view
  }

  /** False once the array was given back. */
  get isLive(): boolean {
    return this.#lease.isLive
  }
}

/** An array in a buffer of a pool. */
export class PooledArray<Type extends ElementType> extends HeapArray<Type> {
  /** Of all arrays of its pool, counted from 1: no other ever has the same. */
  readonly id: number
  readonly #putBack: () => void

  /** @internal */
  constructor(lease: Lease, type: Type, length: number, id: number, putBack: () => void) {
    super(lease, type, length)
    this.id = id
    this.#putBack = putBack
  }

  /** Puts the buffer back, unless it was before: what `using` calls. */
  [Symbol.dispose](): void {
    if (this.isLive) this.#putBack()
  }
}
