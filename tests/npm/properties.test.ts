// Random small problems, against brute force.
import * as fc from 'fast-check'
import { type BufferInit, load, type SolverParams, StowageError } from 'stowage'
import { beforeAll, describe, expect, test } from 'vitest'

import { fewRichBuffers, plainBuffers, richBuffers } from './arbitrary.js'
import { fits, leastHeight } from './brute-force.js'

const { Problem, Solver, explainVerdict } = await load()

const capacities = fc.integer({ min: 2, max: 14 })
const runs = { numRuns: 150, seed: 20_240_229 }

/** Solves, judges the plan, and tells whether there was one. */
async function isSolved(
  buffers: readonly BufferInit[],
  capacity: number,
  params: SolverParams,
): Promise<boolean> {
  const problem = new Problem(buffers, { capacity })
  try {
    const plan = await new Solver(params).solve(problem)
    expect(explainVerdict(problem, plan)).toEqual({ verdict: 'good', buffers: [], message: '' })
    return true
  } catch (error) {
    if (!(error instanceof StowageError) || error.code !== 'infeasible') throw error
    return false
  }
}

/** Fixed offsets must end within the capacity for the problem to be well formed. */
function isWellFormed(buffers: readonly BufferInit[], capacity: number): boolean {
  return buffers.every(
    ({ offset, size }) => (offset ?? 0) + (offset == null ? 0 : size) <= capacity,
  )
}

beforeAll(() => {
  expect(fits([{ id: 'a', lower: 0, upper: 1, size: 2 }], 1)).toBe(false)
})

describe('feasibility', () => {
  test.each(['auto', 'canonical', 'valley'] as const)('plain problems, %s', async (engine) => {
    await fc.assert(
      fc.asyncProperty(plainBuffers, capacities, async (buffers, capacity) => {
        expect(await isSolved(buffers, capacity, { engine })).toBe(fits(buffers, capacity))
      }),
      runs,
    )
  })

  test.each(['auto', 'canonical'] as const)('with everything, %s', async (engine) => {
    await fc.assert(
      fc.asyncProperty(richBuffers, capacities, async (buffers, capacity) => {
        fc.pre(isWellFormed(buffers, capacity))
        expect(await isSolved(buffers, capacity, { engine })).toBe(fits(buffers, capacity))
      }),
      runs,
    )
  })
})

describe('the least height', () => {
  test.each([
    ['plain problems, auto', plainBuffers, 'auto'],
    ['plain problems, valley', plainBuffers, 'valley'],
    ['with everything, auto', fewRichBuffers, 'auto'],
    ['with everything, canonical', fewRichBuffers, 'canonical'],
  ] as const)('%s', async (_, arbitrary, engine) => {
    const solver = new Solver({ engine, minimizeCapacity: true })
    await fc.assert(
      fc.asyncProperty(arbitrary, async (buffers) => {
        const expected = leastHeight(buffers, 24)
        const problem = new Problem(buffers, { capacity: 24 })
        if (expected === undefined) {
          await expect(solver.solve(problem)).rejects.toMatchObject({ code: 'infeasible' })
          return
        }
        const plan = await solver.solve(problem)
        expect(plan).toMatchObject({ height: expected, lowerBound: expected, optimal: true })
        expect(explainVerdict(problem, plan).verdict).toBe('good')
      }),
      runs,
    )
  })
})

describe('switches change the work, never the answer', () => {
  const switches = [
    'canonicalOnly',
    'sectionInference',
    'dynamicOrdering',
    'checkDominance',
    'unallocatedFloor',
    'staticPreordering',
    'dynamicDecomposition',
    'monotonicFloor',
    'hatlessPruning',
  ] as const

  test.each(switches)('without %s', async (name) => {
    await expectSameAnswers({ engine: 'canonical', [name]: false })
  })

  test.each(switches)('with only %s', async (name) => {
    const off = Object.fromEntries(switches.map((each) => [each, each === name]))
    await expectSameAnswers({ engine: 'canonical', ...off })
  })

  test.each([[['Z']], [['ACLOTUWZ']], [['L', 'U', 'O', 'C']]])(
    'with the orders %j',
    async (preorderingHeuristics) => {
      await expectSameAnswers({ engine: 'canonical', preorderingHeuristics })
    },
  )

  async function expectSameAnswers(params: SolverParams): Promise<void> {
    await fc.assert(
      fc.asyncProperty(richBuffers, capacities, async (buffers, capacity) => {
        fc.pre(isWellFormed(buffers, capacity))
        expect(await isSolved(buffers, capacity, params)).toBe(fits(buffers, capacity))
      }),
      { ...runs, numRuns: 60 },
    )
  }
})

describe('an irreducible infeasible subset', () => {
  test('does not fit, and fits without any one of its buffers', async () => {
    await fc.assert(
      fc.asyncProperty(richBuffers, capacities, async (buffers, capacity) => {
        fc.pre(isWellFormed(buffers, capacity))
        const problem = new Problem(buffers, { capacity })
        const subset = await new Solver().computeIrreducibleInfeasibleSubset(problem)
        const chosen = subset.flatMap((index) => buffers[index] ?? [])
        expect(chosen.length === 0).toBe(fits(buffers, capacity))
        expect(chosen.length === 0 || !fits(chosen, capacity)).toBe(true)
        for (const left of chosen) {
          const rest = chosen.filter((each) => each !== left)
          expect(fits(rest, capacity)).toBe(true)
        }
      }),
      runs,
    )
  })
})

describe('CSV', () => {
  test('what is written is read back', () => {
    fc.assert(
      fc.property(richBuffers, (buffers) => {
        const problem = new Problem(buffers, { capacity: Infinity })
        const read = Problem.fromCsv(problem.toCsv(), { capacity: Infinity })
        expect(read.buffers).toEqual(problem.buffers)
      }),
      runs,
    )
  })

  test('any id survives', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        fc.pre(id.trim() === id)
        const problem = new Problem([{ id, lower: 0, upper: 1, size: 1 }], { capacity: 1 })
        expect(problem.buffers[0]?.id).toBe(id)
        expect(Problem.fromCsv(problem.toCsv(), { capacity: 1 }).buffers[0]?.id).toBe(id)
      }),
      runs,
    )
  })
})
