import { StowageError } from '../errors.js'
import { Plan, type PlanInit } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import type { SolverParams } from '../planner/solver-params.js'
import type { Reply, Request, SentError } from './protocol.js'

let lastId = 0

interface Answers {
  solve: Plan
  explain: number[]
}

/** What is asked of a worker: for a plan, or for an irreducible infeasible subset. */
export type Question = keyof Answers

/** One search in a worker, seen from the caller's side. */
export class Job<Q extends Question = Question> {
  readonly id = ++lastId
  readonly answer: Promise<Answers[Q]>
  /** Whether the worker's module died of this job. */
  isModuleDead = false
  #resolve!: (answer: Answers[Question]) => void
  #reject!: (error: unknown) => void
  #onDone: () => void = nothing
  #incumbent: Plan | undefined

  constructor(
    readonly question: Q,
    readonly problem: Problem,
    readonly params: SolverParams,
  ) {
    this.answer = new Promise((resolve, reject) => {
      // The worker answers what it was asked.
      this.#resolve = resolve as (answer: Answers[Question]) => void
      this.#reject = reject
    })
    // A race loses all but one; their rejections are nobody's.
    this.answer.catch(nothing)
  }

  /** Calls `onDone` once there is an answer or an error. */
  whenDone(onDone: () => void): void {
    this.#onDone = onDone
  }

  request(): Request {
    // Neither a callback nor a signal can be sent.
    const params = { ...this.params, onProgress: undefined, signal: undefined }
    const wantsProgress = this.params.onProgress !== undefined
    return {
      type: this.question,
      id: this.id,
      columns: this.problem.columns,
      params,
      wantsProgress,
    }
  }

  /** Takes in a reply; true if it ends the job. Throws what `onProgress` throws. */
  receive(reply: Reply): boolean {
    if (reply.id !== this.id) return false
    if (reply.type === 'progress') {
      this.#tell(reply)
      return false
    }
    if (reply.type === 'error') this.fail(this.#error(reply.error))
    else this.#succeed(reply.type === 'plan' ? this.#plan(reply.plan) : [...reply.subset])
    return true
  }

  fail(error: unknown): void {
    this.#onDone()
    this.#reject(error)
  }

  #succeed(answer: Answers[Question]): void {
    this.#onDone()
    this.#resolve(answer)
  }

  #tell({ progress, incumbent }: Extract<Reply, { type: 'progress' }>): void {
    if (incumbent !== undefined) this.#incumbent = this.#plan(incumbent)
    const best = this.#incumbent
    this.params.onProgress?.({ ...progress, incumbent: () => best })
  }

  #plan(init: PlanInit): Plan {
    return new Plan(this.problem, init)
  }

  #error({ code, message, incumbent, ...details }: SentError): StowageError {
    this.isModuleDead = code === 'out-of-memory' || code === 'aborted'
    return new StowageError(code, message, {
      ...details,
      incumbent: incumbent && this.#plan(incumbent),
    })
  }
}

function nothing(): void {
  // On purpose.
}
