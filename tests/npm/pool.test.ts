// MemoryPool: the examples it was specified by, what else it offers, and bad input.
import { afterEach, describe, expect, test } from 'vitest'

import { load, type MemoryPool as Pool, type PoolPolicy } from 'stowage/pool'
import { load as loadAll } from 'stowage'

import { thrownBy } from './failure-of.js'

const { MemoryPool, replayOnline } = await load()
const pools: Pool[] = []

function poolOf(total: number, policy?: PoolPolicy): Pool {
  const pool = new MemoryPool(total, { policy })
  pools.push(pool)
  return pool
}

afterEach(() => {
  for (const pool of pools.splice(0)) {
    pool.check()
    pool.dispose()
  }
})

const policies: PoolPolicy[] = ['first-fit', 'best-fit', 'worst-fit', 'next-fit', 'tlsf']

describe('the examples of its specification', () => {
  test('alloc', () => {
    const pool = poolOf(1024)
    expect([pool.alloc(256), pool.alloc(256), pool.alloc(256)]).toEqual([0, 256, 512])
    expect(pool.alloc(512)).toBeNull()
  })

  test('free', () => {
    const pool = poolOf(1024)
    expect([pool.alloc(256), pool.alloc(256), pool.alloc(256)]).toEqual([0, 256, 512])
    pool.free(256)
    pool.free(0)
    expect(pool.alloc(512)).toBe(0)
  })

  test('allocAligned', () => {
    const pool = poolOf(1024)
    expect(pool.alloc(100)).toBe(0)
    expect(pool.allocAligned(200, 256)).toBe(256)
    expect(pool.stats()).toMatchObject({ used: 300, alignmentGaps: 156 })
  })

  test('stats', () => {
    const pool = poolOf(1024)
    for (let i = 0; i < 3; ++i) pool.alloc(256)
    expect(pool.stats()).toEqual({
      total: 1024,
      used: 768,
      free: 256,
      numBlocks: 3,
      fragmentation: 0,
      largestFree: 256,
      numFreeBlocks: 1,
      alignmentGaps: 0,
      end: 768,
    })
  })

  test('defragment', () => {
    const pool = poolOf(1024)
    for (let i = 0; i < 4; ++i) pool.alloc(128)
    pool.free(0)
    pool.free(256)
    expect([...pool.defragment()]).toEqual([
      [128, 0],
      [384, 128],
    ])
    expect(pool.freeBlocks()).toEqual([{ offset: 256, size: 768 }])
  })
})

describe.each(policies)('%s', (policy) => {
  test('gives the whole pool, and goes on after a snapshot as before', () => {
    const pool = poolOf(10_000, policy)
    expect(pool.policy).toBe(policy)
    for (let i = 0; i < 200; ++i) pool.alloc(1 + ((i * 37) % 60), { alignment: 1 + (i % 4) })
    for (const { offset } of pool.blocks().filter((_, index) => index % 3 === 0)) pool.free(offset)
    const copy = MemoryPool.fromJSON(JSON.parse(JSON.stringify(pool)) as never)
    pools.push(copy)
    expect(copy.toJSON()).toEqual(pool.toJSON())
    for (let i = 0; i < 200; ++i) {
      const size = 1 + ((i * 53) % 90)
      expect(copy.alloc(size)).toBe(pool.alloc(size))
    }
    pool.clear()
    expect(pool.alloc(10_000)).toBe(0)
  })
})

test('allocates at an offset', () => {
  const pool = poolOf(100)
  expect(pool.allocAt(10, 20)).toBe(true)
  expect(pool.allocAt(29, 1)).toBe(false)
  expect(pool.allocAt(30, 70, { tag: 'rest' })).toBe(true)
  expect(pool.findContaining(99)).toEqual({ offset: 30, size: 70, alignment: 1, tag: 'rest' })
  expect(pool.find(31)).toBeUndefined()
})

test('names blocks', () => {
  const pool = poolOf(100)
  pool.alloc(1, { tag: 'weights' })
  pool.alloc(2)
  pool.alloc(3, { tag: 'weights' })
  pool.free(0)
  pool.alloc(4, { tag: 'activations' })
  expect(pool.blocks().map(({ size, tag }) => [size, tag])).toEqual([
    [2, undefined],
    [3, 'weights'],
    [4, 'activations'],
  ])
})

test('grows and shrinks', () => {
  const pool = poolOf(100)
  pool.alloc(60)
  pool.grow(2 ** 52)
  expect(pool.alloc(2 ** 51)).toBe(60)
  pool.free(60)
  pool.shrink(60)
  expect(pool.stats()).toMatchObject({ total: 60, free: 0, fragmentation: 0 })
  expect(pool.total).toBe(60)
})

