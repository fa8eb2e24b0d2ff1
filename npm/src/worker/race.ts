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
  readonly #problem: Problem
  readonly #tell: (findings: Findings) => void
  readonly #onProgress: ((progress: Progress) => void) | undefined
  readonly #latest: Progress[] = []
  #best: Plan | undefined
  #lowerBound = 0
  #resolve!: (plan: Plan) => void

  /** `tell` passes on to the searches what all of them have found. */
  constructor(
    problem: Problem,
    tell: (findings: Findings) => void,
    onProgress: ((progress: Progress) => void) | undefined,
  ) {
    this.#problem = problem
    this.#tell = tell
    this.#onProgress = onProgress
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

  /**
   * The first plan that answers its job's question, or the first proof that there is none. Failing
   * both, the lowest plan (of searches for the least height that were stopped), then the error of the
   * search that came lowest.
   */
  answer(jobs: readonly Job<'solve'>[]): Promise<Plan> {
    const plans: Plan[] = []
    const errors: Error[] = []
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      const settleLast = (): void => {
        if (plans.length + errors.length < jobs.length) return
        if (plans.length > 0) this.#finish()
        else reject(lowest(errors, heightReached))
      }
      for (const { answer, params } of jobs) {
        answer.then(
          (plan) => {
            this.#raise(plan.lowerBound)
            this.#best = this.#best === undefined ? plan : lowest([plan, this.#best], heightOf)
            plans.push(plan)
            if (params.minimizeCapacity !== true) resolve(plan)
            else if (this.#isDone()) this.#finish()
            else settleLast()
          },
          (cause: unknown) => {
            const error = cause as Error
            errors.push(error)
            // A proof, or a mistake in a callback.
            if (!(error instanceof StowageError) || error.code === 'infeasible') reject(error)
            else this.#raise(error.lowerBound ?? 0)
            if (this.#isDone()) this.#finish()
            else settleLast()
          },
        )
      }
    })
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
