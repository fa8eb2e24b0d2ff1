// A search while it runs: cancelling, time limits, progress, the event loop, workers, memory.
// No test depends on how long anything takes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { load, type Progress } from 'stowage'
import { load as loadSlim } from 'stowage/slim'
import { describe, expect, test } from 'vitest'

import { failureOf } from './failure-of.js'
import { dist, root } from './paths.js'
import { withMaximumMemory } from './wasm.js'

const { Problem, Solver, SolverPool, solveInWorker, validateSolution } = await load()

const five = Problem.fromCsv(readFileSync(join(root, 'examples/input.12.csv')), { capacity: 12 })

/** A problem that no engine here settles in any time that a test would wait for. */
const endless = new Problem(
  Array.from({ length: 160 }, (_, i) => ({
    id: `b${String(i)}`,
    lower: (i * 37) % 101,
    upper: ((i * 37) % 101) + 3 + ((i * 53) % 41),
    size: 1009 + ((i * 7919) % 9973),
  })),
  { capacity: Infinity },
)
const endlessParams = { engine: 'canonical', minimizeCapacity: true } as const

describe('cancelling', () => {
  test('by a signal that has aborted already', async () => {
    const reason = new Error('never mind')
    const error = await failureOf(new Solver({ signal: AbortSignal.abort(reason) }).solve(five))
    expect(error).toMatchObject({ code: 'cancelled', cause: reason })
  })

  test('by a signal, with the best so far', async () => {
    const controller = new AbortController()
    const onProgress = (progress: Progress): void => {
      if (progress.height !== undefined) controller.abort()
    }
    const solver = new Solver({ ...endlessParams, signal: controller.signal, onProgress })
    const error = await failureOf(solver.solve(endless))
    expect(error.code).toBe('cancelled')
    expect(error.incumbent && validateSolution(endless, error.incumbent)).toBe('good')
    expect(error.lowerBound).toBeGreaterThanOrEqual(endless.stats().maxLoad)
  })

  test('by cancel(), of all that run, and not of those to come', async () => {
    const solver = new Solver(endlessParams)
    const runs = [failureOf(solver.solve(endless)), failureOf(solver.solve(endless))]
    solver.cancel()
    for (const run of runs) expect((await run).code).toBe('cancelled')
    expect(await solver.solve(five)).toMatchObject({ optimal: true })
  })

  test('by an error in onProgress', async () => {
    const mistake = new Error('mistake')
    const onProgress = (): never => {
      throw mistake
    }
    await expect(new Solver({ ...endlessParams, onProgress }).solve(endless)).rejects.toBe(mistake)
  })
})

describe('a time limit', () => {
  test('of nothing stops before anything is found', async () => {
    const error = await failureOf(
      new Solver({ engine: 'canonical', timeoutSeconds: 0 }).solve(five),
    )
    expect(error).toMatchObject({ code: 'deadline-exceeded', exhausted: false })
    expect(error.lowerBound).toBe(12)
  })

  test('of nothing waits for greedy plans where there are any', async () => {
    const plan = await new Solver({ minimizeCapacity: true, timeoutSeconds: 0 }).solve(endless)
    expect(validateSolution(endless, plan)).toBe('good')
  })

  test('under minimizeCapacity gives the best so far', async () => {
    const plan = await new Solver({ ...endlessParams, timeoutSeconds: 0.3 }).solve(endless)
    expect(validateSolution(endless, plan)).toBe('good')
    expect(plan.height).toBeGreaterThanOrEqual(plan.lowerBound)
  })
})

test('the event loop runs while several searches do', async () => {
  const solver = new Solver(endlessParams)
  const running = [failureOf(solver.solve(endless)), failureOf(solver.solve(endless))]
  for (let i = 0; i < 20; ++i) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(solver.nodes).toBeGreaterThan(0)
  solver.cancel()
  for (const each of running) expect((await each).code).toBe('cancelled')
})