test('defragments within limits, and says beforehand what it would do', () => {
  const pool = poolOf(1000)
  for (let i = 0; i < 8; ++i) pool.alloc(100)
  for (let i = 0; i < 8; i += 2) pool.free(i * 100)
  const limits = { maxBytes: 250, pinned: [300] }
  const moves = [
    { from: 100, to: 0, size: 100 },
    { from: 500, to: 400, size: 100 },
  ]
  expect(pool.planDefragment(limits)).toEqual(moves)
  expect(pool.defragmentWithin(limits)).toEqual(moves)
  expect(pool.counters()).toMatchObject({ movedBlocks: 2, movedBytes: 200 })
  expect(pool.defragmentWithin({ maxMoves: 1 })).toHaveLength(1)
})

test('explains why nothing fits', () => {
  const pool = poolOf(1000)
  for (let i = 0; i < 10; ++i) pool.alloc(100)
  for (let i = 0; i < 10; i += 2) pool.free(i * 100)
  expect(pool.explain(200)).toEqual({
    fits: false,
    free: 500,
    largestFree: 100,
    largestAligned: 100,
    fitsAfterDefragment: true,
    movedBlocks: 5,
    movedBytes: 500,
    message:
      '200 bytes do not fit: 500 bytes are free, the largest free block has 100; they fit after ' +
      'defragment(), which would move 5 blocks of 500 bytes',
  })
  expect(pool.explain(100).fits).toBe(true)
})

test('counts, and keeps high-water marks', () => {
  const pool = poolOf(1000)
  pool.alloc(300)
  pool.alloc(400)
  pool.alloc(500)
  pool.free(0)
  expect(pool.counters()).toEqual({
    allocations: 2,
    failures: 1,
    frees: 1,
    allocatedBytes: 700,
    freedBytes: 300,
    movedBlocks: 0,
    movedBytes: 0,
    peakUsed: 700,
    peakBlocks: 2,
    peakEnd: 700,
  })
  pool.resetCounters()
  expect(pool.counters()).toMatchObject({ allocations: 0, peakUsed: 400 })
  expect(pool.freeHistogram().bytes.reduce((sum, each) => sum + each, 0)).toBe(pool.stats().free)
  expect(pool.bookkeepingBytes).toBeGreaterThan(0)
})

test('replays batches', () => {
  const pool = poolOf(1024)
  const offsets = pool.replay(Float64Array.of(0, 256, 1, 1, 1024, 1, 2, 100, 256, 1, 0, 0, 0, 0, 1))
  expect([...offsets]).toEqual([0, -1, 256, -1, 0])
  expect(pool.blocks()).toEqual([{ offset: 256, size: 100, alignment: 256 }])
})

test.each(policies)('keeps a log that another pool can follow (%s)', (policy) => {
  const pool = poolOf(1000, policy)
  pool.alloc(10, { tag: 'before' })
  pool.startLog()
  pool.alloc(100, { alignment: 64, tag: 'a' })
  pool.allocAt(500, 100)
  pool.alloc(5000)
  pool.free(0)
  pool.grow(2000)
  pool.alloc(900)
  pool.free(500)
  pool.defragment()
  pool.alloc(30)
  pool.shrink(1990)
  const events = JSON.parse(JSON.stringify(pool.stopLog())) as never
  const other = poolOf(1000, policy)
  const offsets = other.replayLog(events)
  expect(offsets.get(3)).toBeNull()
  expect(other.blocks()).toEqual(pool.blocks())
  expect(other.stats()).toEqual(pool.stats())
  const smaller = poolOf(700, 'best-fit')
  expect(thrownBy(() => smaller.replayLog([{ op: 'free', id: 7 }])).message).toBe(
    'event 0: id is 7; it must be that of an allocation that is live',
  )
  expect(thrownBy(() => pool.stopLog()).message).toMatch('no log')
})

