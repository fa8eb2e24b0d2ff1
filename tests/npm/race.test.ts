// Several workers on one problem. No test depends on who is first.
import { load, type Progress, StowageError } from 'stowage'
import { afterAll, describe, expect, test } from 'vitest'

import { failureOf } from './failure-of.js'

const { Problem, Solver, SolverPool, validateSolution } = await load()

const pool = new SolverPool({ size: 2 })
afterAll(() => {
  pool.dispose()
})

/**
 * Buffers that fill `height` at every moment, but are so mixed that no plan may be that low: where
 * some end, others of the same size together begin.
 */
function full(seed: number, height: number, moments: number): InstanceType<typeof Problem> {
  let state = seed
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * limit)
  }
  const done: { id: string; lower: number; upper: number; size: number }[] = []
  let live = [0, 0, 0, 0, 0].map(() => ({ lower: 0, size: height / 5 }))
  const end = (time: number, count: number): number => {
    let freed = 0
    for (let i = 0; i < count; ++i) {
      const [ended] = live.splice(below(live.length), 1)
      if (ended === undefined) break
      freed += ended.size
      done.push({ id: String(done.length), upper: time, ...ended })
    }
    return freed
  }
  for (let time = 1; time < moments; ++time) {
    const freed = end(time, 2)
    const first = 1 + below(freed - 1)
    live = [...live, { lower: time, size: first }, { lower: time, size: freed - first }]
  }
  end(moments, live.length)
  return new Problem(done, { capacity: Infinity })
}

const problems = [1, 2, 3, 4, 5, 6].map((seed) => full(seed, 60, 10))

describe('a race', () => {
  test('finds the least height and proves it', async () => {
    let above = 0
    for (const problem of problems) {
      const alone = await new Solver({ minimizeCapacity: true }).solve(problem)
      const plan = await pool.race(problem, { minimizeCapacity: true })
      expect(validateSolution(problem, plan)).toBe('good')
      expect(plan).toMatchObject({ height: alone.height, lowerBound: alone.height, optimal: true })
      if (plan.height > problem.stats().maxLoad) ++above
    }
    expect(above, 'problems that need a search for the proof').toBeGreaterThan(0)
  })

  test('proves that there is no plan', async () => {
    for (const problem of problems) {
      const { height } = await new Solver({ minimizeCapacity: true }).solve(problem)
      const error = await failureOf(pool.race(problem.withCapacity(height - 1)))
      expect(error.code).toBe('infeasible')
      const plan = await pool.race(problem.withCapacity(height))
      expect(plan.height).toBeLessThanOrEqual(height)
    }
  })

  test('tells of all together, and never of anything worse', async () => {
    const seen: Progress[] = []
    const large = full(7, 6000, 40)
    const plan = await pool.race(large, {
      minimizeCapacity: true,
      timeoutSeconds: 0.5,
      onProgress: (progress) => {
        seen.push(progress)
        expect(progress.incumbent()?.height).toBe(progress.height)
      },
    })
    expect(validateSolution(large, plan)).toBe('good')
    seen.reduce((before, after) => {
      expect(after.height ?? Infinity).toBeLessThanOrEqual(before.height ?? Infinity)
      expect(after.lowerBound).toBeGreaterThanOrEqual(before.lowerBound)
      expect(after.nodes).toBeGreaterThanOrEqual(before.nodes)
      return after
    })
    expect(plan.height).toBeLessThanOrEqual(seen.at(-1)?.height ?? 0)
    expect(plan.lowerBound).toBeGreaterThanOrEqual(seen.at(-1)?.lowerBound ?? Infinity)
  })

  test('leaves its workers free, also those that had not begun', async () => {
    const fresh = new SolverPool({ size: 4 })
    const [problem] = problems
    if (problem === undefined) throw new Error('no problem')
    for (let i = 0; i < 3; ++i) await fresh.race(problem)
    const plans = await Promise.all(Array.from({ length: 8 }, () => fresh.solve(problem)))
    for (const plan of plans) expect(validateSolution(problem, plan)).toBe('good')
    fresh.dispose()
  })

  test('ends with its signal', async () => {
    const controller = new AbortController()
    const running = pool.race(full(8, 6000, 60), {
      minimizeCapacity: true,
      signal: controller.signal,
      onProgress: () => {
        controller.abort()
      },
    })
    const outcome = await running.then(
      (plan) => plan.optimal,
      (error: unknown) => (error as StowageError).code,
    )
    expect(['cancelled', true]).toContain(outcome)
  })

  test('ends with a mistake in onProgress', async () => {
    const mistake = new Error('mistake')
    const onProgress = (): never => {
      throw mistake
    }
    const problem = full(8, 6000, 60)
    await expect(pool.race(problem, { minimizeCapacity: true, onProgress })).rejects.toBe(mistake)
  })
})

test('a search that hears of the least height proves it', async () => {
  for (const problem of problems) {
    const { height } = await new Solver({ minimizeCapacity: true }).solve(problem)
    const solver: InstanceType<typeof Solver> = new Solver({
      minimizeCapacity: true,
      onProgress: () => {
        solver.report({ height })
      },
    })
    const plan = await solver.solve(problem).catch((error: unknown) => error as StowageError)
    expect(plan.lowerBound).toBe(height)
    if (plan instanceof StowageError) {
      expect(plan).toMatchObject({ code: 'deadline-exceeded', exhausted: true })
    }
  }
})
