import type { Sweep } from '../core/module.js'
import { at } from './columns.js'

/** A maximal set of buffers that are live together. */
export class Section {
  readonly #sweep: Sweep
  readonly #index: number

  /** @internal */
  constructor(sweep: Sweep, index: number) {
    this.#sweep = sweep
    this.#index = index
  }

  /** The set is live from here on. */
  get lower(): number {
    return at(this.#sweep.sectionLower, this.#index)
  }

  /** And up to, not including, here. */
  get upper(): number {
    return at(this.#sweep.sectionUpper, this.#index)
  }

  /** The memory that the buffers hold together. */
  get load(): number {
    return at(this.#sweep.sectionLoad, this.#index)
  }

  /** The positions of the buffers, ascending. O(n). */
  get buffers(): readonly number[] {
    const { spanEnds, spanLower, spanUpper } = this.#sweep
    const live: number[] = []
    let span = 0
    spanEnds.forEach((end, buffer) => {
      for (; span < end; ++span) {
        if (at(spanLower, span) <= this.#index && this.#index < at(spanUpper, span)) {
          live.push(buffer)
        }
      }
    })
    return live
  }
}
