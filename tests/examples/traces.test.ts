// The example traces, and what `stowage pool` makes of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load, type PoolEvent } from 'stowage/pool'
import { describe, expect, it } from 'vitest'

import { root, run } from './paths.js'

const { MemoryPool } = await load()
const command = join(root, 'npm/dist/cli/main.js')

describe('the example traces', () => {
  it('are what the generator writes', async () => {
    await run('node', ['examples/traces/generate.mjs', '--check'])
  })

  it('are replayed as their own pool replays them', async () => {
    const file = 'examples/traces/chat-server.jsonl'
    const { stdout, stderr } = await run('node', [command, 'pool', file, '--json'])
    expect(stderr).toBe('')
    const report = JSON.parse(stdout) as {
      capacity: number
      policies: { policy: string; peakEnd: number; failuresAtCapacity: number }[]
    }
    const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n')
    const [, ...events] = lines.map((line) => JSON.parse(line) as unknown)
    const pool = new MemoryPool(report.capacity, { policy: 'first-fit' })
    pool.replayLog(events as PoolEvent[])
    expect(report.policies.find(({ policy }) => policy === 'first-fit')).toMatchObject({
      peakEnd: pool.counters().peakEnd,
      failuresAtCapacity: 0,
    })
    pool.dispose()
  })

  it('say what takes no part', async () => {
    const { stderr } = await run('node', [command, 'pool', 'examples/traces/data-frames.rmm.csv'])
    expect(stderr).toMatch(/allocations that failed when this was logged take no part \(line \d+\)/)
    expect(stderr).toMatch(/^trace: 170 events, 81 blocks, 1 never freed, peak load \d+$/m)
  })
})
