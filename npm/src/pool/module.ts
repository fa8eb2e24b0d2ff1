/**
 * The WebAssembly module of the pools as `cpp/bindings/pool` exports it. Nothing here is checked by
 * the module itself: whoever calls has validated types and ranges.
 */
import type { ExchangeModule, Pointer } from '../core/exchange.js'

export interface PoolModule extends ExchangeModule {
  _stowage_pool_make(total: number, policy: number): Pointer
  _stowage_pool_delete(pool: Pointer): void
  _stowage_pool_alloc(pool: Pointer, size: number, alignment: number, tag: number): number
  _stowage_pool_alloc_at(
    pool: Pointer,
    offset: number,
    size: number,
    alignment: number,
    tag: number,
  ): number
  _stowage_pool_free(pool: Pointer, offset: number): number
  _stowage_pool_find(pool: Pointer, offset: number, isContaining: number): number
  _stowage_pool_blocks(pool: Pointer): void
  _stowage_pool_free_blocks(pool: Pointer): void
  _stowage_pool_free_histogram(pool: Pointer): void
  _stowage_pool_stats(pool: Pointer): void
  _stowage_pool_counters(pool: Pointer): void
  _stowage_pool_reset_counters(pool: Pointer): void
  _stowage_pool_bookkeeping_bytes(pool: Pointer): number
  _stowage_pool_defragment(
    pool: Pointer,
    maxBytes: number,
    maxMoves: number,
    isDryRun: number,
  ): number
  _stowage_pool_explain(pool: Pointer, size: number, alignment: number): void
  _stowage_pool_grow(pool: Pointer, total: number): number
  _stowage_pool_shrink(pool: Pointer, total: number): number
  _stowage_pool_clear(pool: Pointer): void
  _stowage_pool_check(pool: Pointer): number
  _stowage_pool_snapshot(pool: Pointer): void
  _stowage_pool_restore(): Pointer
  _stowage_pool_replay(pool: Pointer): number

  _stowage_buffer_pool_make(maxBuffersPerBucket: number): Pointer
  _stowage_buffer_pool_delete(pool: Pointer): void
  _stowage_buffer_pool_get(pool: Pointer, size: number, alignment: number): Pointer
  _stowage_buffer_pool_get_or_alloc(pool: Pointer, size: number, alignment: number): Pointer
  _stowage_buffer_pool_put(pool: Pointer, address: Pointer, alignment: number): number
  _stowage_buffer_pool_clear(pool: Pointer): void
  _stowage_buffer_pool_trim(pool: Pointer): void
  _stowage_buffer_pool_stats(pool: Pointer): void
  _stowage_buffer_pool_reset_counters(pool: Pointer): void

  _stowage_arena_make(firstChunkSize: number): Pointer
  _stowage_arena_delete(arena: Pointer): void
  _stowage_arena_alloc(arena: Pointer, size: number, alignment: number): Pointer
  _stowage_arena_reset(arena: Pointer): void
  _stowage_arena_release(arena: Pointer): void
  _stowage_arena_stats(arena: Pointer): void
}
