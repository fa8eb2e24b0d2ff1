import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { load, type Plan, StowageError } from 'stowage'
import { describe, expect, test } from 'vitest'

import { root } from './paths.js'

const {
  Problem,
  Plan: PlanClass,
  Solver,
  explainVerdict,
  solveFromCsv,
  validateSolution,
  version,
} = await load()

const csv = readFileSync(join(root, 'examples/input.12.csv'), 'utf8')
const five = Problem.fromCsv(csv, { capacity: 12 })

describe('load', () => {
  test('is memoised', async () => {
    expect(await load()).toBe(await load())
  })

  test('tells the version of the package', () => {
    const manifest = readFileSync(join(root, 'npm/package.json'), 'utf8')
    expect(JSON.parse(manifest)).toHaveProperty('version', version)
  })
})

describe('Problem', () => {
  test('reads CSV from a string and from bytes', () => {
    const fromBytes = Problem.fromCsv(new TextEncoder().encode(csv), { capacity: 12 })
    expect(fromBytes.buffers).toEqual(five.buffers)
    expect(five).toMatchObject({ length: 5, capacity: 12 })
    expect(five.buffers[1]).toEqual({
      id: 'b2',
      lower: 3,
      upper: 9,
      size: 4,
      alignment: 1,
      offset: null,
      hint: null,
      gaps: [],
    })
  })

  test('is the same from objects and from columns', () => {
    const buffers = [
      {
        id: 'x',
        lower: 0,
        upper: 9,
        size: 8,
        alignment: 4,
        hint: 4,
        gaps: [{ lower: 2, upper: 3 }],
      },
      {
        id: 'y',
        lower: -5,
        upper: 4,
        size: 3,
        offset: 0,
        gaps: [{ lower: -1, upper: 1, window: { lower: 0, upper: 2 } }],
      },
    ]
    const columns = {
      id: ['x', 'y'],
      lower: Int32Array.of(0, -5),
      upper: [9, 4],
      size: Float64Array.of(8, 3),
      alignment: Uint8Array.of(4, 1),
      hint: [4, NaN],
      offset: [NaN, 0],
      gaps: {
        ends: [1, 2],
        lower: [2, -1],
        upper: [3, 1],
        windowLower: [NaN, 0],
        windowUpper: [NaN, 2],
      },
    }
    const one = new Problem(buffers, { capacity: 64 })
    const other = new Problem(columns, { capacity: 64 })
    expect(other.buffers).toEqual(one.buffers)
    expect(one.buffers).toMatchObject(buffers)
    expect(new Problem(one.buffers, { capacity: 64 }).buffers).toEqual(one.buffers)
  })

  test('gives back the columns, with ids in any script', () => {
    for (const name of ['plain', 'größe', '層']) {
      const buffers = [
        { id: `${name}/a`, lower: 0, upper: 4, size: 8, alignment: 2, offset: 4, hint: 6 },
        { id: name, lower: 1, upper: 9, size: 5, gaps: [{ lower: 2, upper: 3 }] },
      ]
      const problem = new Problem(buffers, { capacity: 64 })
      const columns = problem.toColumns()
      expect(columns.id).toEqual([`${name}/a`, name])
      expect(columns.gaps.windowLower).toEqual(Float64Array.of(NaN))
      expect(new Problem(columns, { capacity: 64 }).buffers).toEqual(problem.buffers)
      columns.size.fill(1)
      expect(problem.at(0)?.size).toBe(8)
    }
  })

  test('names buffers by their position where columns have no ids', () => {
    const problem = new Problem(
      { lower: [0, 1], upper: [2, 3], size: [4, 5] },
      { capacity: Infinity },
    )
    expect(problem.buffers.map(({ id }) => id)).toEqual(['0', '1'])
    expect(problem.capacity).toBe(Infinity)
  })

  test('describes itself', () => {
    expect(five.stats()).toMatchObject({
      buffers: 5,
      lifespan: { lower: 0, upper: 21 },
      sections: 3,
      partitions: 1,
      overlappingPairs: 6,
      maxLoad: 12,
      maxLoadTime: 0,
      maxLoadBuffers: 3,
    })
    expect(
      five.sections().map(({ lower, upper, load, buffers }) => [lower, upper, load, buffers]),
    ).toEqual([
      [0, 3, 12, [0, 2, 4]],
      [3, 9, 12, [1, 2, 4]],
      [9, 21, 8, [3, 4]],
    ])
    expect(five.overload()).toBeUndefined()
    expect(five.withCapacity(11).overload()).toMatchObject({
      time: 0,
      load: 12,
      buffers: [0, 2, 4],
    })
  })

  test('may be empty', async () => {
    const empty = new Problem([], { capacity: 0 })
    expect(empty.stats()).toMatchObject({
      buffers: 0,
      lifespan: null,
      maxLoad: 0,
      maxLoadTime: null,
    })
    expect(await new Solver().solve(empty)).toMatchObject({ length: 0, height: 0, optimal: true })
  })

  test('gives a part of itself', () => {
    expect(five.subset([4, 0]).buffers.map(({ id }) => id)).toEqual(['b5', 'b1'])
    expect(() => five.subset([5])).toThrow('indices[0] is 5')
  })

  test('tells which columns of a text mean nothing', () => {
    expect(Problem.ignoredColumns('id,lower,upper,size,colour\n')).toEqual(['colour'])
    expect(Problem.ignoredColumns('"')).toEqual([])
  })

  test('holds numbers up to 2^53 - 1', () => {
    const most = Number.MAX_SAFE_INTEGER
    const buffers = [{ id: 'a', lower: -most, upper: most, size: most - 1 }]
    const problem = new Problem(buffers, { capacity: most })
    expect(problem.buffers[0]).toMatchObject(buffers[0] ?? {})
    expect(Problem.fromCsv(problem.toCsv(), { capacity: most }).buffers).toEqual(problem.buffers)
  })
})

