/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { StowageError } from '../errors.js'
import type { Plan } from '../planner/plan.js'
import { type Problem, problemFrom } from '../planner/problem.js'
import { cancelledBy, checkParams, type SolverParams } from '../planner/solver-params.js'
import { Connection, createWorker, type PlatformWorker } from './connection.js'
import { Job, type Question } from './job.js'
import type { Reply } from './protocol.js'

export interface SolverPoolOptions {
  /** How many workers; by default one for each processor, and at most 8. */
  readonly size?: number | undefined
  /**
   * Starts a worker from `stowage/worker`. Only where the package cannot find that script itself:
   * `() => new Worker(new URL('stowage/worker', import.meta.url), { type: 'module' })`.
   */
  readonly createWorker?: (() => PlatformWorker) | undefined
}

interface Seat {
  connection: Connection
  job: Job | undefined
}

/**
 * Workers that plan: module workers in browsers, worker_threads in Node. The caller's thread stays
 * free. Jobs wait their turn when all workers are busy. A worker that dies takes its job with it,
 * which rejects with `aborted`, and is replaced for the next. In Node an idle pool does not keep the
 * process alive.
 */
export class SolverPool {
  /** The number of workers. */
  readonly size: number
  readonly #createWorker: () => PlatformWorker
  readonly #seats = new Set<Seat>()
  readonly #waiting: Job[] = []
  #isDisposed = false

  constructor(options: SolverPoolOptions = {}) {
    const given = check.record('options', options, ['size', 'createWorker'])
    this.size = check.integer('size', given.size ?? defaultSize(), 1, 256)
    if (given.createWorker !== undefined) check.callback('createWorker', given.createWorker)
    this.#createWorker = options.createWorker ?? createWorker
  }

  /** As {@link Solver.solve}, in a worker. */
  async solve(problem: Problem, params: SolverParams = {}): Promise<Plan> {
    return this.#start('solve', problem, params).answer
  }

  /** As {@link Solver.computeIrreducibleInfeasibleSubset}, in a worker. */
  async computeIrreducibleInfeasibleSubset(
    problem: Problem,
    params: SolverParams = {},
  ): Promise<number[]> {
    return this.#start('explain', problem, params).answer
  }