describe('online', () => {
  const lifetimes = [
    { lower: 0, upper: 2, size: 4 },
    { lower: 0, upper: 6, size: 4 },
    { lower: 0, upper: 2, size: 4 },
    { lower: 2, upper: 6, size: 8 },
  ]

  test.each(policies)('%s hands out lifetimes as they come', (policy) => {
    expect(replayOnline(lifetimes, { policy })).toMatchObject({
      peakEnd: 16,
      failures: 0,
      failedBytes: 0,
    })
    expect(replayOnline(lifetimes, { policy, capacity: 12 })).toMatchObject({
      peakEnd: 12,
      failures: 1,
      failedBytes: 8,
    })
  })

  test('orders times of any range alike', () => {
    const late = lifetimes.map((each) => ({
      ...each,
      lower: (each.lower - 3) * 2 ** 50,
      upper: (each.upper - 3) * 2 ** 50,
    }))
    expect(replayOnline(late)).toEqual(replayOnline(lifetimes))
    expect(replayOnline(late.reverse())).toEqual(replayOnline(lifetimes.toReversed()))
  })

  test('keeps alignments and fixed offsets', () => {
    const fixed = [
      { lower: 0, upper: 9, size: 4, offset: 8 },
      { lower: 0, upper: 9, size: 5, alignment: 4, offset: null },
      { lower: 3, upper: 9, size: 1, offset: 9 },
    ]
    expect(replayOnline(fixed)).toEqual({
      peakEnd: 12,
      failures: 1,
      failedBytes: 1,
      offsets: Float64Array.of(8, 0, -1),
      events: Int32Array.of(0, 1, 2, ~0, ~1, ~2),
    })
    expect(replayOnline([])).toMatchObject({ peakEnd: 0, failures: 0, failedBytes: 0 })
  })

  test('moves blocks together at given times, between what ends and what begins', () => {
    const holed = [
      { lower: 0, upper: 5, size: 10 },
      { lower: 0, upper: 9, size: 10 },
      { lower: 0, upper: 5, size: 10 },
      { lower: 0, upper: 9, size: 10, offset: 30 },
      { lower: 5, upper: 9, size: 20 },
      { lower: 9, upper: 12, size: 40 },
    ]
    const at = (...defragmentedAt: number[]): object =>
      replayOnline(holed, { capacity: 40, defragmentedAt })
    expect(at()).toMatchObject({ failures: 1, failedBytes: 20 })
    expect(at(4, 6)).toMatchObject({ failures: 1 })
    // What was moved is freed where it is: the last block needs the whole pool.
    expect(at(100, 5, 5)).toMatchObject({
      failures: 0,
      peakEnd: 40,
      offsets: Float64Array.of(0, 10, 20, 30, 20, 0),
    })
    expect(replayOnline(holed).peakEnd).toBe(60)
    for (const policy of policies) {
      expect(replayOnline(holed, { policy, defragmentedAt: [5] }).peakEnd).toBe(40)
    }
  })

  test('refuses what is not a lifetime', () => {
    const wrong = (lifetime: object, message: string): void => {
      expect(thrownBy(() => replayOnline([lifetime as never])).message).toContain(message)
    }
    wrong({ lower: 0, upper: 1 }, 'lifetimes[0].size is undefined')
    wrong({ lower: 0, upper: 1, size: 1, alignment: 0 }, 'lifetimes[0].alignment is 0')
    wrong(
      { lower: 3, upper: 3, size: 1 },
      'lifetimes[0].upper is 3; it must be greater than lower, 3',
    )
    wrong(
      { lower: 3, upper: 2, size: 0 },
      'lifetimes[0].upper is 2; it must be greater than lower, 3',
    )
    const wrongOffset = { lower: 0, upper: 1, size: 1, alignment: 4, offset: 2 }
    wrong(wrongOffset, 'lifetimes[0].offset is 2; it must be a multiple of the alignment, 4')
    expect(thrownBy(() => replayOnline('x' as never)).code).toBe('invalid-argument')
    expect(thrownBy(() => replayOnline([], { capacity: -1 })).message).toContain('capacity is -1')
    expect(thrownBy(() => replayOnline([], { defragmentedAt: [0, 0.5] })).message).toContain(
      'defragmentedAt[1] is 0.5',
    )
    expect(thrownBy(() => replayOnline([], { defragmentedAt: 5 as never })).message).toContain(
      'defragmentedAt is 5; it must be an array of times',
    )
  })

  test('refuses more live bytes than numbers hold', () => {
    const most = Number.MAX_SAFE_INTEGER
    const full = { lower: 0, upper: 5, size: most }
    expect(replayOnline([full, { lower: 5, upper: 6, size: most }]).peakEnd).toBe(most)
    for (const capacity of [undefined, 0, 5]) {
      const error = thrownBy(() =>
        replayOnline([full, { lower: 1, upper: 2, size: 1 }], { capacity }),
      )
      expect(error.code).toBe('invalid-argument')
      expect(error.message).toBe(
        `at time 1: all blocks that live here have more than ${String(most)} bytes together`,
      )
    }
  })
})

test('is in the main entry too', async () => {
  const everything = await loadAll()
  expect(everything.MemoryPool).toBe(MemoryPool)
})

