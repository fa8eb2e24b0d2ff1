// Memory of the module's heap: BufferPool, PoolAllocator and Arena.
import { afterEach, describe, expect, test } from 'vitest'

import { load, type ElementType, type HeapArray } from 'stowage/pool'
import { load as loadAll } from 'stowage'

import { thrownBy } from './failure-of.js'

const { Arena, BufferPool, PoolAllocator } = await load()
const disposables: { dispose: () => void }[] = []

function kept<T extends { dispose: () => void }>(owner: T): T {
  disposables.push(owner)
  return owner
}

afterEach(() => {
  for (const each of disposables.splice(0)) each.dispose()
})

const mebibyte = 2 ** 20

/** Allocates until the heap has grown, and gives back what that took. */
function growHeap(): void {
  const allocator = new PoolAllocator()
  const probe = allocator.alloc('u8', 64)
  const before = probe.array
  while (before.length > 0) allocator.alloc('u8', 8 * mebibyte)
  allocator.dispose()
}

const types = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64'] as const

describe('BufferPool', () => {
  test('gives a buffer again that was put back', () => {
    const pool = kept(new BufferPool())
    expect(pool.get(4096)).toBeNull()
    const first = pool.getOrAlloc(4096)
    expect(first.array).toBeInstanceOf(Uint8Array)
    expect([first.length, first.byteLength, first.address % 64]).toEqual([4096, 4096, 0])
    first.array.fill(7)
    pool.put(first)
    const second = pool.get(4000)
    expect(second?.address).toBe(first.address)
    expect(second?.array.every((byte) => byte === 7)).toBe(true)
    expect(pool.stats()).toEqual({
      hits: 1,
      misses: 2,
      hitRate: 1 / 3,
      pooledBuffers: 0,
      pooledBytes: 0,
      activeBuffers: 1,
      activeBytes: 4096,
    })
    pool.resetCounters()
    expect(pool.stats()).toMatchObject({ hits: 0, misses: 0, hitRate: 0, activeBuffers: 1 })
  })

  test('never answers with less than was asked for', () => {
    const pool = kept(new BufferPool())
    pool.put(pool.getOrAlloc(65))
    expect(pool.get(129)).toBeNull()
    expect(pool.get(128)?.length).toBe(128)
  })

  test('gets aligned buffers only where it was asked to', () => {
    const pool = kept(new BufferPool())
    const aligned = pool.getOrAlloc(100, { alignment: 4096 })
    expect(aligned.address % 4096).toBe(0)
    pool.putAligned(aligned, 4096)
    expect(pool.getAligned(100, 4096)?.address).toBe(aligned.address)
    expect(pool.getAligned(100, 4096)).toBeNull()
  })

  test('clears, trims, and keeps to its limit', () => {
    const pool = kept(new BufferPool({ maxBuffersPerBucket: 2 }))
    const buffers = Array.from({ length: 5 }, () => pool.getOrAlloc(100))
    pool.clear()
    expect(pool.stats()).toMatchObject({ pooledBuffers: 2, pooledBytes: 256, activeBuffers: 0 })
    for (const buffer of buffers) {
      expect(buffer.isLive).toBe(false)
      expect(thrownBy(() => buffer.array)).toMatchObject({
        code: 'disposed',
        message: 'the array is not in use any more: its pool was cleared',
      })
    }
    pool.trim()
    expect(pool.stats()).toMatchObject({ pooledBuffers: 0, pooledBytes: 0 })
  })

  test('allocates directly what it does not pool', () => {
    const pool = kept(new BufferPool())
    const size = 128 * mebibyte + 1
    expect(pool.get(size)).toBeNull()
    const buffer = pool.getOrAlloc(size)
    buffer.array[size - 1] = 9
    expect(buffer.length).toBe(size)
    pool.put(buffer)
    expect(pool.stats()).toMatchObject({ pooledBuffers: 0, activeBuffers: 0 })
  })
})