describe('Plan', () => {
  test('is of the five-buffer example as published', async () => {
    const plan = await solveFromCsv(csv, { capacity: 12, timeoutSeconds: 60 })
    expect(validateSolution(five, plan)).toBe('good')
    expect(validateSolution(five, [8, 8, 4, 4, 0])).toBe('good')
    expect(plan).toMatchObject({ length: 5, height: 12, lowerBound: 12, optimal: true })
    expect(plan.offsets).toBeInstanceOf(Float64Array)
    expect([...plan]).toEqual([...plan.offsets])
    expect(plan.at(-1)).toBe(plan.offsets[4])
  })

  test('goes to CSV and back', async () => {
    const plan = await new Solver().solve(five)
    const read: Plan = PlanClass.fromCsv(plan.toCsv(), { capacity: 12 })
    expect(read.offsets).toEqual(plan.offsets)
    expect(read).toMatchObject({ height: plan.height, lowerBound: 12, engine: undefined })
    expect(read.problem.buffers).toEqual(five.buffers)
    expect(five.toCsv(read.offsets)).toBe(plan.toCsv())
  })

  test('can be looked at under another capacity', async () => {
    const plan = await new Solver().solve(five)
    const limited = plan.withCapacity(11)
    expect(limited.problem.capacity).toBe(11)
    expect(limited).toMatchObject({ offsets: plan.offsets, height: 12, lowerBound: 12 })
    expect(plan.problem.capacity).toBe(12)
    expect(validateSolution(limited.problem, limited)).toBe('bad-offset')
    expect(() => plan.withCapacity(-1)).toThrow('capacity')
  })

  test.each([
    ['bad-solution', [0]],
    ['bad-offset', [9, 8, 4, 4, 0]],
    ['bad-overlap', [8, 8, 5, 4, 0]],
    ['bad-offset', [-1, 8, 4, 4, 0]],
  ])('is judged %s', (verdict, offsets) => {
    expect(validateSolution(five, offsets)).toBe(verdict)
    expect(explainVerdict(five, offsets).message).not.toBe('')
  })

  test('is judged by its problem’s alignments and fixed offsets', () => {
    const buffer = { id: 'a', lower: 0, upper: 1, size: 4 }
    const aligned = new Problem([{ ...buffer, alignment: 8 }], { capacity: 64 })
    expect(validateSolution(aligned, [4])).toBe('bad-alignment')
    const fixed = new Problem([{ ...buffer, offset: 8 }], { capacity: 64 })
    expect(explainVerdict(fixed, [16])).toMatchObject({ verdict: 'bad-fixed', buffers: [0] })
  })
})

test('a buffer can be had by itself', () => {
  expect(
    Array.from(five.buffers, (_, i) => Problem.fromCsv(five.toCsv(), { capacity: 12 }).at(i)),
  ).toEqual(five.buffers)
  expect(five.at(0)).toBe(five.buffers[0])
  expect(five.at(-1)).toBeUndefined()
  expect(five.at(five.length)).toBeUndefined()
  expect(() => five.at(0.5)).toThrow(StowageError)
})

describe('a problem without a plan', () => {
  test('tells the section that is overloaded', async () => {
    const error: unknown = await new Solver().solve(five.withCapacity(11)).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(StowageError)
    expect(error).toMatchObject({
      code: 'infeasible',
      lowerBound: 12,
      overload: { time: 0, load: 12, buffers: [0, 2, 4] },
    })
  })

  test('is explained by an irreducible subset', async () => {
    const subset = await new Solver().computeIrreducibleInfeasibleSubset(five.withCapacity(11))
    expect(subset).toEqual([0, 2, 4])
    expect(await new Solver().computeIrreducibleInfeasibleSubset(five)).toEqual([])
  })
})

test('the declarations name no file that is not there', () => {
  for (const entry of ['index', 'slim', 'worker']) {
    expect(existsSync(join(root, `npm/dist/${entry}.d.ts`))).toBe(true)
    expect(existsSync(join(root, `npm/dist/${entry}.js`))).toBe(true)
  }
})
