import * as check from '../check.js'
import { core, type Core, overloadOf, stowageError } from '../core/core.js'
import {
  type CoreOverload,
  ExplanationStatus,
  type SearchHandle,
  SearchStatus,
} from '../core/module.js'
import { type ErrorDetails, StowageError } from '../errors.js'
import { Plan } from './plan.js'
import { type Problem, problemFrom } from './problem.js'
import { runInSlices, type Stop } from './slices.js'
import {
  cancelledBy,
  type CheckedParams,
  checkParams,
  type Engine,
  type Progress,
  type SolverParams,
} from './solver-params.js'

/** Between two calls of `onProgress` when there is nothing new, in milliseconds. */
const progressInterval = 100

/** What is known of the answer from elsewhere. */
export interface Findings {
  /** There is a plan of this height. */
  readonly height?: number | undefined
  /** No plan is lower than this. */
  readonly lowerBound?: number | undefined
}

interface Run {
  cancelled: boolean
  /** Takes in what is known from elsewhere, while there is a search to tell. */
  hear: ((findings: Findings) => void) | undefined
  counters: { nodes: number; backtracks: number }
  engine: Engine
}

/**
 * Finds plans, or proves that there are none. One solver may run several searches at a time; they
 * share the caller's thread with each other and with the event loop.
 */
export class Solver {
  readonly #params: CheckedParams
  readonly #runs = new Set<Run>()
  #latest: Run | undefined

  /** Throws `invalid-argument` for unknown or wrong parameters. */
  constructor(params: SolverParams = {}) {
    this.#params = checkParams(params)
  }

  /** States visited by the latest search, which may still be running. */
  get nodes(): number {
    return this.#latest?.counters.nodes ?? 0
  }

  /** States that the latest search gave up because nothing was left to try below them. */
  get backtracks(): number {
    return this.#latest?.counters.backtracks ?? 0
  }

  /** Whose search gave the latest plan, or the proof that there is none. */
  get engine(): Engine {
    return this.#latest?.engine ?? this.#params.search.engine
  }