describe('PoolAllocator', () => {
  test.each(types)('hands out arrays of %s', (type) => {
    const allocator = kept(new PoolAllocator())
    const data = allocator.alloc(type, 1000)
    expect(data.array.length).toBe(1000)
    expect(data.byteLength).toBe(data.array.byteLength)
    expect(data.address % data.array.BYTES_PER_ELEMENT).toBe(0)
    expect(data.array.byteOffset).toBe(data.address)
    allocator.free(data)
    expect(allocator.alloc(type, 1000).address).toBe(data.address)
  })

  test('uses the same memory in each batch', () => {
    const allocator = kept(new PoolAllocator())
    const addresses = [1, 2, 3].map(() => {
      const batch = [1024, 2048, 100].map((length) => allocator.alloc('f32', length).address)
      allocator.clear()
      return batch.sort()
    })
    expect(addresses[1]).toEqual(addresses[0])
    expect(addresses[2]).toEqual(addresses[0])
    expect(allocator.pool.stats()).toMatchObject({ hits: 6, misses: 3 })
  })

  test('tells arrays apart by their ids, also in the same memory', () => {
    const allocator = kept(new PoolAllocator())
    const first = allocator.alloc('f32', 16)
    allocator.free(first)
    const second = allocator.alloc('f32', 16)
    expect(second.address).toBe(first.address)
    expect(second.id).not.toBe(first.id)
    expect(() => first.array).toThrow('it was put back')
    expect(() => {
      allocator.free(first)
    }).toThrow(`buffer ${String(first.id)} is not in use`)
    second.array[0] = 1
  })

  test('frees at the end of a scope, and only once', () => {
    const allocator = kept(new PoolAllocator())
    const data = allocator.alloc('f32', 16)
    data[Symbol.dispose]()
    data[Symbol.dispose]()
    expect(allocator.pool.stats().activeBuffers).toBe(0)
    const cleared = allocator.alloc('f32', 16)
    allocator.clear()
    const after = allocator.alloc('f32', 16)
    cleared[Symbol.dispose]()
    expect([after.isLive, allocator.pool.stats().activeBuffers]).toEqual([true, 1])
  })

  test('keeps what is written when the heap grows, and hands out a view that is whole', () => {
    const allocator = kept(new PoolAllocator())
    const data = allocator.alloc('i32', 1000)
    const before = data.array
    before.forEach((_, index) => (before[index] = index * 3))
    expect(data.array).toBe(before)
    growHeap()
    expect(before.length).toBe(0) // A view of before can be seen to be gone.
    expect(data.array === before).toBe(false)
    expect(data.array.every((value, index) => value === index * 3)).toBe(true)
  })
})

describe('Arena', () => {
  test('puts one array behind the other', () => {
    const arena = kept(new Arena({ firstChunkSize: 1024 }))
    const first = arena.alloc('u8', 100)
    expect(arena.alloc('f64', 2).address).toBe(first.address + 104)
    expect(arena.alloc('u8', 1, { alignment: 64 }).address % 64).toBe(0)
    expect(arena.stats()).toEqual({ used: 117, peakUsed: 117, reserved: 1024, numChunks: 1 })
  })

  test('uses its memory again after a reset, and refuses what was there', () => {
    const arena = kept(new Arena({ firstChunkSize: 64 }))
    const fill = () => [1, 2, 3, 4, 5].map((times) => arena.alloc('f32', 50 * times))
    const first = fill()
    const full = arena.stats()
    arena.reset()
    const second = fill()
    expect(second.map(({ address }) => address)).toEqual(first.map(({ address }) => address))
    expect(arena.stats()).toEqual(full)
    expect(first.map(({ isLive }) => isLive)).toEqual([false, false, false, false, false])
    expect(() => first[0]?.array).toThrow('its arena was reset')
    arena.release()
    expect(() => second[0]?.array).toThrow('its arena was released')
    expect(arena.stats()).toEqual({ used: 0, peakUsed: full.used, reserved: 0, numChunks: 0 })
  })

  test('keeps what is written when the heap grows', () => {
    const arena = kept(new Arena())
    const data = arena.alloc('f64', 100)
    data.array.fill(0.5)
    growHeap()
    expect(data.array.every((value) => value === 0.5)).toBe(true)
  })
})

test('hands out no byte twice', () => {
  const allocator = kept(new PoolAllocator())
  const arena = kept(new Arena({ firstChunkSize: 256 }))
  const live: { data: HeapArray<'u8'>; value: number }[] = []
  for (let i = 0; i < 600; ++i) {
    const size = 1 + ((i * 7919) % 3000)
    const data = i % 2 === 0 ? allocator.alloc('u8', size) : arena.alloc('u8', size)
    const value = (i * 31) % 256
    data.array.fill(value)
    live.push({ data, value })
  }
  for (const { data, value } of live) {
    expect(data.array.every((byte) => byte === value)).toBe(true)
  }
})

test('says when there is no memory, and goes on', async () => {
  const pool = kept(new BufferPool())
  const allocator = kept(new PoolAllocator())
  const arena = kept(new Arena())
  const data = allocator.alloc('f32', 100)
  data.array.fill(1.5)
  const attempts = [
    () => pool.getOrAlloc(2 ** 40),
    () => allocator.alloc('f64', 2 ** 33),
    () => arena.alloc('u8', Number.MAX_SAFE_INTEGER),
    () => arena.alloc('u8', 1, { alignment: 2 ** 52 }),
  ]
  for (const attempt of attempts) {
    expect(thrownBy(attempt)).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(
        /^there is no memory for another \d+ bytes; free some/,
      ) as string,
    })
  }
  // To the end of what a module can have.
  let count = 0
  const last = thrownBy(() => {
    for (; count < 100; ++count) pool.getOrAlloc(128 * mebibyte)
  })
  expect(last).toMatchObject({ code: 'out-of-memory' })
  expect(count).toBeGreaterThan(15)
  expect(data.array.every((value) => value === 1.5)).toBe(true)
  pool.dispose()
  expect(arena.alloc('f32', 1000).array.length).toBe(1000)
  // Addresses beyond 2 GiB were among those.
  expect((await load()).BufferPool).toBe(BufferPool)
})

