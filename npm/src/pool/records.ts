/** What the module says in numbers, as objects. The orders are those of cpp/bindings/pool. */
import * as check from '../check.js'
import type { Tags } from './tags.js'
import type {
  ArenaStats,
  Block,
  BufferPoolStats,
  FreeBlock,
  PoolCounters,
  PoolExplanation,
  PoolMove,
  PoolPolicy,
  PoolStats,
} from './types.js'

/** In the order of PoolPolicy in pool_policy.h. */
export const policies: readonly PoolPolicy[] = [
  'first-fit',
  'best-fit',
  'worst-fit',
  'next-fit',
  'tlsf',
]

export function policyFrom(name: string, value: unknown): PoolPolicy {
  const policy = policies.find((each) => each === value)
  if (policy === undefined) throw check.invalid(name, value, `one of ${policies.join(', ')}`)
  return policy
}

const counterNames = [
  'allocations',
  'failures',
  'frees',
  'allocatedBytes',
  'freedBytes',
  'movedBlocks',
  'movedBytes',
  'peakUsed',
  'peakBlocks',
  'peakEnd',
] as const satisfies readonly (keyof PoolCounters)[]

const statNames = [
  'total',
  'used',
  'free',
  'numBlocks',
  'fragmentation',
  'largestFree',
  'numFreeBlocks',
  'alignmentGaps',
  'end',
] as const satisfies readonly (keyof PoolStats)[]

const bufferPoolStatNames = [
  'hits',
  'misses',
  'hitRate',
  'pooledBuffers',
  'pooledBytes',
  'activeBuffers',
  'activeBytes',
] as const satisfies readonly (keyof BufferPoolStats)[]

const arenaStatNames = [
  'used',
  'peakUsed',
  'reserved',
  'numChunks',
] as const satisfies readonly (keyof ArenaStats)[]

function recordFrom<Name extends string>(
  names: readonly Name[],
  numbers: ArrayLike<number>,
): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? 0])) as Record<
    Name,
    number
  >
}

export function statsFrom(numbers: ArrayLike<number>): PoolStats {
  return recordFrom(statNames, numbers)
}

export function bufferPoolStatsFrom(numbers: ArrayLike<number>): BufferPoolStats {
  return recordFrom(bufferPoolStatNames, numbers)
}

export function arenaStatsFrom(numbers: ArrayLike<number>): ArenaStats {
  return recordFrom(arenaStatNames, numbers)
}

export function countersFrom(numbers: ArrayLike<number>): PoolCounters {
  return recordFrom(counterNames, numbers)
}

export function numbersOfCounters(name: string, counters: unknown): number[] {
  const given = check.record(name, counters, counterNames)
  return counterNames.map((each) => check.integer(`${name}.${each}`, given[each], 0))
}

export function blockFrom(numbers: ArrayLike<number>, tags: Tags): Block {
  const [offset = 0, size = 0, alignment = 1, number = 0] = Array.from(numbers)
  const tag = tags.nameOf(number)
  return tag === undefined ? { offset, size, alignment } : { offset, size, alignment, tag }
}

export function freeBlockFrom(numbers: ArrayLike<number>): FreeBlock {
  return { offset: numbers[0] ?? 0, size: numbers[1] ?? 0 }
}

export function moveFrom(numbers: ArrayLike<number>): PoolMove {
  return { from: numbers[0] ?? 0, to: numbers[1] ?? 0, size: numbers[2] ?? 0 }
}

export function explanationFrom(numbers: ArrayLike<number>, message: string): PoolExplanation {
  const [fits, free = 0, largestFree = 0, largestAligned = 0, after, movedBlocks = 0, bytes = 0] =
    Array.from(numbers)
  return {
    fits: fits === 1,
    free,
    largestFree,
    largestAligned,
    fitsAfterDefragment: after === 1,
    movedBlocks,
    movedBytes: bytes,
    message,
  }
}

/** The numbers in rows of `count`. */
export function groupsOf(numbers: Float64Array, count: number): Float64Array[] {
  return Array.from({ length: numbers.length / count }, (_, index) =>
    numbers.subarray(index * count, (index + 1) * count),
  )
}
