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
  /**
   * Times at which all blocks move down together, as by `defragment()`: after those that end then, and
   * before those that begin. Blocks at an offset of their own move too. None by default.
   */
  readonly defragmentedAt?: readonly number[] | undefined
}

/** What a pool makes of lifetimes that it does not know ahead. */
export interface OnlineReplay {
  /** The highest end that any block had at any time. */
  readonly peakEnd: number
  /** Allocations without room; in a pool that grows, those at an offset where another block is. */
  readonly failures: number
  readonly failedBytes: number
  /** Where each lifetime's block was put; -1 where it had no room, or its size is 0. */
  readonly offsets: Float64Array
  /**
   * What happened, in order: the position of a lifetime whose block was asked for, the complement
   * (`~position`) of one that ended.
   */
  readonly events: Int32Array
}

/**
 * Asks a pool for blocks in order of time: at one time those that end are freed first, then those that
 * begin are allocated, each in the order given. What fails is left out. Lifetimes of size 0 take no
 * part. Throws `invalid-argument` for a lifetime that cannot be, naming it, and where the blocks that
 * live at a time, or a pool that grows, would have more than 2^53 - 1 bytes. O(n log n).
 */
export function replayOnline(
  lifetimes: readonly BlockLifetime[],
  options: OnlineReplayOptions = {},
): OnlineReplay {
  const given = check.record('options', options, ['policy', 'capacity', 'defragmentedAt'])
  const policy = given.policy === undefined ? 'first-fit' : policyFrom('policy', given.policy)
  const capacity =
    given.capacity === undefined ? undefined : check.integer('capacity', given.capacity, 0)
  const defragmentedAt = timesFrom(given.defragmentedAt)
  const blocks = blocksFrom(lifetimes)
  const events = eventsOf(blocks)
  const peak = peakLoad(blocks, events)
  const pool = new MemoryPool(Math.max(1, capacity ?? peak), { policy })
  try {
    return run(pool, blocks, { events, defragmentedAt }, capacity)
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

/** In place of an offset where there was no room. */
const nowhere = -1

/** Both in order of time. */
interface Course {
  readonly events: Int32Array
  readonly defragmentedAt: Float64Array
}

function run(
  pool: MemoryPool,
  blocks: readonly Block[],
  { events, defragmentedAt }: Course,
  capacity: number | undefined,
): OnlineReplay {
  const offsets = new Float64Array(blocks.length).fill(nowhere)
  /** By where it is now, the position of each block that may yet be moved. */
  const live = new Map<number, number>()
  /** Where each block that was moved is now. */
  const moved = new Map<number, number>()
  let numDefragmented = 0
  let failures = 0
  let failedBytes = 0
  for (const event of events) {
    const position = event < 0 ? ~event : event
    const block = blocks[position]
    if (block === undefined) continue
    while (isDefragmentedBefore(defragmentedAt[numDefragmented], event, block)) {
      defragment(pool, live, moved)
      ++numDefragmented
    }
    if (event < 0) {
      const offset = moved.get(position) ?? offsets[position] ?? nowhere
      if (offset !== nowhere) pool.free(offset)
      live.delete(offset)
      continue
    }
    const offset = capacity === 0 ? null : place(pool, block, capacity === undefined)
    offsets[position] = offset ?? nowhere
    if (offset !== null) {
      if (numDefragmented < defragmentedAt.length) live.set(offset, position)
      continue
    }
    ++failures
    failedBytes += block.size
  }
  return { peakEnd: pool.counters().peakEnd, failures, failedBytes, offsets, events }
}

/** Whether there is a time, and it is before the event of a block. */
function isDefragmentedBefore(
  time: number | undefined,
  event: number,
  { lower, upper }: Block,
): boolean {
  return time !== undefined && (event < 0 ? time < upper : time <= lower)
}

function defragment(pool: MemoryPool, live: Map<number, number>, moved: Map<number, number>): void {
  // No block moves up, so none takes the place of one that is still to be moved.
  for (const [from, to] of pool.defragment()) {
    const position = live.get(from)
    if (position === undefined) continue
    live.delete(from)
    live.set(to, position)
    moved.set(position, to)
  }
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
  const found = pool.allocAligned(size, alignment)
  if (found !== null || !grows) return found
  growTo(pool, Math.ceil(pool.stats().end / alignment) * alignment + size)
  return pool.allocAligned(size, alignment)
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
  return (lifetimes as readonly BlockLifetime[]).map((lifetime, index) =>
    blockFrom(`lifetimes[${String(index)}]`, lifetime),
  )
}

function blockFrom(name: string, lifetime: BlockLifetime): Block {
  const lower = check.integer(`${name}.lower`, lifetime.lower)
  const upper = check.integer(`${name}.upper`, lifetime.upper)
  if (upper <= lower) {
    throw check.invalid(`${name}.upper`, upper, `greater than lower, ${String(lower)}`)
  }
  const size = check.integer(`${name}.size`, lifetime.size, 0)
  const alignment = check.integer(`${name}.alignment`, lifetime.alignment ?? 1, 1)
  const offset = lifetime.offset ?? null
  if (offset !== null && check.integer(`${name}.offset`, offset, 0) % alignment !== 0) {
    const wanted = `a multiple of the alignment, ${String(alignment)}`
    throw check.invalid(`${name}.offset`, offset, wanted)
  }
  return { lower, upper, size, alignment, offset }
}

function timesFrom(times: unknown): Float64Array {
  if (times === undefined) return new Float64Array()
  if (!Array.isArray(times)) throw check.invalid('defragmentedAt', times, 'an array of times')
  const all = (times as readonly unknown[]).map((time, i) =>
    check.integer(`defragmentedAt[${String(i)}]`, time, Number.MIN_SAFE_INTEGER),
  )
  return Float64Array.from(all).sort()
}

/**
 * In order of time: the position of a block that is allocated, the complement (~) of the position of
 * one that is freed.
 */
function eventsOf(blocks: readonly Block[]): Int32Array {
  const allocations = inOrderOf(blocks, 'lower')
  const frees = inOrderOf(blocks, 'upper')
  const events = new Int32Array(allocations.length * 2)
  let count = 0
  let freed = 0
  for (const position of allocations) {
    const { lower = 0 } = blocks[position] ?? {}
    for (; isBy(blocks, frees[freed], lower); ++freed) events[count++] = ~(frees[freed] ?? 0)
    events[count++] = position
  }
  for (const position of frees.subarray(freed)) events[count++] = ~position
  return events
}

/** Whether the block at `position` ends by `time`. */
function isBy(blocks: readonly Block[], position: number | undefined, time: number): boolean {
  const block = position === undefined ? undefined : blocks[position]
  return block !== undefined && block.upper <= time
}

/** The positions of blocks with bytes, in ascending order of a time, then of their positions. */
function inOrderOf(blocks: readonly Block[], key: 'lower' | 'upper'): Int32Array {
  const positions = new Int32Array(blocks.length)
  let [count, least, most] = [0, Infinity, -Infinity]
  for (const [position, block] of blocks.entries()) {
    if (block.size === 0) continue
    positions[count++] = position
    least = Math.min(least, block[key])
    most = Math.max(most, block[key])
  }
  const isShort = (most - least + 1) * blocks.length <= Number.MAX_SAFE_INTEGER
  const own = positions.subarray(0, count)
  const timeOf = (position: number): number => (blocks[position]?.[key] ?? 0) - least
  return isShort
    ? sortByRank(own, timeOf, blocks.length)
    : own.sort((a, b) => timeOf(a) - timeOf(b) || a - b)
}

/**
 * The same as one number for each, which sorts several times as fast, without a call for each pair.
 * Positions are below `base`.
 */
function sortByRank(
  positions: Int32Array,
  timeOf: (position: number) => number,
  base: number,
): Int32Array {
  const ranks = new Float64Array(positions.length)
  for (const [i, position] of positions.entries()) ranks[i] = timeOf(position) * base + position
  ranks.sort()
  for (const [i, rank] of ranks.entries()) positions[i] = rank % base
  return positions
}

function peakLoad(blocks: readonly Block[], events: Int32Array): number {
  let load = 0
  let peak = 0
  for (const event of events) {
    const { lower = 0, size = 0 } = blocks[event < 0 ? ~event : event] ?? {}
    load += event < 0 ? -size : size
    if (load > Number.MAX_SAFE_INTEGER) {
      throw new StowageError(
        'invalid-argument',
        `at time ${String(lower)}: all blocks that live here have more than ${String(Number.MAX_SAFE_INTEGER)} bytes together`,
      )
    }
    peak = Math.max(peak, load)
  }
  return peak
}
