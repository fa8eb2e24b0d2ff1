import * as check from '../check.js'
import { StowageError } from '../errors.js'
import { MemoryPool } from './memory-pool.js'
import { policyFrom } from './records.js'
import type { PoolPolicy } from './types.js'

/** A block that is needed from time `lower` up to, not including, `upper`; a `Buffer` is one. */
export interface BlockLifetime {
  readonly lower: number
  readonly upper: number
  readonly size: number
  /** 1 by default. */
  readonly alignment?: number | undefined
  /** Where it has to be. */
  readonly offset?: number | null | undefined
}

export interface OnlineReplayOptions {
  /** `first-fit` by default. */
  readonly policy?: PoolPolicy | undefined
  /**
   * The pool's size. Without one, it starts with the peak load, and grows by just as much as is needed
   * where there is no room.
   */
  readonly capacity?: number | undefined
}

/** What a pool makes of lifetimes that it does not know ahead. */
export interface OnlineReplay {
  /** The highest end that any block had at any time. */
  readonly peakEnd: number
  /** Allocations without room; in a pool that grows, those at an offset where another block is. */
  readonly failures: number
  readonly failedBytes: number
}

interface Event {
  readonly time: number
  readonly isAlloc: boolean
  readonly position: number
}

/**
 * Asks a pool for blocks in order of time: at one time those that end are freed first, then those that
 * begin are allocated, each in the order given. What fails is left out. Lifetimes of size 0 take no
 * part. O(n log n).
 */
export function replayOnline(
  lifetimes: readonly BlockLifetime[],
  options: OnlineReplayOptions = {},
): OnlineReplay {
  const given = check.record('options', options, ['policy', 'capacity'])
  const policy = given.policy === undefined ? 'first-fit' : policyFrom('policy', given.policy)
  const capacity =
    given.capacity === undefined ? undefined : check.integer('capacity', given.capacity, 0)
  const blocks = blocksFrom(lifetimes)
  const events = eventsOf(blocks)
  const pool = new MemoryPool(Math.max(1, capacity ?? peakLoad(blocks, events)), { policy })
  try {
    return run(pool, blocks, events, capacity)
  } finally {
    pool.dispose()
  }
}

interface Block {
  readonly lower: number
  readonly upper: number
  readonly size: number
  readonly alignment: number
  readonly offset: number | null
}

function run(
  pool: MemoryPool,
  blocks: readonly Block[],
  events: readonly Event[],
  capacity: number | undefined,
): OnlineReplay {
  const offsets = new Map<number, number>()
  let failures = 0
  let failedBytes = 0
  for (const { isAlloc, position } of events) {
    const block = blocks[position]
    if (block === undefined) continue
    if (isAlloc) {
      const offset = capacity === 0 ? null : place(pool, block, capacity === undefined)
      if (offset !== null) {
        offsets.set(position, offset)
      } else {
        ++failures
        failedBytes += block.size
      }
      continue
    }
    const offset = offsets.get(position)
    if (offset === undefined) continue
    offsets.delete(position)
    pool.free(offset)
  }
  return { peakEnd: pool.counters().peakEnd, failures, failedBytes }
}

function place(pool: MemoryPool, block: Block, grows: boolean): number | null {
  const { size, alignment, offset } = block
  if (typeof offset === 'number') {
    const end = offset + size
    if (end > pool.total) {
      if (!grows) return null
      growTo(pool, end)
    }
    return pool.allocAt(offset, size, { alignment }) ? offset : null
  }
  const found = pool.alloc(size, { alignment })
  if (found !== null || !grows) return found
  growTo(pool, Math.ceil(pool.stats().end / alignment) * alignment + size)
  return pool.alloc(size, { alignment })
}

function growTo(pool: MemoryPool, total: number): void {
  if (!Number.isSafeInteger(total)) {
    throw new StowageError(
      'invalid-argument',
      `the pool would have to grow beyond ${String(Number.MAX_SAFE_INTEGER)} bytes under the policy ${pool.policy}`,
    )
  }
  pool.grow(total)
}

function blocksFrom(lifetimes: readonly BlockLifetime[]): Block[] {
  if (!Array.isArray(lifetimes)) throw check.invalid('lifetimes', lifetimes, 'an array')
  return (lifetimes as readonly BlockLifetime[]).map((lifetime, index) => {
    const name = `lifetimes[${String(index)}]`
    const { lower, upper, size, alignment, offset } = lifetime
    return {
      lower: check.integer(`${name}.lower`, lower),
      upper: check.integer(`${name}.upper`, upper),
      size: check.integer(`${name}.size`, size, 0),
      alignment: check.integer(`${name}.alignment`, alignment ?? 1, 1),
      offset: typeof offset === 'number' ? check.integer(`${name}.offset`, offset, 0) : null,
    }
  })
}

function eventsOf(blocks: readonly Block[]): Event[] {
  return blocks
    .flatMap(({ lower, upper, size }, position) =>
      size === 0
        ? []
        : [
            { time: upper, isAlloc: false, position },
            { time: lower, isAlloc: true, position },
          ],
    )
    .sort((a, b) => a.time - b.time || Number(a.isAlloc) - Number(b.isAlloc))
}

function peakLoad(blocks: readonly Block[], events: readonly Event[]): number {
  let load = 0
  let peak = 0
  for (const { isAlloc, position } of events) {
    load += (blocks[position]?.size ?? 0) * (isAlloc ? 1 : -1)
    peak = Math.max(peak, load)
  }
  return peak
}
