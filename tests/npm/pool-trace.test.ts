// Logs of pools that were used at random, replayed by both commands: under first fit, whose offsets do
// not depend on the pool's size, every block has to get the offset that it had.
import { load, type MemoryPool as Pool } from 'stowage/pool'
import { expect, test } from 'vitest'

import { type programs, runCommand } from './command.js'
import { hasNativeCommand } from './paths.js'

const { MemoryPool } = await load()

/** Numbers from 0 up to `below`, the same in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function use(pool: Pool, random: (below: number) => number, live: number[]): void {
  const choice = random(100)
  if (choice < 50) {
    const offset = pool.alloc(1 + random(200), { alignment: 1 + random(3) * 7, tag: '{"size":0}' })
    if (offset !== null) live.push(offset)
  } else if (choice < 55) {
    const { offset, size } = pool.freeBlocks()[0] ?? { offset: 0, size: 0 }
    const at = offset + random(size)
    if (size > 0 && pool.allocAt(at, 1)) live.push(at)
  } else if (choice < 99) {
    const [offset] = live.splice(random(live.length), 1)
    if (offset !== undefined) pool.free(offset)
  } else {
    pool.clear()
    live.length = 0
  }
}

/** A log that began when the pool was in use already. */
function logOf(pool: Pool, seed: number): string {
  const random = randomFrom(seed)
  const live: number[] = []
  for (let i = 0; i < 30; ++i) use(pool, random, live)
  pool.resetCounters()
  pool.startLog()
  for (let i = 0; i < 300; ++i) use(pool, random, live)
  const header = { stowage: 'pool-log', version: 1, total: pool.total }
  return [header, ...pool.stopLog()].map((line) => JSON.stringify(line)).join('\n')
}

async function replayed(which: keyof typeof programs, log: string): Promise<unknown> {
  const args = ['pool', '-', '--policy', 'first-fit', '--timeout', '0', '--json']
  const { status, stdout } = await runCommand(which, args, { stdin: Buffer.from(log) })
  expect(status).toBe(0)
  const { maxLoad, capacity, policies } = JSON.parse(stdout) as Record<string, unknown>
  return { maxLoad, capacity, policies }
}

const commands = hasNativeCommand ? (['node', 'native'] as const) : (['node'] as const)

test.each([1, 2, 3, 4, 5, 6])('a log of random use, %i', async (seed) => {
  // In the smaller ones, some allocations find no room.
  const total = [1500, 4000, 100_000][seed % 3] ?? 0
  const pool = new MemoryPool(total)
  const log = logOf(pool, seed)
  const { peakUsed, peakEnd, failures } = pool.counters()
  pool.dispose()
  expect(failures > 0).toBe(total === 1500)
  const outcome = { policy: 'first-fit', peakEnd, failures: 0, failuresAtCapacity: 0 }
  for (const which of commands) {
    expect(await replayed(which, log)).toEqual({
      maxLoad: peakUsed,
      capacity: total,
      policies: [outcome],
    })
  }
})
