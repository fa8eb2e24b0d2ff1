/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { giveNumbers, takeError, takeNumbers, takeText } from '../core/exchange.js'
import { type HandleKind, NativeHandle } from '../core/handle.js'
import { StowageError } from '../errors.js'
import { poolCore } from './core.js'
import { EventLog, replayEvents } from './event-log.js'
import type { PoolModule } from './module.js'
import { allocOptionsFrom, defragmentOptionsFrom } from './options.js'
import {
  blockFrom,
  countersFrom,
  explanationFrom,
  freeBlockFrom,
  groupsOf,
  moveFrom,
  policies,
  policyFrom,
  statsFrom,
} from './records.js'
import { snapshotOf, checkedSnapshot, type CheckedSnapshot } from './snapshot.js'
import { Tags } from './tags.js'
import type {
  AllocOptions,
  Block,
  DefragmentOptions,
  FreeBlock,
  FreeHistogram,
  MemoryPoolOptions,
  PoolCounters,
  PoolEvent,
  PoolExplanation,
  PoolMove,
  PoolPolicy,
  PoolSnapshot,
  PoolStats,
} from './types.js'

const operationNumbers = 3

const kind: HandleKind<PoolModule> = {
  name: 'pool',
  delete: (module, pointer) => {
    module._stowage_pool_delete(pointer)
  },
}

/**
 * Offsets handed out and taken back: the manager of a contiguous block of memory that it never
 * touches, such as a `GPUBuffer` or an accelerator's SRAM.
 *
 * Blocks are known by their offsets. Bytes skipped to reach an aligned offset stay free and serve
 * later allocations. Neighbours coalesce as they are freed. Sizes, offsets and alignments reach
 * 2^53 - 1. Whatever is refused leaves the pool as it was. n is the number of blocks.
 *
 * A pool holds memory of the WebAssembly module until `dispose()`, some 30 bytes a block.
 */
export class MemoryPool {
  readonly #handle: NativeHandle<PoolModule>
  readonly #tags = new Tags()
  readonly #policy: PoolPolicy
  #log: EventLog | undefined