test('leaves the heap flat', () => {
  const operations = new Float64Array(6 * 5000)
  for (let i = 0; i < 5000; ++i)
    operations.set([i % 400, 0, 1, i % 400, 1 + ((i * 37) % 90), 1], 6 * i)
  const fill = new Float64Array(3 * 400)
  for (let i = 0; i < 400; ++i) fill.set([i, 1 + (i % 90), 1], 3 * i)
  const pool = poolOf(40_000)
  pool.replay(fill)
  // Until the blocks lie as they do from then on.
  for (let i = 0; i < 10; ++i) pool.replay(operations)
  const before = pool.bookkeepingBytes
  // Ten million operations.
  for (let i = 0; i < 1000; ++i) pool.replay(operations)
  expect(pool.bookkeepingBytes).toBeLessThanOrEqual(before * 1.1)
})

describe('bad input leaves the pool as it was', () => {
  const pool = new MemoryPool(1024)
  pool.alloc(100)
  const snapshot = pool.toJSON()
  const wrong = (change: Record<string, unknown>) => (): unknown =>
    MemoryPool.fromJSON({ ...snapshot, ...change })
  const cases: [string, () => unknown, RegExp][] = [
    ['total 0', () => new MemoryPool(0), /^totalSize is 0; it must be a whole number from 1/],
    ['a total of text', () => new MemoryPool('1' as never), /^totalSize is "1"/],
    ['an unknown policy', () => new MemoryPool(1, { policy: 'x' as never }), /one of first-fit, /],
    ['an unknown option', () => new MemoryPool(1, { polcy: 1 } as never), /no option "polcy"/],
    ['size 0', () => pool.alloc(0), /^size is 0/],
    ['size -1', () => pool.alloc(-1), /^size is -1/],
    ['half a byte', () => pool.alloc(1.5), /^size is 1.5/],
    ['size NaN', () => pool.alloc(NaN), /^size is NaN/],
    ['a huge size', () => pool.alloc(2 ** 53), /2\^53 - 1/],
    ['a BigInt', () => pool.alloc(1n as never), /^size is 1n/],
    ['alignment 0', () => pool.allocAligned(1, 0), /^alignment is 0/],
    ['alignment -8', () => pool.alloc(1, { alignment: -8 }), /^alignment is -8/],
    ['a tag that is none', () => pool.alloc(1, { tag: 7 as never }), /^tag is 7/],
    [
      'an offset inside',
      () => {
        pool.free(50)
      },
      /within the block of 100 bytes at offset 0/,
    ],
    [
      'an offset of free bytes',
      () => {
        pool.free(100)
      },
      /it is free already, or was never allocated/,
    ],
    [
      'an offset beyond',
      () => {
        pool.free(1024)
      },
      /the pool has the offsets 0 to 1023/,
    ],
    ['a range beyond', () => pool.allocAt(1000, 25), /low enough for 25 bytes/],
    ['a misaligned demand', () => pool.allocAt(130, 8, { alignment: 4 }), /a multiple of the/],
    [
      'growing down',
      () => {
        pool.grow(1023)
      },
      /from the present total, 1024/,
    ],
    [
      'shrinking into a block',
      () => {
        pool.shrink(99)
      },
      /the end of the last block, 100/,
    ],
    [
      'a pinned offset',
      () => pool.defragmentWithin({ pinned: [7] }),
      /no block starts at offset 7/,
    ],
    ['a negative limit', () => pool.planDefragment({ maxMoves: -1 }), /^maxMoves is -1/],
    ['two numbers', () => pool.replay(new Float64Array(2)), /^operations is a Float64Array/],
    ['a wrong slot', () => pool.replay(Float64Array.of(-1, 1, 1)), /operation 0: a slot/],
    ['an empty slot', () => pool.replay(Float64Array.of(9, 0, 1)), /slot 9 holds nothing to free/],
    ['another snapshot', wrong({ stowage: 'x' }), /^snapshot.stowage is "x"/],
    ['a later version', wrong({ version: 2 }), /^snapshot.version is 2/],
    ['no counters', wrong({ counters: 1 }), /^snapshot.counters is 1/],
    [
      'blocks that overlap',
      wrong({ blocks: [...snapshot.blocks, ...snapshot.blocks] }),
      /starts below/,
    ],
    ['blocks outside', wrong({ total: 99 }), /low enough/],
  ]
  test.each(cases)('%s', (_, use, message) => {
    const error = thrownBy(use)
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toMatch(message)
    expect(pool.toJSON()).toEqual(snapshot)
  })
})

test('refuses to be used after disposal', () => {
  const pool = new MemoryPool(10)
  pool.dispose()
  pool.dispose()
  for (const use of [
    () => pool.alloc(1),
    () => pool.stats(),
    () => {
      pool.free(0)
    },
  ]) {
    expect(thrownBy(use).code).toBe('disposed')
  }
})
