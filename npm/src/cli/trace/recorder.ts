import type { BlockColumns, Fault, Omission, RecordedTrace } from './recorded-trace.js'

interface Entry {
  readonly state: 'live' | 'failed' | 'freed'
  /** Of what made its state. */
  readonly line: number
  /** Its position, once it was allocated. */
  readonly block: number
}

export interface BlockInit {
  readonly size: number
  readonly alignment: number
  readonly offset?: number
}

/**
 * Lifetimes from allocations and frees in the order in which they were logged. Knows which blocks live,
 * by what the log calls them: an id, or a pointer. Where something cannot be, a sentence says what, to
 * stand behind the block's name.
 */
export class TraceRecorder {
  readonly #blocks: BlockColumns = { lower: [], upper: [], size: [], alignment: [], offset: [] }
  readonly #entries = new Map<number | string, Entry>()
  /** What was allocated. */
  #sinceClear: (number | string)[] = []
  #numEvents = 0
  #line = 0
  #load = 0
  #total: number | undefined
  #failed: Omission = { count: 0, firstLine: 0 }
  readonly #defragmentedAt: number[] = []

  /** Each line that is an event, before anything else is said about it. */
  beginEvent(line: number): void {
    ++this.#numEvents
    this.#line = line
  }

  allocate(name: number | string, { size, alignment, offset }: BlockInit): Fault {
    const { lower, upper, ...columns } = this.#blocks
    const fault = this.#enter(name, 'live', lower.length)
    if (fault !== undefined) return fault
    this.#load += size
    if (this.#load > Number.MAX_SAFE_INTEGER) {
      return `makes the blocks that live here have more than ${String(Number.MAX_SAFE_INTEGER)} bytes together: a size is wrong, or frees are missing`
    }
    this.#sinceClear.push(name)
    lower.push(this.#numEvents - 1)
    upper.push(never)
    columns.size.push(size)
    columns.alignment.push(alignment)
    columns.offset.push(offset ?? NaN)
    return undefined
  }

  /** An allocation that failed; its free, if there is one, is passed over. */
  fail(name?: number): Fault {
    const fault = name === undefined ? undefined : this.#enter(name, 'failed', 0)
    if (fault === undefined) {
      const { count, firstLine } = this.#failed
      this.#failed = { count: count + 1, firstLine: count === 0 ? this.#line : firstLine }
    }
    return fault
  }

  free(name: number | string): Fault {
    const entry = this.#entries.get(name)
    if (entry === undefined) {
      return 'is freed but was never allocated: if the log began after that, delete this line'
    }
    if (entry.state === 'freed') {
      return `is freed again: line ${String(entry.line)} freed it already, and nothing allocated it since; delete one of the two lines`
    }
    this.#end(name, entry)
    return undefined
  }

  clear(): void {
    for (const name of this.#sinceClear) {
      const entry = this.#entries.get(name)
      if (entry !== undefined) this.#end(name, entry)
    }
    this.#sinceClear = []
  }

  defragment(): void {
    this.#defragmentedAt.push(this.#numEvents - 1)
  }

  resize(total: number): void {
    this.#total = Math.max(this.#total ?? 0, total)
  }

  take(): RecordedTrace {
    const { upper } = this.#blocks
    let neverFreed = 0
    for (const [block, time] of upper.entries()) {
      if (time !== never) continue
      upper[block] = this.#numEvents
      ++neverFreed
    }
    return {
      blocks: this.#blocks,
      numEvents: this.#numEvents,
      neverFreed,
      total: this.#total,
      defragmentedAt: this.#defragmentedAt,
      failedAllocations: this.#failed,
    }
  }

  #enter(name: number | string, state: Entry['state'], block: number): Fault {
    const before = this.#entries.get(name)
    if (before?.state === 'live') {
      return `is allocated again before it is freed: line ${String(before.line)} allocated it; its free is missing in between`
    }
    this.#entries.set(name, { state, line: this.#line, block })
    return undefined
  }

  #end(name: number | string, { state, block }: Entry): void {
    if (state === 'live') {
      this.#blocks.upper[block] = this.#numEvents - 1
      this.#load -= this.#blocks.size[block] ?? 0
    }
    this.#entries.set(name, { state: 'freed', line: this.#line, block })
  }
}

/** In place of a time: no block ends at the first event. */
const never = 0