test('progress tells of the best plan and of the bound, neither of which gets worse', async () => {
  const seen: Progress[] = []
  const controller = new AbortController()
  const onProgress = (progress: Progress): void => {
    seen.push(progress)
    const plan = progress.incumbent()
    if (plan) expect(plan.height).toBe(progress.height)
    if (seen.length === 4) controller.abort()
  }
  await failureOf(
    new Solver({ ...endlessParams, onProgress, signal: controller.signal }).solve(endless),
  )
  expect(seen.length).toBeGreaterThanOrEqual(4)
  seen.reduce((before, after) => {
    expect(after.height ?? Infinity).toBeLessThanOrEqual(before.height ?? Infinity)
    expect(after.lowerBound).toBeGreaterThanOrEqual(before.lowerBound)
    expect(after.nodes).toBeGreaterThanOrEqual(before.nodes)
    return after
  })
})

test('the same seed gives the same plan, however the search is sliced', async () => {
  const problem = Problem.fromCsv(readFileSync(join(root, 'examples/input.12.csv')), {
    capacity: 12,
  })
  const once = await new Solver({ seed: 7, engine: 'canonical' }).solve(problem)
  const solver = new Solver({ seed: 7, engine: 'canonical' })
  const many = await Promise.all(Array.from({ length: 5 }, () => solver.solve(problem)))
  for (const plan of many) expect(plan.offsets).toEqual(once.offsets)
})

describe('workers', () => {
  test('solve as the caller’s thread does', async () => {
    const seen: Progress[] = []
    const plan = await solveInWorker(five, { onProgress: (progress) => seen.push(progress) })
    expect(plan.offsets).toEqual((await new Solver().solve(five)).offsets)
    expect(plan.problem).toBe(five)
    expect(seen.at(-1)?.incumbent()?.height).toBe(12)
  })

  test('pass errors on', async () => {
    const error = await failureOf(solveInWorker(five.withCapacity(11)))
    expect(error).toMatchObject({ code: 'infeasible', overload: { buffers: [0, 2, 4] } })
  })

  test('are cancelled by a signal, before and while they run', async () => {
    const aborted = await failureOf(solveInWorker(five, { signal: AbortSignal.abort() }))
    expect(aborted.code).toBe('cancelled')
    const controller = new AbortController()
    const running = solveInWorker(endless, {
      ...endlessParams,
      signal: controller.signal,
      onProgress: () => {
        controller.abort()
      },
    })
    const error = await failureOf(running)
    expect(error.code).toBe('cancelled')
    expect(error.incumbent && validateSolution(endless, error.incumbent)).toBe('good')
  })

  test('take turns, race, and end with their pool', async () => {
    const pool = new SolverPool({ size: 2 })
    const plans = await Promise.all(Array.from({ length: 5 }, () => pool.solve(five)))
    for (const plan of plans) expect(validateSolution(five, plan)).toBe('good')

    const winner = await pool.race(five, [
      { ...endlessParams },
      { engine: 'heuristic' },
      { seed: 3 },
    ])
    expect(validateSolution(five, winner)).toBe('good')
    expect((await failureOf(pool.race(five.withCapacity(11)))).code).toBe('infeasible')

    // One that never ends loses to one that does, and is stopped.
    const mixed = await pool.race(endless, [endlessParams, { engine: 'heuristic' }])
    expect(validateSolution(endless, mixed)).toBe('good')
    expect(validateSolution(five, await pool.solve(five))).toBe('good')

    const left = [failureOf(pool.solve(endless, endlessParams)), failureOf(pool.solve(five))]
    pool.dispose()
    expect((await left[0])?.code).toBe('disposed')
    expect((await failureOf(pool.solve(five))).code).toBe('disposed')
    await left[1]
  })

  test('explain what does not fit', async () => {
    const pool = new SolverPool({ size: 1 })
    expect(await pool.computeIrreducibleInfeasibleSubset(five.withCapacity(11))).toEqual([0, 2, 4])
    expect(await pool.computeIrreducibleInfeasibleSubset(five)).toEqual([])
    const stopped = failureOf(pool.computeIrreducibleInfeasibleSubset(five, { timeoutSeconds: 0 }))
    expect((await stopped).code).toBe('deadline-exceeded')
    const controller = new AbortController()
    const cancelled = failureOf(
      pool.computeIrreducibleInfeasibleSubset(endless, { signal: controller.signal }),
    )
    controller.abort()
    expect((await cancelled).code).toBe('cancelled')
    pool.dispose()
  })

  test('that die are replaced', async () => {
    const workers: Worker[] = []
    const pool = new SolverPool({
      size: 1,
      createWorker: () => {
        const worker = new Worker(join(dist, 'worker.js'))
        workers.push(worker)
        return worker
      },
    })
    const doomed = failureOf(
      pool.solve(endless, {
        ...endlessParams,
        onProgress: () => {
          void workers[0]?.terminate()
        },
      }),
    )
    expect(await doomed).toMatchObject({ code: 'aborted' })
    expect(await pool.solve(five)).toMatchObject({ height: 12 })
    expect(workers.length).toBe(2)
    pool.dispose()
  })

  test('whose script fails reject', async () => {
    const createWorker = (): Worker => new Worker('throw new Error("no good")', { eval: true })
    const error = await failureOf(solveInWorker(five, { createWorker }))
    expect(error).toMatchObject({ code: 'aborted' })
    expect(error.message).toContain('no good')
  })
})

