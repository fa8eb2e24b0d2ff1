// The parts of `npm run bench` that say what the figures mean.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { above, digits, table, whole } from '../../scripts/bench/markdown.mjs'
import { runPeer } from '../../scripts/bench/peers.mjs'
import { nameOf } from '../../scripts/bench/places.mjs'
import { curves, scatter } from '../../scripts/bench/plots.mjs'
import { geometricMean, mediansInTurn } from '../../scripts/bench/statistics.mjs'

const folder = mkdtempSync(join(tmpdir(), 'stowage-test-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('figures', () => {
  test.each([
    [0.0012345, '0.00123'],
    [0.00000042, '0.000000'],
    [1.2345, '1.23'],
    [12.345, '12.3'],
    [1234.5, '1235'],
    [Infinity, '-'],
    [NaN, ''],
  ])('%d', (value, text) => {
    expect(digits(value)).toBe(text)
  })

  test('keep thousands apart, and say how far a height is above a bound', () => {
    expect(whole(1048576)).toBe('1 048 576')
    expect(whole(104)).toBe('104')
    expect(whole(null)).toBe('-')
    expect(above(103, 100)).toBe('3.00 %')
    expect(above(100, 100)).toBe('0')
    expect(above(Infinity, 100)).toBe('-')
    expect(nameOf('/x/y.z/A.1048576.csv')).toBe('A')
    expect(nameOf('S_1.csv')).toBe('S_1')
    expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
  })

  test('of many measurements', () => {
    expect(geometricMean([1, 100])).toBeCloseTo(10)
    expect(geometricMean([1, Infinity])).toBe(Infinity)
    const first = [3, 1, 2]
    const second = [6, 5, 4]
    const measures = [() => first.shift() ?? NaN, () => second.shift() ?? NaN]
    expect(mediansInTurn(measures, 3)).toEqual([2, 5])
  })
})

describe('a peer', () => {
  const peer = (body: string): string => {
    const file = join(folder, `peer-${String(body.length)}`)
    writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
    return file
  }

  test('is told file, capacity and seconds, and prints height and seconds', () => {
    const program = peer('[ "$1 $2 $3" = "a.csv 12 5" ] && echo 4096 0.25')
    expect(runPeer(program, 'a.csv', 12, 5)).toEqual({ height: 4096, seconds: 0.25 })
  })

  test('that prints nothing has found nothing', () => {
    expect(runPeer(peer('exit 1'), 'a.csv', 12, 5)).toEqual({ height: Infinity, seconds: Infinity })
  })

  test('that is not there ends the run', () => {
    expect(() => runPeer(join(folder, 'none'), 'a.csv', 12, 5)).toThrow('cannot be run')
  })
})

describe('a program of other pools', () => {
  const program = join(folder, 'pool-peers')
  const trace = { workload: 'churn:2', file: '/tmp/trace', total: 100, setup: 4 }
  const result = { nanoseconds: 50, pairs: 8, blocks: 2, failures: 0, peakEnd: 90, peakUsed: 80 }

  beforeAll(() => {
    const lines = [
      '#!/bin/sh',
      '[ $# = 0 ] && printf "list\\nbuddies\\n" && exit',
      `[ "$*" = "list /tmp/trace 100 4 2" ] && echo '${JSON.stringify(result)}' && exit`,
      '[ "$1" = buddies ] && echo null && exit',
      'echo "no such pool" >&2; exit 1',
    ]
    writeFileSync(program, `${lines.join('\n')}\n`, { mode: 0o755 })
    vi.stubEnv('STOWAGE_POOL_PEERS', program)
    vi.resetModules()
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  test('is asked for their names and told what to play', async () => {
    const { poolPeers, runPoolPeer } = await import('../../scripts/bench/pool-peers.mjs')
    expect(poolPeers()).toEqual(['list', 'buddies'])
    expect(runPoolPeer('list', trace, 2)).toEqual(result)
    expect(runPoolPeer('buddies', trace, 2)).toBe(null)
    expect(() => runPoolPeer('other', trace, 2)).toThrow('no such pool')
  })
})

describe('pictures', () => {
  const points = [
    { x: 1, y: 0.01, series: 'ours' },
    { x: 10, y: 1, series: 'ours' },
    { x: 10, y: 100, series: 'theirs & others' },
    { x: 1, y: Infinity, series: 'theirs & others' },
  ]

  test('have a mark for each value that is one', () => {
    const svg = scatter(points, { yLabel: 'seconds' })
    expect(svg.match(/<circle/g)).toHaveLength(3)
    // On a logarithmic scale these three are equally far apart.
    const heights = [...svg.matchAll(/cy="([\d.]+)"/g)].map(([, text]) => Number(text))
    const [low = NaN, middle = NaN, high = NaN] = heights.sort((a, b) => a - b)
    expect(high - middle).toBeCloseTo(middle - low)
  })

  test('name their series, and are XML by themselves', () => {
    const svg = curves(points, { xLabel: 'buffers', yLabel: 'seconds', isLog: true })
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"')
    expect(svg).toContain('theirs &amp; others')
    expect(svg).toContain('prefers-color-scheme: dark')
  })

  test('put names below each other that do not fit beside each other', () => {
    const names = ['a long name', 'another long name', 'a third', 'a fourth', 'a fifth', 'a sixth']
    const heights = (series: string[]): number => {
      const svg = curves(
        series.flatMap((each) => [1, 2, 3].map((x) => ({ x, y: x, series: each }))),
        { xLabel: 'buffers', yLabel: 'seconds' },
      )
      const tops = [...svg.matchAll(/translate\([^,]*,([-\d.]+)\)[^>]*><text[^>]*>\u25cf/g)]
      return new Set(tops.map(([, top]) => top)).size
    }
    expect(heights(['a', 'b', 'c'])).toBe(1)
    expect(heights(names)).toBe(2)
  })
})