  /** Throws `invalid-argument` for a total below 1 and an unknown policy. */
  constructor(totalSize: number, options: MemoryPoolOptions = {}) {
    const total = check.integer('totalSize', totalSize, 1)
    const { policy } = check.record('options', options, ['policy'])
    this.#policy = policy === undefined ? 'first-fit' : policyFrom('policy', policy)
    this.#handle = new NativeHandle(poolCore(), kind, (module) =>
      module._stowage_pool_make(total, policies.indexOf(this.#policy)),
    )
  }

  /**
   * A pool as `toJSON` described it, which answers every call from then on as that one would have.
   * Throws `invalid-argument` for what no pool can have said. O(n log n).
   */
  static fromJSON(snapshot: PoolSnapshot): MemoryPool {
    const checked = checkedSnapshot(snapshot)
    const pool = new MemoryPool(1, { policy: checked.policy })
    try {
      pool.#restore(checked)
    } catch (error) {
      pool.dispose()
      throw error
    }
    return pool
  }

  /** The offset of `size` bytes, or null when no free block has room for them. O(log n). */
  alloc(size: number, options?: AllocOptions): number | null {
    const bytes = check.integer('size', size, 1)
    if (options === undefined) return this.#alloc(bytes, 1, undefined)
    const { alignment, tag } = allocOptionsFrom(options)
    return this.#alloc(bytes, alignment, tag)
  }

  /**
   * The same at a multiple of `alignment`, which need not be a power of two. O(log n) for up to 16
   * different alignments in use at a time.
   */
  allocAligned(size: number, alignment: number): number | null {
    const bytes = check.integer('size', size, 1)
    return this.#alloc(bytes, check.integer('alignment', alignment, 1), undefined)
  }

  /**
   * Takes the bytes from `offset` to `offset + size` if all of them are free: true if so. Throws
   * `invalid-argument` when they leave the pool, or `offset` is not a multiple of the alignment.
   */
  allocAt(offset: number, size: number, options?: AllocOptions): boolean {
    const from = check.integer('offset', offset, 0)
    const bytes = check.integer('size', size, 1)
    const { alignment, tag } = allocOptionsFrom(options ?? {})
    return this.#handle.call((module, pool) => {
      const number = tag === undefined ? 0 : this.#tags.use(tag)
      const answer = module._stowage_pool_alloc_at(pool, from, bytes, alignment, number)
      if (answer !== 1) this.#tags.release(number)
      if (answer < 0) throw takeError(module)
      if (answer === 1) this.#log?.allocAt(from, bytes, alignment, tag)
      return answer === 1
    })
  }

  /** Throws `invalid-argument` when no block starts at `offset`, saying what is there. O(log n). */
  free(offset: number): void {
    const from = check.integer('offset', offset, 0)
    const module = this.#handle.module
    if (!this.#tags.isEmpty) this.#tags.release(this.#tagAt(from))
    let isFreed: number
    try {
      isFreed = module._stowage_pool_free(this.#handle.pointer, from)
    } catch (error) {
      throw this.#handle.endedBy(error)
    }
    if (isFreed === 0) throw takeError(module)
    if (this.#log !== undefined) this.#log.free(from)
  }

  /** The block that starts at `offset`. O(log n). */
  find(offset: number): Block | undefined {
    return this.#find(offset, false)
  }

  /** The block that holds the byte at `offset`. O(log n). */
  findContaining(offset: number): Block | undefined {
    return this.#find(offset, true)
  }

  /** In ascending order of offsets. O(n). */
  blocks(): Block[] {
    const numbers = this.#handle.numbers((module, pool) => {
      module._stowage_pool_blocks(pool)
    })
    return groupsOf(numbers, 4).map((group) => blockFrom(group, this.#tags))
  }

  /** In ascending order of offsets. O(n). */
  freeBlocks(): FreeBlock[] {
    const numbers = this.#handle.numbers((module, pool) => {
      module._stowage_pool_free_blocks(pool)
    })
    return groupsOf(numbers, 2).map(freeBlockFrom)
  }

  /** O(n). */
  freeHistogram(): FreeHistogram {
    const numbers = this.#handle.numbers((module, pool) => {
      module._stowage_pool_free_histogram(pool)
    })
    const half = numbers.length / 2
    return { blocks: [...numbers.subarray(0, half)], bytes: [...numbers.subarray(half)] }
  }

  get total(): number {
    return this.stats().total
  }

  get policy(): PoolPolicy {
    return this.#policy
  }

  /** O(1). */
  stats(): PoolStats {
    return statsFrom(
      this.#handle.numbers((module, pool) => {
        module._stowage_pool_stats(pool)
      }),
    )
  }

  /** O(1). */
  counters(): PoolCounters {
    return countersFrom(
      this.#handle.numbers((module, pool) => {
        module._stowage_pool_counters(pool)
      }),
    )
  }

  /** Zeros the counts; the high-water marks fall to what is in use now. */
  resetCounters(): void {
    this.#handle.call((module, pool) => {
      module._stowage_pool_reset_counters(pool)
    })
  }

  /** Bytes of memory that the pool itself takes. */
  get bookkeepingBytes(): number {
    return this.#handle.call((module, pool) => module._stowage_pool_bookkeeping_bytes(pool))
  }

  /**
   * Moves all blocks down as far as their alignments let them, keeping their order. Returns the new
   * offset of each that moved, by its old one, in the order in which they can be copied. O(n).
   */
  defragment(): Map<number, number> {
    return new Map(this.defragmentWithin().map(({ from, to }) => [from, to]))
  }

  /**
   * The same within limits: stops before a move beyond `maxMoves`, or beyond what is left of
   * `maxBytes`; a block larger than `maxBytes` stays where it is, as no pass could move it. Throws
   * `invalid-argument` when no block starts at a pinned offset. O(n).
   */
  defragmentWithin(options: DefragmentOptions = {}): PoolMove[] {
    return this.#defragment(options, false)
  }

  /** The moves that `defragmentWithin` would make. */
  planDefragment(options: DefragmentOptions = {}): PoolMove[] {
    return this.#defragment(options, true)
  }

  /** Whether `size` bytes fit, and if not, why, and whether defragmenting would help. O(n). */
  explain(size: number, alignment = 1): PoolExplanation {
    const bytes = check.integer('size', size, 1)
    const multiple = check.integer('alignment', alignment, 1)
    return this.#handle.call((module, pool) => {
      module._stowage_pool_explain(pool, bytes, multiple)
      return explanationFrom(takeNumbers(module), takeText(module))
    })
  }

  /** Throws `invalid-argument` when `totalSize` is below the present total. O(log n). */
  grow(totalSize: number): void {
    this.#resize(totalSize, '_stowage_pool_grow')
  }

  /** Throws `invalid-argument` when `totalSize` is above the present total or below the last end. */
  shrink(totalSize: number): void {
    this.#resize(totalSize, '_stowage_pool_shrink')
  }

  /** Frees all blocks. */
  clear(): void {
    this.#handle.call((module, pool) => {
      module._stowage_pool_clear(pool)
    })
    this.#tags.clear()
    this.#log?.clear()
  }

  /** What `JSON.stringify` writes. O(n). */
  toJSON(): PoolSnapshot {
    const numbers = this.#handle.numbers((module, pool) => {
      module._stowage_pool_snapshot(pool)
    })
    return snapshotOf(numbers, this.#tags)
  }

  /**
   * Checks the pool's data against each other. Throws `aborted` if they disagree, which is a fault of
   * this library: please report it with `toJSON()`. O(n log n).
   */
  check(): void {
    this.#handle.call((module, pool) => {
      if (module._stowage_pool_check(pool) === 0) {
        throw new StowageError('aborted', takeText(module))
      }
    })
  }

  /**
   * Many calls in one. Each three numbers are an operation: a slot, a size and an alignment. With a
   * size, it allocates and remembers the block in the slot; with size 0, it frees what the slot
   * holds. Returns an offset for each operation: of the block allocated or freed, or -1 where there
   * was no room, or nothing to free for that reason. Slots, from 0 to 2^24 - 1, are remembered from
   * call to call and follow their blocks when these move.
   *
   * Throws `invalid-argument` naming the operation that is wrong; what came before it is done.
   */
  replay(operations: Float64Array): Float64Array {
    if (!(operations instanceof Float64Array) || operations.length % operationNumbers !== 0) {
      throw check.invalid('operations', operations, 'a Float64Array of three numbers for each')
    }
    return this.#handle.call((module, pool) => {
      giveNumbers(module, operations)
      if (module._stowage_pool_replay(pool) === 0) throw takeError(module)
      return takeNumbers(module)
    })
  }

  /**
   * Keeps a log of what happens from now on, with an allocation at its offset for each block that is
   * there. `replay` is not in it, which has its operations already.
   */
  startLog(): void {
    this.#log = new EventLog()
    for (const { offset, size, alignment, tag } of this.blocks()) {
      this.#log.allocAt(offset, size, alignment, tag)
    }
  }

  /** Ends the log and returns it. Throws `invalid-argument` when there is none. */
  stopLog(): PoolEvent[] {
    const log = this.#log
    if (log === undefined) {
      throw new StowageError('invalid-argument', 'there is no log; call startLog() first')
    }
    this.#log = undefined
    return log.events
  }

  /**
   * Makes the calls of a log, say of another pool. Allocations go where this pool puts them; what
   * frees an allocation that found no room is passed over. Returns the offset of each allocation by
   * its number, null for no room. Throws `invalid-argument` naming the event that is wrong.
   */
  replayLog(events: readonly PoolEvent[]): Map<number, number | null> {
    return replayEvents(this, events)
  }

  /** Gives the memory back. Nothing else may be called afterwards. */
  dispose(): void {
    this.#handle.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  // The shortest way, as it is called most.
  #alloc(size: number, alignment: number, tag: string | undefined): number | null {
    const module = this.#handle.module
    const number = tag === undefined ? 0 : this.#tags.use(tag)
    let offset: number
    try {
      offset = module._stowage_pool_alloc(this.#handle.pointer, size, alignment, number)
    } catch (error) {
      throw this.#handle.endedBy(error)
    }
    const answer = offset < 0 ? null : offset
    if (answer === null) this.#tags.release(number)
    if (this.#log !== undefined) this.#log.alloc(size, alignment, tag, answer)
    return answer
  }

  #find(offset: number, isContaining: boolean): Block | undefined {
    const at = check.integer('offset', offset, 0)
    return this.#handle.call((module, pool) => {
      if (module._stowage_pool_find(pool, at, isContaining ? 1 : 0) === 0) return undefined
      return blockFrom(takeNumbers(module), this.#tags)
    })
  }

  #tagAt(offset: number): number {
    return this.#handle.call((module, pool) =>
      module._stowage_pool_find(pool, offset, 0) === 0 ? 0 : (takeNumbers(module)[3] ?? 0),
    )
  }

  #defragment(options: DefragmentOptions, isDryRun: boolean): PoolMove[] {
    const { maxBytes, maxMoves, pinned } = defragmentOptionsFrom(options)
    return this.#handle.call((module, pool) => {
      giveNumbers(module, pinned)
      const isDone = module._stowage_pool_defragment(pool, maxBytes, maxMoves, isDryRun ? 1 : 0)
      if (isDone === 0) throw takeError(module)
      const moves = groupsOf(takeNumbers(module), 3).map(moveFrom)
      if (!isDryRun) this.#log?.move(moves)
      return moves
    })
  }

  #resize(totalSize: number, way: '_stowage_pool_grow' | '_stowage_pool_shrink'): void {
    const total = check.integer('totalSize', totalSize, 1)
    this.#handle.call((module, pool) => {
      if (module[way](pool, total) === 0) throw takeError(module)
    })
    this.#log?.resize(way === '_stowage_pool_grow' ? 'grow' : 'shrink', total)
  }

  #restore(snapshot: CheckedSnapshot): void {
    const numbers = snapshot.numbers((tag) => (tag === undefined ? 0 : this.#tags.use(tag)))
    this.#handle.replace((module) => {
      giveNumbers(module, numbers)
      const restored = module._stowage_pool_restore()
      if (restored === 0) throw takeError(module)
      return restored
    })
  }
}
