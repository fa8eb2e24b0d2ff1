import { writeSync } from 'node:fs'

import { type Plan, type Problem, type Solver, type Stowage, StowageError } from '../planner.js'
import { CommandError, writeFile, writeOutput } from './files.js'
import { Exit, readProblem, say } from './input.js'
import { interruptible, stopOf, whyStopped } from './interrupt.js'
import * as messages from './messages.js'
import type { Options } from './options.js'
import { ProgressLine } from './progress.js'

/** How a search ended. */
interface Answer {
  readonly status: 'solved' | 'infeasible' | 'unknown'
  /** What is worth writing, if anything. */
  readonly plan: Plan | undefined
  readonly lowerBound: number
  /** What comes after the status. */
  readonly sentence: string
  /** Whether it took a search: the load alone may be the answer. */
  readonly isSearched: boolean
  readonly seconds: number
}

const exits = { solved: Exit.Answered, infeasible: Exit.NoAnswer, unknown: Exit.Unknown }

export async function runSolve(stowage: Stowage, options: Options): Promise<Exit> {
  const problem = readProblem(stowage, options, options.capacity ?? Infinity)
  const progress = new ProgressLine()
  const params = progress.show ? { ...options.params, onProgress: progress.show } : options.params
  const solver = new stowage.Solver(params)
  const answer = await search(solver, problem, progress)
  if (answer.plan !== undefined) {
    if (options.validate) refuseDefect(stowage, answer, answer.plan)
    writeFile(options.output, problem.toCsvBytes(answer.plan))
  }
  if (!options.json) {
    const { engine, nodes, backtracks } = solver
    const work = messages.work(engine, nodes, backtracks, answer.seconds)
    say(`${answer.status}: ${answer.sentence}${answer.isSearched ? work : ''}`)
  } else {
    const line = json(answer, solver, problem, options)
    if (options.output === '-') writeSync(2, line)
    else writeOutput(line)
  }
  return exits[answer.status]
}

async function search(solver: Solver, problem: Problem, progress: ProgressLine): Promise<Answer> {
  const began = performance.now()
  const elapsed = (): number => (performance.now() - began) / 1000
  const cancel = (): void => {
    solver.cancel()
  }
  try {
    const plan = await interruptible(cancel, solver.solve(problem))
    return solved(plan, elapsed())
  } catch (error) {
    if (error instanceof StowageError && error.code === 'infeasible') {
      return {
        status: 'infeasible',
        plan: undefined,
        lowerBound: error.lowerBound ?? 0,
        sentence: error.overload?.message ?? messages.noPlan(capacityOf(problem)),
        isSearched: error.overload === undefined,
        seconds: elapsed(),
      }
    }
    const stop = stopOf(error)
    if (stop === undefined) throw error
    return stopped(stop, problem, elapsed())
  } finally {
    progress.clear()
  }
}

function solved(plan: Plan, seconds: number): Answer {
  const { height, lowerBound } = plan
  const sentence = messages.heights(height, lowerBound, '')
  return { status: 'solved', plan, lowerBound, sentence, isSearched: true, seconds }
}

/** What a search that was stopped has to offer: perhaps a plan, within the capacity or above it. */
function stopped(error: StowageError, problem: Problem, seconds: number): Answer {
  const { incumbent: plan, lowerBound = 0 } = error
  if (plan !== undefined && plan.height <= problem.capacity) return solved(plan, seconds)
  const best = messages.heights(plan?.height, lowerBound, 'best ')
  const sentence = `${whyStopped(error)}; ${best}`
  return { status: 'unknown', plan, lowerBound, sentence, isSearched: true, seconds }
}

function refuseDefect(stowage: Stowage, { status }: Answer, plan: Plan): void {
  const { verdict, message } = stowage.explainVerdict(plan.problem, plan)
  // A plan above the capacity is what an unanswered search has to offer.
  if (verdict === 'good' || (status === 'unknown' && verdict === 'bad-offset')) return
  throw new CommandError(messages.defect(verdict, message))
}

function json(answer: Answer, solver: Solver, problem: Problem, options: Options): string {
  const fields = {
    status: answer.status,
    height: answer.plan?.height ?? null,
    lowerBound: answer.lowerBound,
    maxLoad: problem.stats().maxLoad,
    optimal: answer.plan?.height === answer.lowerBound,
    engine: solver.engine,
    nodes: solver.nodes,
    backtracks: solver.backtracks,
  }
  // Six digits after the point, which JSON.stringify would not keep.
  const seconds = answer.seconds.toFixed(6)
  const seed = String(options.params.seed ?? 0)
  return `${JSON.stringify(fields).slice(0, -1)},"seconds":${seconds},"seed":${seed}}\n`
}

function capacityOf(problem: Problem): number {
  return Math.min(problem.capacity, Number.MAX_SAFE_INTEGER)
}
