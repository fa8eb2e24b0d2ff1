// Plans on their way to the picture: judged first, and no more often than the page can take.
import type { Plan, Progress } from 'stowage/slim'

import { current, type PlanEntry } from '../state/plans'
import { problem } from '../state/problem'
import { run, type RunProgress } from '../state/run'
import { callModule } from './module'

/** Between two plans that are shown, at least; more when judging one takes long. In milliseconds. */
const interval = 120

/** The improving plans of one search. */
export class Incumbents {
  #next = 0
  #shown: Plan | undefined
  #last: Progress | undefined
  /** Looking for the least height never makes the picture worse: a plan above this is no news. */
  readonly #most: number

  constructor(readonly state: 'solving' | 'minimizing') {
    this.#most = state === 'minimizing' ? heightReached() : Infinity
  }

  /** How long the search has taken, without the time for starting a worker. */
  get seconds(): number {
    return this.#last?.seconds ?? 0
  }

  take(progress: Progress): void {
    this.#last = progress
    run.value = { state: this.state, progress: runProgressFrom(progress, this.#most) }
    const plan = progress.incumbent()
    const now = performance.now()
    if (plan === undefined || plan === this.#shown || now < this.#next) return
    if (plan.height >= this.#most) return
    this.#shown = plan
    show(this.#entry(plan))
    this.#next = now + Math.max(interval, 4 * (performance.now() - now))
  }

  /** The last plan. */
  finish(plan: Plan): void {
    if (plan.height <= this.#most) show(this.#entry(plan))
  }

  #entry(plan: Plan): Omit<PlanEntry, 'fault'> {
    const { capacity } = plan.problem
    const limit = Number.isFinite(capacity) ? `capacity ${String(capacity)}` : 'no capacity'
    const aim = this.state === 'minimizing' ? 'least height' : limit
    const { nodes, backtracks, engine } = this.#last ?? {}
    return {
      plan,
      name: `${plan.engine ?? engine ?? 'auto'}, ${aim}`,
      engine: plan.engine ?? engine,
      nodes,
      backtracks,
      seconds: this.seconds,
    }
  }
}

/** Shows a plan, with what the validator has against it. */
export function show(entry: Omit<PlanEntry, 'fault'>): void {
  const { plan } = entry
  const { message } = callModule(({ explainVerdict }) => explainVerdict(plan.problem, plan))
  current.value = { ...entry, fault: message }
}

/** Of the good plan that is shown already; infinite when there is none. */
function heightReached(): number {
  const entry = current.peek()
  const isOfProblem = entry?.plan.problem === problem.peek()
  return isOfProblem && entry.fault === '' ? entry.plan.height : Infinity
}

function runProgressFrom(progress: Progress, most: number): RunProgress {
  const { lowerBound, nodes, seconds, engine } = progress
  const height = Math.min(progress.height ?? Infinity, most)
  return {
    height: height === Infinity ? undefined : height,
    lowerBound,
    nodes,
    nodesPerSecond: seconds > 0 ? nodes / seconds : 0,
    seconds,
    engine,
  }
}
