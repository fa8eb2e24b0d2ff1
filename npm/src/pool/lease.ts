import type { NativeHandle } from '../core/handle.js'
import { StowageError } from '../errors.js'
import type { PoolModule } from './module.js'

/** Many leases that end together. */
export class LeasePeriod {
  /** Why it ended. */
  ended: string | undefined

  constructor(readonly handle: NativeHandle<PoolModule>) {}
}

/**
 * The right to use a piece of the module's heap. JavaScript's side of what the module keeps, so that
 * a piece of memory that someone else has by now is refused to who had it before.
 */
export class Lease {
  #ended: string | undefined

  constructor(
    readonly period: LeasePeriod,
    readonly address: number,
    readonly byteLength: number,
  ) {}

  get isLive(): boolean {
    return (this.#ended ?? this.period.ended) === undefined && !this.period.handle.isDisposed
  }

  end(reason: string): void {
    this.#ended = reason
  }

  /** The memory of the module as it is now. Throws `disposed` when the lease has ended. */
  memory(): ArrayBufferLike {
    const reason = this.#ended ?? this.period.ended
    if (reason !== undefined) {
      throw new StowageError('disposed', `the array is not in use any more: ${reason}`)
    }
    return this.period.handle.module.HEAPU8.buffer
  }
}
