/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { StowageError } from '../errors.js'
import type { Plan } from '../planner/plan.js'
import { type Problem, problemFrom } from '../planner/problem.js'
import type { Findings } from '../planner/solver.js'
import {
  cancelledBy,
  checkParams,
  mostRacers,
  type Progress,
  type SolverParams,
} from '../planner/solver-params.js'
import { Connection, createWorker, type PlatformWorker } from './connection.js'
import { Job, type Question } from './job.js'
import type { Reply } from './protocol.js'
import { Race } from './race.js'

export interface SolverPoolOptions {
  /** How many workers; by default one for each processor, and at most 8. */
  readonly size?: number | undefined
  /**
   * Starts a worker from `stowage/worker`. Only where the package cannot find that script itself:
   * `() => new Worker(new URL('stowage/worker', import.meta.url), { type: 'module' })`.
   */
  readonly createWorker?: (() => PlatformWorker) | undefined
}

/**
 * How long the first of a race searches alone, in milliseconds: what takes no longer gains nothing
 * from company, and would lose the processor time that the others take to get going.
 */
const headStart = 20

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
    this.size = check.integer('size', given.size ?? defaultSize(), 1, mostRacers)
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
   * Searches for one answer in all workers at once, each in another way: the first answer, a plan or
   * the proof that there is none, wins, and the others are cancelled. The first worker searches just
   * as {@link Solver.solve} would, and the others join it if it takes more than a moment, so that a
   * race of several takes no longer than one search, given a processor for each. In the search for the least height they tell each other of plans and bounds.
   * Which plan wins may differ from run to run. `onProgress` hears of all together.
   *
   * With an array, one search for each of its parameters, as they are. Without any answer, rejects
   * with the error of the search that came lowest.
   */
  async race(problem: Problem, params: SolverParams | readonly SolverParams[] = {}): Promise<Plan> {
    problemFrom(problem)
    const isList = Array.isArray(params)
    const entries = isList ? checkedEntries(params) : this.#entries(params as SolverParams)
    const jobs: Job<'solve'>[] = []
    const race = new Race(
      problem,
      entries.length,
      (findings) => {
        for (const job of jobs) this.#report(job, findings)
      },
      isList ? undefined : (params as SolverParams).onProgress,
    )
    const areTold = entries.some((entry) => entry.minimizeCapacity === true || entry.onProgress)
    const join = (entry: SolverParams): void => {
      const racer = jobs.length
      const onProgress = (progress: Progress): void => {
        if (isList) entry.onProgress?.(progress)
        race.hear(racer, progress)
      }
      const job = new Job('solve', problem, areTold ? { ...entry, onProgress } : entry)
      jobs.push(job)
      race.join(job)
      this.#enqueue(job)
    }
    const atOnce = isList ? entries.length : 1
    entries.slice(0, atOnce).forEach(join)
    // Until then there is nothing but one search and a timer.
    const timer = setTimeout(() => {
      entries.slice(atOnce).forEach(join)
    }, headStart)
    try {
      return await race.answer
    } finally {
      clearTimeout(timer)
      for (const job of jobs) this.#cancel(job)
    }
  }

  /** Ends all workers; jobs that are not done reject with `disposed`. */
  dispose(): void {
    this.#isDisposed = true
    const error = disposed()
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
    checkParams(params)
    const job = new Job(question, problemFrom(problem), params)
    this.#enqueue(job)
    return job
  }

  #enqueue(job: Job): void {
    const { signal } = job.params
    if (this.#isDisposed) {
      job.fail(disposed())
      return
    }
    if (signal?.aborted === true) {
      job.fail(cancelledBy(signal))
      return
    }
    const cancel = (): void => {
      this.#cancel(job)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    job.whenDone(() => signal?.removeEventListener('abort', cancel))
    this.#waiting.push(job)
    this.#seatNext()
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

  #report(job: Job, findings: Findings): void {
    for (const seat of this.#seats) {
      if (seat.job === job) seat.connection.post({ type: 'report', id: job.id, findings })
    }
  }

  /** The same question for each worker. */
  #entries(params: SolverParams): SolverParams[] {
    checkParams(params)
    return Array.from({ length: this.size }, (_, racer) => ({ ...params, racer }))
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

function checkedEntries(entries: readonly SolverParams[]): readonly SolverParams[] {
  if (entries.length === 0) {
    throw check.invalid('params', entries, 'parameters, or an array of at least one set of them')
  }
  entries.forEach(checkParams)
  return entries
}

function disposed(): StowageError {
  return new StowageError('disposed', 'the pool was disposed of')
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