  /** Ends all searches of this solver that are running; they reject with `cancelled`. */
  cancel(): void {
    for (const run of this.#runs) run.cancelled = true
  }

  /**
   * Tells the searches of this solver that are running what is known of their problem from elsewhere,
   * say from other searches of it. It must be true. Under `minimizeCapacity` they look only for plans
   * lower than `height` from then on; when there are none they reject with `deadline-exceeded`, as
   * `exhausted`, and with a `lowerBound` of that height.
   */
  report(findings: Findings): void {
    const given = check.record('findings', findings, ['height', 'lowerBound'])
    const height = check.integer('height', given.height ?? Number.MAX_SAFE_INTEGER, 0)
    const lowerBound = check.integer('lowerBound', given.lowerBound ?? 0, 0)
    for (const run of this.#runs) run.hear?.({ height, lowerBound })
  }

  /**
   * A plan within the capacity; with `minimizeCapacity` one of the least height, or, when the time
   * limit comes first, the best so far within the capacity (`optimal` tells). Rejects with
   * `infeasible`, `deadline-exceeded` or `cancelled`; see {@link StowageError} for what comes with
   * each. The event loop runs at least every 16 ms, but for the steps of the set-up of problems with
   * many thousand buffers (docs/benchmarks.md has figures); `solveInWorker` keeps those off, too.
   */
  async solve(problem: Problem): Promise<Plan> {
    const { columns } = problemFrom(problem)
    return this.#run(async (run, deadline) => {
      const using = core()
      const search = using.call((module) => new module.Search(columns, this.#params.search))
      try {
        const error = using.call(() => search.error())
        if (error !== null) throw stowageError(error)
        run.hear = ({ height = Infinity, lowerBound = 0 }) => {
          using.call(() => {
            search.report(height, lowerBound)
          })
        }
        const watch = new Watch(using, search, problem, run, this.#params)
        const outcome = await runInSlices(
          using,
          (milliseconds) => search.step(Infinity, milliseconds),
          SearchStatus.Running,
          {
            deadline,
            cancelled: () => this.#isCancelled(run),
            starting: () => using.call(() => search.isStarting()),
            afterSlice: () => {
              watch.look()
            },
          },
        )
        watch.look()
        return this.#answer(
          outcome,
          problem,
          using.call(() => findings(problem, search)),
        )
      } finally {
        run.hear = undefined
        release(using, search)
      }
    })
  }

  /**
   * The positions of an irreducible infeasible subset: buffers that cannot fit within the capacity
   * together, though they can as soon as any one is taken out. Empty when the problem has a plan.
   * Rejects with `deadline-exceeded` or `cancelled`; the error's `subset` is the best so far.
   */
  async computeIrreducibleInfeasibleSubset(problem: Problem): Promise<number[]> {
    const { columns } = problemFrom(problem)
    return this.#run(async (run, deadline) => {
      const using = core()
      const params = { ...this.#params.search, minimizeCapacity: false }
      const search = using.call((module) => new module.Explanation(columns, params))
      try {
        const error = using.call(() => search.error())
        if (error !== null) throw stowageError(error)
        const count = (): void => {
          run.counters = using.call(() => ({
            nodes: search.nodes(),
            backtracks: search.backtracks(),
          }))
        }
        const outcome = await runInSlices(
          using,
          (milliseconds) => search.step(Infinity, milliseconds),
          ExplanationStatus.Running,
          { deadline, cancelled: () => this.#isCancelled(run), afterSlice: count },
        )
        count()
        if (outcome === ExplanationStatus.Feasible) return []
        const subset = [...using.call(() => search.subset())]
        if (outcome === ExplanationStatus.Found) return subset
        throw this.#stopped(outcome, { subset: subset.length === 0 ? undefined : subset })
      } finally {
        release(using, search)
      }
    })
  }

  async #run<T>(search: (run: Run, deadline: number) => Promise<T>): Promise<T> {
    const { engine } = this.#params.search
    const counters = { nodes: 0, backtracks: 0 }
    const run: Run = { cancelled: false, hear: undefined, counters, engine }
    this.#latest = run
    this.#runs.add(run)
    try {
      if (this.#isCancelled(run)) throw cancelledBy(this.#params.signal)
      return await search(run, performance.now() + this.#params.timeoutSeconds * 1000)
    } finally {
      this.#runs.delete(run)
    }
  }

  #isCancelled(run: Run): boolean {
    return run.cancelled || this.#params.signal?.aborted === true
  }

  #answer(outcome: number | Stop, problem: Problem, found: Outcome): Plan {
    const { incumbent, lowerBound, overload } = found
    if (outcome === SearchStatus.Infeasible) {
      const message = overload?.message ?? `no plan fits within ${String(problem.capacity)}`
      throw new StowageError('infeasible', message, {
        incumbent,
        lowerBound,
        overload: overloadOf(overload),
      })
    }
    const fits = incumbent !== undefined && incumbent.height <= problem.capacity
    if (fits && outcome !== 'cancelled') return incumbent
    throw this.#stopped(outcome, { incumbent, lowerBound })
  }

  #stopped(outcome: number | Stop, details: ErrorDetails): StowageError {
    if (outcome === 'cancelled') {
      const { message, cause } = cancelledBy(this.#params.signal)
      return new StowageError('cancelled', message, { ...details, cause })
    }
    const why =
      outcome === 'deadline'
        ? `no answer within ${String(this.#params.timeoutSeconds)} s`
        : 'the search has nothing left to try and has proven nothing'
    return new StowageError('deadline-exceeded', why, {
      ...details,
      exhausted: outcome !== 'deadline',
    })
  }
}

/** Keeps the counters of a run, and tells `onProgress`. */
class Watch {
  readonly #began = performance.now()
  #told = this.#began
  #height = -1
  #lowerBound = -1

  constructor(
    readonly using: Core,
    readonly search: SearchHandle,
    readonly problem: Problem,
    readonly run: Run,
    readonly params: CheckedParams,
  ) {}

  look(): void {
    const { search } = this
    const now = performance.now()
    const seen = this.using.call(() => ({
      nodes: search.nodes(),
      backtracks: search.backtracks(),
      height: search.height(),
      lowerBound: search.lowerBound(),
      engine: search.engine() as Engine,
    }))
    this.run.counters = seen
    this.run.engine = seen.engine
    const isNew = seen.height !== this.#height || seen.lowerBound !== this.#lowerBound
    if (!isNew && now - this.#told < progressInterval) return
    this.#told = now
    this.#height = seen.height
    this.#lowerBound = seen.lowerBound
    this.params.onProgress?.({
      ...seen,
      height: seen.height < 0 ? undefined : seen.height,
      seconds: (now - this.#began) / 1000,
      incumbent: () => this.using.call(() => incumbentOf(this.problem, search)),
    } satisfies Progress)
  }
}

interface Outcome {
  readonly incumbent: Plan | undefined
  readonly lowerBound: number
  readonly overload: CoreOverload | null
}

/** What a search that has stopped leaves. */
function findings(problem: Problem, search: SearchHandle): Outcome {
  return {
    incumbent: incumbentOf(problem, search),
    lowerBound: search.lowerBound(),
    overload: search.overload(),
  }
}

function incumbentOf(problem: Problem, search: SearchHandle): Plan | undefined {
  const offsets = search.offsets()
  if (offsets === null) return undefined
  return new Plan(problem, {
    offsets,
    height: search.height(),
    lowerBound: search.lowerBound(),
    engine: search.engine() as Engine,
  })
}

/** Frees native memory, unless the module that held it is gone. */
function release(using: Core, handle: { delete(): void }): void {
  if (using.alive) {
    using.call(() => {
      handle.delete()
    })
  }
}