test('works beyond 2 GiB', () => {
  const pool = kept(new BufferPool())
  const buffers = Array.from({ length: 20 }, () => pool.getOrAlloc(128 * mebibyte))
  const highest = buffers.reduce((high, each) => (each.address > high.address ? each : high))
  expect(highest.address).toBeGreaterThan(2 ** 31)
  highest.array[highest.length - 1] = 77
  pool.put(highest)
  expect(pool.get(128 * mebibyte)?.array.at(-1)).toBe(77)
})

test('the main entry has the same', async () => {
  expect(await loadAll()).toMatchObject({ Arena, BufferPool, PoolAllocator })
})

describe('bad input changes nothing', () => {
  const badIntegers = [0, -1, 1.5, NaN, 2 ** 53, '8', null, undefined, 8n]
  const badAlignments = [0, 3, 96, 2 ** 53 - 1, 1.5, '4', null]

  test('of BufferPool', () => {
    const pool = kept(new BufferPool())
    const other = kept(new BufferPool())
    const buffer = pool.getOrAlloc(100)
    const foreign = other.getOrAlloc(100)
    const before = pool.stats()
    for (const bad of badIntegers as number[]) {
      for (const call of [
        () => pool.get(bad),
        () => pool.getAligned(bad, 4),
        () => pool.getOrAlloc(bad),
      ]) {
        expect(thrownBy(call)).toMatchObject({ code: 'invalid-argument' })
      }
    }
    for (const bad of badAlignments as number[]) {
      for (const call of [
        () => pool.getAligned(1, bad),
        () => pool.getOrAlloc(1, { alignment: bad }),
        () => {
          pool.putAligned(buffer, bad)
        },
      ]) {
        expect(thrownBy(call)).toMatchObject({
          code: 'invalid-argument',
          message: expect.stringContaining('alignment') as string,
        })
      }
    }
    for (const bad of [foreign, buffer.array, {}, null, undefined, 5]) {
      expect(
        thrownBy(() => {
          pool.put(bad as never)
        }),
      ).toMatchObject({ code: 'invalid-argument', message: /must be one of this pool/ })
    }
    expect(pool.stats()).toEqual(before)
    for (const bad of [-1, 1.5, 2 ** 32, 'all', null]) {
      expect(() => new BufferPool({ maxBuffersPerBucket: bad as never })).toThrow(
        'maxBuffersPerBucket',
      )
    }
    const unknown: object = { limit: 1 }
    expect(() => new BufferPool(unknown)).toThrow('no option "limit"')
  })

  test('of PoolAllocator and Arena', () => {
    const allocator = kept(new PoolAllocator())
    const arena = kept(new Arena())
    const before = arena.stats()
    for (const owner of [allocator, arena]) {
      for (const bad of badIntegers as number[]) {
        expect(() => owner.alloc('f32', bad)).toThrow('length is')
      }
      for (const bad of [undefined, null, 'float', 'toString', 4]) {
        expect(() => owner.alloc(bad as ElementType, 1)).toThrow('it must be one of i8, u8')
      }
      for (const bad of badAlignments as number[]) {
        expect(() => owner.alloc('f32', 1, { alignment: bad })).toThrow('alignment is')
      }
      expect(() => owner.alloc('f64', 2 ** 52)).toThrow('length is')
    }
    expect(arena.stats()).toEqual(before)
    expect(allocator.pool.stats().activeBuffers).toBe(0)
    expect(() => new Arena({ firstChunkSize: 0 })).toThrow('firstChunkSize is 0')
  })

  test('after dispose', () => {
    const pool = new BufferPool()
    const buffer = pool.getOrAlloc(100)
    pool.dispose()
    pool.dispose()
    expect(buffer.isLive).toBe(false)
    buffer[Symbol.dispose]()
    const arena = new Arena()
    arena.dispose()
    for (const [call, name] of [
      [() => buffer.array, 'buffer pool'],
      [() => pool.get(1), 'buffer pool'],
      [() => pool.stats(), 'buffer pool'],
      [() => arena.alloc('u8', 1), 'arena'],
    ] as const) {
      expect(thrownBy(call)).toMatchObject({
        code: 'disposed',
        message: `the ${name} was disposed of; make another`,
      })
    }
  })
})
