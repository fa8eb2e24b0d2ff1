import { StowageError } from '../errors.js'
import { Plan } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import type { Progress } from '../planner/solver-params.js'
import type { Findings } from '../planner/solver.js'
import type { Job } from './job.js'

/**
 * Several searches of one problem at once. The first that answers its question answers for all; until
 * then each hears of the plans and bounds of the others.
 */
export class Race {
  /**
   * The first plan that answers its job's question, or the first proof that there is none. Failing
   * both, the lowest plan (of searches for the least height that were stopped), then the error of the
   * search that came lowest.
   */
  readonly answer: Promise<Plan>
  readonly #problem: Problem
  readonly #size: number
  readonly #tell: (findings: Findings) => void
  readonly #onProgress: ((progress: Progress) => void) | undefined
  readonly #latest: Progress[] = []
  #best: Plan | undefined
  #lowerBound = 0
  #plans = 0
  readonly #errors: Error[] = []
  #resolve!: (plan: Plan) => void
  #reject!: (error: Error) => void

  /** Of `size` searches in all. `tell` passes on to them what all of them have found. */
  constructor(
    problem: Problem,
    size: number,
    tell: (findings: Findings) => void,
    onProgress: ((progress: Progress) => void) | undefined,
  ) {
    this.#problem = problem
    this.#size = size
    this.#tell = tell
    this.#onProgress = onProgress
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Takes part with one of the searches. */
  join({ answer, params }: Job<'solve'>): void {
    answer.then(
      (plan) => {
        this.#raise(plan.lowerBound)
        this.#best = this.#best === undefined ? plan : lowest([plan, this.#best], heightOf)
        ++this.#plans
        if (params.minimizeCapacity === true) this.#settle()
        else this.#resolve(plan)
      },
      (cause: unknown) => {
        const error = cause as Error
        this.#errors.push(error)
        // A proof, or a mistake in a callback.
        if (!(error instanceof StowageError) || error.code === 'infeasible') this.#reject(error)
        else this.#raise(error.lowerBound ?? 0)
        this.#settle()
      },
    )
  }

  /** Takes in what one of the searches says of itself. Throws what `onProgress` throws. */
  hear(racer: number, progress: Progress): void {
    const isNew = this.#latest[racer] === undefined
    this.#latest[racer] = progress
    const plan = progress.incumbent()
    const isBetter = plan !== undefined && plan.height < (this.#best?.height ?? Infinity)
    if (isBetter) this.#best = plan
    const isHigher = this.#raise(progress.lowerBound)
    if (this.#isDone()) {
      this.#finish()
    } else if (isBetter || isHigher || isNew) {
      // One that joins late hears of what there is already.
      this.#tell({ height: this.#best?.height, lowerBound: this.#lowerBound })
    }
    this.#onProgress?.(this.#merged(progress))
  }

  /** Ends the race if all together have the answer, or all have ended. */
  #settle(): void {
    const haveEnded = this.#plans + this.#errors.length === this.#size
    if (this.#isDone() || (haveEnded && this.#plans > 0)) this.#finish()
    else if (haveEnded) this.#reject(lowest(this.#errors, heightReached))
  }

  #raise(lowerBound: number): boolean {
    const isHigher = lowerBound > this.#lowerBound
    if (isHigher) this.#lowerBound = lowerBound
    return isHigher
  }

  /** Whether what all have found together answers every question. */
  #isDone(): boolean {
    const height = this.#best?.height ?? Infinity
    return height <= this.#lowerBound && height <= this.#problem.capacity
  }

  #finish(): void {
    const best = this.#best
    if (best === undefined) return
    const { offsets, height, engine } = best
    const lowerBound = Math.max(this.#lowerBound, best.lowerBound)
    this.#resolve(new Plan(this.#problem, { offsets, height, lowerBound, engine }))
  }

  /** The work of all, and the best of each. */
  #merged({ seconds, engine }: Progress): Progress {
    const best = this.#best
    const sum = (count: (progress: Progress) => number): number =>
      this.#latest.reduce((total, each) => total + count(each), 0)
    return {
      height: best?.height,
      lowerBound: this.#lowerBound,
      nodes: sum((each) => each.nodes),
      backtracks: sum((each) => each.backtracks),
      seconds,
      engine: best?.engine ?? engine,
      incumbent: () => best,
    }
  }
}

function heightReached(error: Error): number {
  return (error instanceof StowageError ? error.incumbent?.height : undefined) ?? Infinity
}

function heightOf(plan: Plan): number {
  return plan.height
}

function lowest<T>(items: readonly T[], height: (item: T) => number): T {
  return items.reduce((best, item) => (height(item) < height(best) ? item : best))
}
