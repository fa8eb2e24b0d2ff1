// The pool at one moment: what is live after so many events, and what that leaves free.
import type { FreeBlock, OnlineReplay, PoolMove, PoolStats } from 'stowage/pool'
import type { Problem } from 'stowage/slim'

import { usePools } from './pools'

export interface LiveBlock {
  /** Its buffer's position in the problem. */
  readonly buffer: number
  readonly offset: number
  readonly size: number
}

export interface Moment {
  /** By offset. */
  readonly blocks: readonly LiveBlock[]
  readonly holes: readonly FreeBlock[]
  readonly stats: PoolStats
  /** Entry k counts the holes of [2^k, 2^(k+1)) bytes. */
  readonly histogram: readonly number[]
  /** What `defragment()` would do. */
  readonly moves: readonly PoolMove[]
}

/** The pool after the first `events` events. O(events + live log live). */
export function momentOf(of: Problem, replay: OnlineReplay, events: number, total: number): Moment {
  const blocks = liveAfter(of, replay, events)
  return usePools(({ MemoryPool }) => {
    const pool = new MemoryPool(Math.max(1, total))
    try {
      for (const { buffer, offset, size } of blocks) {
        pool.allocAt(offset, size, { alignment: of.buffers[buffer]?.alignment ?? 1 })
      }
      return {
        blocks,
        holes: pool.freeBlocks(),
        stats: pool.stats(),
        histogram: pool.freeHistogram().blocks,
        moves: pool.planDefragment(),
      }
    } finally {
      pool.dispose()
    }
  })
}

function liveAfter(of: Problem, replay: OnlineReplay, events: number): LiveBlock[] {
  const live = new Set<number>()
  for (const event of replay.events.subarray(0, events)) {
    if (event < 0) live.delete(~event)
    else live.add(event)
  }
  return [...live]
    .flatMap((buffer) => {
      const offset = replay.offsets[buffer] ?? -1
      return offset < 0 ? [] : [{ buffer, offset, size: of.buffers[buffer]?.size ?? 0 }]
    })
    .sort((a, b) => a.offset - b.offset)
}

/** Event `index` in words. */
export function describeEvent(of: Problem, replay: OnlineReplay, index: number): string {
  const event = replay.events[index]
  if (event === undefined) return 'Nothing has happened yet.'
  const position = event < 0 ? ~event : event
  const buffer = of.buffers[position]
  const offset = replay.offsets[position] ?? -1
  const what = `${buffer?.id ?? ''}, ${String(buffer?.size ?? 0)} bytes`
  if (event < 0) {
    return offset < 0
      ? `Free ${what}: it had no room.`
      : `Free ${what} at offset ${String(offset)}.`
  }
  return offset < 0 ? `Allocate ${what}: no room.` : `Allocate ${what}: offset ${String(offset)}.`
}

/** The time of event `index`. */
export function timeOf(of: Problem, replay: OnlineReplay, index: number): number | undefined {
  const event = replay.events[index]
  if (event === undefined) return undefined
  return event < 0 ? of.buffers[~event]?.upper : of.buffers[event]?.lower
}

/** The events that found no room. */
export function failuresOf({ events, offsets }: OnlineReplay): number[] {
  const failures: number[] = []
  for (const [index, event] of events.entries()) {
    if (event >= 0 && (offsets[event] ?? -1) < 0) failures.push(index)
  }
  return failures
}
