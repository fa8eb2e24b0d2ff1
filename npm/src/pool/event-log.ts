import * as check from '../check.js'
import { StowageError } from '../errors.js'
import type { MemoryPool } from './memory-pool.js'
import type { PoolEvent, PoolMove } from './types.js'

/** What happens to a pool, in order, with a number for each allocation. */
export class EventLog {
  readonly events: PoolEvent[] = []
  /** The allocations that are live, by their offsets. */
  #live = new Map<number, number>()
  #next = 0

  alloc(size: number, alignment: number, tag: string | undefined, offset: number | null): void {
    const id = this.#next++
    if (offset !== null) this.#live.set(offset, id)
    this.events.push({ op: 'alloc', id, size, ...details(alignment, tag), offset })
  }

  allocAt(offset: number, size: number, alignment: number, tag: string | undefined): void {
    const id = this.#next++
    this.#live.set(offset, id)
    this.events.push({ op: 'alloc-at', id, offset, size, ...details(alignment, tag) })
  }

  free(offset: number): void {
    const id = this.#live.get(offset)
    if (id === undefined) return
    this.#live.delete(offset)
    this.events.push({ op: 'free', id })
  }

  move(moves: readonly PoolMove[]): void {
    // No block moves up, so none takes the offset of one that is still to be moved.
    for (const { from, to } of moves) {
      const id = this.#live.get(from)
      if (id === undefined) continue
      this.#live.delete(from)
      this.#live.set(to, id)
    }
    this.events.push({ op: 'defragment', moves })
  }

  resize(op: 'grow' | 'shrink', total: number): void {
    this.events.push({ op, total })
  }

  clear(): void {
    this.#live.clear()
    this.events.push({ op: 'clear' })
  }
}

function details(alignment: number, tag: string | undefined): { alignment?: number; tag?: string } {
  return { ...(alignment === 1 ? {} : { alignment }), ...(tag === undefined ? {} : { tag }) }
}

/**
 * Makes the calls of a log on a pool. Allocations go where the pool puts them, which under another
 * policy is elsewhere; where they found no room, what frees them is passed over. Returns the offset of
 * each allocation by its number, null for no room.
 */
export function replayEvents(
  pool: MemoryPool,
  events: readonly PoolEvent[],
): Map<number, number | null> {
  if (!Array.isArray(events)) throw check.invalid('events', events, 'an array of events')
  const answers = new Map<number, number | null>()
  const live = new Map<number, number>()
  for (const [index, event] of (events as readonly PoolEvent[]).entries()) {
    try {
      replayEvent(pool, event, answers, live)
    } catch (error) {
      if (!(error instanceof StowageError) || error.code !== 'invalid-argument') throw error
      throw new StowageError('invalid-argument', `event ${String(index)}: ${error.message}`)
    }
  }
  return answers
}

function replayEvent(
  pool: MemoryPool,
  event: PoolEvent,
  answers: Map<number, number | null>,
  live: Map<number, number>,
): void {
  switch (event.op) {
    case 'alloc': {
      const { id, size, alignment, tag } = event
      const offset = pool.alloc(size, { alignment, tag })
      answers.set(id, offset)
      if (offset !== null) live.set(id, offset)
      return
    }
    case 'alloc-at': {
      const { id, offset, size, alignment, tag } = event
      const isTaken = pool.allocAt(offset, size, { alignment, tag })
      answers.set(id, isTaken ? offset : null)
      if (isTaken) live.set(id, offset)
      return
    }
    case 'free': {
      const offset = live.get(event.id)
      if (offset === undefined) {
        if (answers.get(event.id) === null) return
        throw check.invalid('id', event.id, 'that of an allocation that is live')
      }
      live.delete(event.id)
      pool.free(offset)
      return
    }
    case 'defragment': {
      const moved = pool.defragment()
      for (const [id, offset] of live) live.set(id, moved.get(offset) ?? offset)
      return
    }
    case 'grow':
      pool.grow(event.total)
      return
    case 'shrink':
      pool.shrink(event.total)
      return
    case 'clear':
      pool.clear()
      live.clear()
      return
    default:
      throw check.invalid('op', (event as { op: unknown }).op, 'an operation of a pool')
  }
}