  /**
   * Solves one problem in several ways at once, by default with a seed of its own for each worker:
   * the first answer, a plan or the proof that there is none, wins, and the others are cancelled.
   * Without any, rejects with the error of the search that came furthest.
   */
  async race(problem: Problem, entries?: readonly SolverParams[]): Promise<Plan> {
    const all: unknown = entries ?? Array.from({ length: this.size }, (_, seed) => ({ seed }))
    if (!Array.isArray(all) || all.length === 0) {
      throw check.invalid('entries', all, 'an array of at least one set of parameters')
    }
    problemFrom(problem)
    all.forEach(checkParams)
    const jobs = all.map((params: SolverParams) => this.#start('solve', problem, params))
    try {
      return await firstAnswer(jobs)
    } finally {
      for (const job of jobs) this.#cancel(job)
    }
  }

  /** Ends all workers; jobs that are not done reject with `disposed`. */
  dispose(): void {
    this.#isDisposed = true
    const error = new StowageError('disposed', 'the pool was disposed of')
    for (const seat of this.#seats) {
      seat.connection.terminate()
      seat.job?.fail(error)
    }
    this.#seats.clear()
    for (const job of this.#waiting.splice(0)) job.fail(error)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #start<Q extends Question>(question: Q, problem: Problem, params: SolverParams): Job<Q> {
    if (this.#isDisposed) throw new StowageError('disposed', 'the pool was disposed of')
    const { signal } = checkParams(params)
    const job = new Job(question, problemFrom(problem), params)
    if (signal?.aborted === true) {
      job.fail(cancelledBy(signal))
      return job
    }
    const cancel = (): void => {
      this.#cancel(job)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    job.whenDone(() => signal?.removeEventListener('abort', cancel))
    this.#waiting.push(job)
    this.#seatNext()
    return job
  }

  #cancel(job: Job): void {
    const at = this.#waiting.indexOf(job)
    if (at >= 0) {
      this.#waiting.splice(at, 1)
      job.fail(cancelledBy(job.params.signal))
    }
    for (const seat of this.#seats) {
      if (seat.job === job) seat.connection.post({ type: 'cancel', id: job.id })
    }
  }

  #seatNext(): void {
    while (this.#waiting.length > 0) {
      const seat = [...this.#seats].find((each) => each.job === undefined) ?? this.#open()
      if (seat === undefined) return
      const job = this.#waiting.shift()
      if (job === undefined) return
      seat.job = job
      seat.connection.keepAlive(true)
      seat.connection.post(job.request())
    }
  }

  /** A new worker, unless there are enough. */
  #open(): Seat | undefined {
    if (this.#seats.size >= this.size) return undefined
    const connection = new Connection(
      this.#createWorker(),
      (reply) => {
        this.#receive(seat, reply)
      },
      (error) => {
        this.#seats.delete(seat)
        connection.terminate()
        seat.job?.fail(error)
        this.#seatNext()
      },
    )
    const seat: Seat = { connection, job: undefined }
    this.#seats.add(seat)
    return seat
  }

  #receive(seat: Seat, reply: Reply): void {
    const { job } = seat
    if (job === undefined) return
    try {
      if (job.receive(reply)) this.#free(seat)
    } catch (error) {
      job.fail(error)
      this.#cancel(job)
    }
  }

  #free(seat: Seat): void {
    const didDie = seat.job?.isModuleDead === true
    seat.job = undefined
    seat.connection.keepAlive(false)
    if (didDie) {
      this.#seats.delete(seat)
      seat.connection.terminate()
    }
    this.#seatNext()
  }
}

/** As {@link Solver.solve}, in a worker of its own, which ends with the search. */
export async function solveInWorker(
  problem: Problem,
  options: SolverParams & Pick<SolverPoolOptions, 'createWorker'> = {},
): Promise<Plan> {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw check.invalid('options', options, 'an object')
  }
  const { createWorker, ...params } = options
  const pool = new SolverPool({ size: 1, createWorker })
  try {
    return await pool.solve(problem, params)
  } finally {
    pool.dispose()
  }
}

function defaultSize(): number {
  const { navigator, process } = globalThis as {
    navigator?: { hardwareConcurrency?: number }
    process?: Partial<NodeJS.Process>
  }
  const os = process?.getBuiltinModule?.('os')
  const processors = os?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 2
  return Math.min(8, Math.max(1, processors))
}

/**
 * The first plan that answers its job's question, or the first proof that there is none. Failing
 * both, the lowest plan (of searches for the least height that were stopped), then the error of the
 * search that came lowest.
 */
async function firstAnswer(jobs: readonly Job<'solve'>[]): Promise<Plan> {
  const plans: Plan[] = []
  const errors: Error[] = []
  return new Promise((resolve, reject) => {
    const settleLast = (): void => {
      if (plans.length + errors.length < jobs.length) return
      if (plans.length > 0) resolve(lowest(plans, (plan) => plan.height))
      else reject(lowest(errors, heightReached))
    }
    for (const { answer, params } of jobs) {
      answer.then(
        (plan) => {
          if (params.minimizeCapacity !== true || plan.optimal) resolve(plan)
          plans.push(plan)
          settleLast()
        },
        (cause: unknown) => {
          const error = cause as Error
          if (error instanceof StowageError && error.code === 'infeasible') reject(error)
          errors.push(error)
          settleLast()
        },
      )
    }
  })
}

function heightReached(error: Error): number {
  return (error instanceof StowageError ? error.incumbent?.height : undefined) ?? Infinity
}

function lowest<T>(items: readonly T[], height: (item: T) => number): T {
  return items.reduce((best, item) => (height(item) < height(best) ? item : best))
}
