/**
 * Which of the free blocks that are large enough an allocation takes; of equally good ones the lowest.
 *
 * - `first-fit`: the lowest.
 * - `best-fit`: the smallest.
 * - `worst-fit`: that with the most room behind its first aligned offset.
 * - `next-fit`: the lowest from where the last allocation ended, then from the start.
 * - `tlsf`: two-level segregated fit, the first of a class of sizes that are all large enough; where
 *   there is none, first fit, so that it fails only if nothing fits.
 */
export type PoolPolicy = 'first-fit' | 'best-fit' | 'worst-fit' | 'next-fit' | 'tlsf'

export interface MemoryPoolOptions {
  /** `first-fit` by default. */
  readonly policy?: PoolPolicy | undefined
}

export interface AllocOptions {
  /** The offset is a multiple of it: any whole number from 1, by default 1. */
  readonly alignment?: number | undefined
  /** A name for the block, kept with it. */
  readonly tag?: string | undefined
}

/** What an allocation holds: bytes from `offset` to `offset + size`. */
export interface Block {
  readonly offset: number
  readonly size: number
  readonly alignment: number
  readonly tag?: string
}

/** Bytes that nothing holds, with a block or an end of the pool at each side. */
export interface FreeBlock {
  readonly offset: number
  readonly size: number
}

export interface PoolStats {
  readonly total: number
  /** The sum of the sizes asked for. */
  readonly used: number
  readonly free: number
  readonly numBlocks: number
  /** 1 - largestFree / free; 0 when nothing is free. */
  readonly fragmentation: number
  readonly largestFree: number
  readonly numFreeBlocks: number
  /** Free bytes that would stay free if each block moved down, as its alignment keeps them apart. */
  readonly alignmentGaps: number
  /** The highest end of any block. */
  readonly end: number
}

/** Since the pool was made, or since `resetCounters()`. */
export interface PoolCounters {
  /** Those that got an offset. */
  readonly allocations: number
  /** Those that found no free block large enough. */
  readonly failures: number
  readonly frees: number
  readonly allocatedBytes: number
  readonly freedBytes: number
  /** By defragmentation. */
  readonly movedBlocks: number
  readonly movedBytes: number
  /** High-water marks. */
  readonly peakUsed: number
  readonly peakBlocks: number
  readonly peakEnd: number
}

/** Free sizes by powers of two: entry k counts the free blocks of [2^k, 2^(k+1)) bytes. */
export interface FreeHistogram {
  readonly blocks: readonly number[]
  readonly bytes: readonly number[]
}

export interface DefragmentOptions {
  /** Of all moves together. */
  readonly maxBytes?: number | undefined
  readonly maxMoves?: number | undefined
  /** Offsets of blocks that stay where they are. */
  readonly pinned?: readonly number[] | undefined
}

/**
 * A block that changes its offset. Copying the moves in order, each from its lowest byte up, never
 * overwrites what is still to be copied: no block moves up.
 */
export interface PoolMove {
  readonly from: number
  readonly to: number
  readonly size: number
}

/** Why an allocation finds no place, or that it does. */
export interface PoolExplanation {
  readonly fits: boolean
  readonly free: number
  readonly largestFree: number
  /** The most bytes that any free block has behind its first aligned offset. */
  readonly largestAligned: number
  /** Of the whole pool, nothing pinned. */
  readonly fitsAfterDefragment: boolean
  /** What this would take. */
  readonly movedBlocks: number
  readonly movedBytes: number
  /** The same in a sentence. */
  readonly message: string
}

/** Everything that future offsets depend on, and the counters: JSON for a file or a bug report. */
export interface PoolSnapshot {
  readonly stowage: 'memory-pool'
  readonly version: 1
  readonly total: number
  readonly policy: PoolPolicy
  /** In ascending order of offsets. */
  readonly blocks: readonly Block[]
  /** Where next fit goes on. */
  readonly nextFitFrom: number
  /** For `tlsf`, the free blocks in the order in which their classes hold them; otherwise empty. */
  readonly freeOrder: readonly number[]
  readonly counters: PoolCounters
}

/** A call that changed a pool, or an allocation that found no room. */
export type PoolEvent =
  | {
      readonly op: 'alloc'
      /** Of the allocation, counted from 0. */
      readonly id: number
      readonly size: number
      readonly alignment?: number
      readonly tag?: string
      /** null where there was no room. */
      readonly offset: number | null
    }
  | {
      readonly op: 'alloc-at'
      readonly id: number
      readonly offset: number
      readonly size: number
      readonly alignment?: number
      readonly tag?: string
    }
  | { readonly op: 'free'; readonly id: number }
  | { readonly op: 'grow' | 'shrink'; readonly total: number }
  | { readonly op: 'defragment'; readonly moves: readonly PoolMove[] }
  | { readonly op: 'clear' }

export interface AlignmentOptions {
  /** The address is a multiple of it: a power of two. */
  readonly alignment?: number | undefined
}

export interface BufferPoolOptions {
  /** The most buffers that a bucket keeps; one put into a full bucket is freed. No limit by default. */
  readonly maxBuffersPerBucket?: number | undefined
}

export interface BufferPoolStats {
  /** Requests that a pooled buffer served, since the pool was made or `resetCounters()`. */
  readonly hits: number
  /** Those that none did, whether or not a fresh one was allocated. */
  readonly misses: number
  /** hits / (hits + misses); 0 before the first request. */
  readonly hitRate: number
  readonly pooledBuffers: number
  readonly pooledBytes: number
  /** Handed out and not put back. */
  readonly activeBuffers: number
  readonly activeBytes: number
}

export interface ArenaOptions {
  /**
   * In bytes, 65536 by default, and at least 64. Each further chunk is twice as large as the one
   * before it, or as large as a request that needs more.
   */
  readonly firstChunkSize?: number | undefined
}

export interface ArenaStats {
  /** The sum of the sizes asked for since the last reset, in bytes. */
  readonly used: number
  /** The most that this ever was. */
  readonly peakUsed: number
  /** Bytes of all chunks. */
  readonly reserved: number
  readonly numChunks: number
}