describe('memory', () => {
  test('does not grow over 1 000 solves', async () => {
    const bytes = readFileSync(join(dist, 'core.wasm'))
    let memory: WebAssembly.Memory | undefined
    const { instantiate } = WebAssembly
    // Whoever instantiates it, the module exports its memory.
    WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
      const instance = await instantiate(module, imports)
      const isMemory = (value: unknown): value is WebAssembly.Memory =>
        value instanceof WebAssembly.Memory
      memory = Object.values(instance.exports).find(isMemory)
      return instance
    }) as typeof instantiate
    let slim
    try {
      slim = await loadSlim(bytes)
    } finally {
      WebAssembly.instantiate = instantiate
    }
    const problem = slim.Problem.fromCsv(five.toCsv(), { capacity: 12 })
    const solver = new slim.Solver({ engine: 'canonical' })
    const solve = async (times: number): Promise<number> => {
      for (let i = 0; i < times; ++i) await solver.solve(problem)
      return memory?.buffer.byteLength ?? NaN
    }
    const after10 = await solve(10)
    expect(after10).toBeGreaterThan(0)
    expect(await solve(1000)).toBe(after10)
  })

  test('that runs out ends the module, and load() makes another', async () => {
    const { load: fresh } = (await import(
      `${join(dist, 'slim.js')}?small`
    )) as typeof import('stowage/slim')
    const bytes = readFileSync(join(dist, 'core.wasm'))
    const small = await fresh(withMaximumMemory(bytes, 300))
    const count = 200_000
    const columns = {
      lower: new Float64Array(count),
      upper: new Float64Array(count).fill(1),
      size: new Float64Array(count).fill(1),
    }
    const attempt = (): unknown => new small.Problem(columns, { capacity: Infinity })
    expect(attempt).toThrow(expect.objectContaining({ code: 'out-of-memory' }) as Error)
    expect(() => small.Problem.fromCsv('id', { capacity: 1 })).toThrow(
      expect.objectContaining({ code: 'out-of-memory' }) as Error,
    )
    const again = await fresh(bytes)
    expect(new again.Problem(columns, { capacity: Infinity }).length).toBe(count)
  })

  test('of a module that cannot start is no lasting harm', async () => {
    const { load: fresh } = (await import(
      `${join(dist, 'slim.js')}?bad`
    )) as typeof import('stowage/slim')
    await expect(fresh(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'aborted' })
    await expect(fresh(undefined as never)).rejects.toMatchObject({ code: 'invalid-argument' })
    const module = await WebAssembly.compile(readFileSync(join(dist, 'core.wasm')))
    expect(await fresh(Promise.resolve(module))).toHaveProperty('Problem')
  })
})
