// Searches in a worker: one at a time, each with a number, so that answers to an older one are told
// apart and dropped.
import type { Plan, Problem, Progress, SolverParams, SolverPool } from 'stowage/slim'
import { StowageError } from 'stowage/slim'

import { current } from '../state/plans'
import { capacity, problem } from '../state/problem'
import { run, type Run } from '../state/run'
import { marked } from '../state/selection'
import { settings } from '../state/settings'
import { callModule, isDeath, startModule } from './module'
import { Incumbents } from './incumbents'
import { heuristicsFrom } from './params'

/** How long a worker may take to answer a cancellation before it is ended, in milliseconds. */
const patience = 80

/** How long a slider or a key may rest before the search begins, in milliseconds. */
const moment = 150

interface Search {
  readonly controller: AbortController
  /** Resolves once it has ended, however that was. */
  readonly ended: Promise<void>
}

let pool: SolverPool | undefined
let search: Search | undefined
let revision = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Looks for a plan within the capacity; without one, for the least height. */
export function solve(): Promise<void> {
  return capacity.peek() === null ? minimize() : start(searchFor('solving'))
}

/** Looks for the least height. */
export function minimize(): Promise<void> {
  return start(searchFor('minimizing'))
}

/** Looks for the buffers that are to blame when nothing fits, and marks them. */
export function explain(): Promise<void> {
  return start(explainInfeasible)
}

/** Ends the search, if there is one, within 100 ms. The best plan so far stays. */
export async function stop(): Promise<void> {
  if (search === undefined) return
  const { controller, ended } = search
  controller.abort()
  const impatience = setTimeout(endWorker, patience)
  await ended
  clearTimeout(impatience)
}

/** Drops the search: its question is no longer asked. */
export function abandon(): void {
  ++revision
  clearTimeout(timer)
  void stop()
  marked.value = null
  // A plan that was found is still one, if it is of this problem.
  const isKept = run.peek().state === 'solved' && current.peek() !== null
  if (!isKept) run.value = { state: 'idle' }
}

/** Solves after a moment, unless something changes until then. */
export function solveSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void solve(), moment)
}

function endWorker(): void {
  pool?.dispose()
  pool = undefined
}

type Task = (of: Problem, params: SolverParams, isLatest: () => boolean) => Promise<Run>

async function start(task: Task): Promise<void> {
  clearTimeout(timer)
  const mine = ++revision
  const isLatest = (): boolean => mine === revision
  await stop()
  const of = problem.peek()
  if (of === null || !isLatest()) return
  const controller = new AbortController()
  const started = { controller, ended: perform(task, of, controller.signal, isLatest) }
  search = started
  await started.ended
  if (search === started) search = undefined
}

async function perform(
  task: Task,
  of: Problem,
  signal: AbortSignal,
  isLatest: () => boolean,
): Promise<void> {
  let outcome: Run
  try {
    await startModule()
    outcome = await task(of, paramsFrom(signal), isLatest)
  } catch (error) {
    outcome = failure(error, signal)
  }
  if (!isLatest()) return
  if (outcome.state === 'infeasible') marked.value ??= outcome.overload?.buffers ?? null
  run.value = outcome
}

function paramsFrom(signal: AbortSignal): SolverParams {
  const { engine, seed, timeoutSeconds, switches, preorderingHeuristics } = settings.peek()
  return {
    ...switches,
    engine,
    seed,
    timeoutSeconds,
    preorderingHeuristics: heuristicsFrom(preorderingHeuristics),
    signal,
  }
}

function workers(): SolverPool {
  return (pool ??= callModule(({ SolverPool }) => new SolverPool({ size: 1 })))
}

/** Has a worker ready by the time that there is something to solve. */
export function wakeWorker(): void {
  const nothing = callModule(({ Problem }) => new Problem([], { capacity: 0 }))
  // If it cannot be started, the first search tells.
  workers()
    .solve(nothing)
    .catch(() => undefined)
}

function searchFor(state: 'solving' | 'minimizing'): Task {
  return async (of, params, isLatest) => {
    run.value = { state, progress: null }
    marked.value = null
    const incumbents = new Incumbents(state)
    const settings = {
      ...params,
      minimizeCapacity: state === 'minimizing',
      onProgress: (progress: Progress) => {
        if (isLatest()) incumbents.take(progress)
      },
    }
    try {
      const plan = await answer(of, settings)
      if (isLatest()) incumbents.finish(plan)
      return { state: 'solved', isOptimal: plan.optimal, seconds: incumbents.seconds }
    } catch (error) {
      if (isLatest() && error instanceof StowageError && error.incumbent !== undefined) {
        incumbents.finish(error.incumbent)
      }
      throw error
    }
  }
}

/** The plan. The least height is worth knowing even where it is above the capacity. */
async function answer(of: Problem, params: SolverParams): Promise<Plan> {
  try {
    return await workers().solve(of, params)
  } catch (error) {
    const isAbove = error instanceof StowageError && error.code === 'infeasible'
    if (!isAbove || params.minimizeCapacity !== true) throw error
    const unlimited = callModule(() => of.withCapacity(Infinity))
    return workers().solve(unlimited, params)
  }
}

const explainInfeasible: Task = async (of, params, isLatest) => {
  const before = run.peek()
  run.value = { state: 'explaining', progress: null }
  const subset = await workers().computeIrreducibleInfeasibleSubset(of, params)
  if (subset.length === 0) {
    return { state: 'stopped', message: 'There is a plan after all: press Solve to see it.' }
  }
  if (isLatest()) marked.value = subset
  if (before.state === 'infeasible') return before
  return { state: 'infeasible', message: '', overload: callModule(() => of.overload()) }
}

function failure(error: unknown, signal: AbortSignal): Run {
  if (!(error instanceof StowageError)) {
    return { state: 'failed', message: `The search could not be started: ${String(error)}` }
  }
  if (signal.aborted && (error.code === 'cancelled' || error.code === 'disposed')) {
    return { state: 'stopped', message: 'Stopped. The best plan so far is shown.' }
  }
  if (error.code === 'infeasible') {
    return { state: 'infeasible', message: error.message, overload: error.overload }
  }
  if (error.code === 'deadline-exceeded') return { state: 'stopped', message: timeUp(error) }
  if (isDeath(error)) {
    endWorker()
    return { state: 'failed', message: death(error) }
  }
  return { state: 'failed', message: error.message }
}

function timeUp({ exhausted, incumbent }: StowageError): string {
  const best = incumbent === undefined ? '' : ' The best plan so far is shown, above the capacity.'
  return exhausted
    ? `The search had nothing left to try, and has proven nothing: choose another engine.${best}`
    : `No answer within the time limit: give it more under Advanced, or try another seed.${best}`
}

function death({ code }: StowageError): string {
  return code === 'out-of-memory'
    ? 'The search ran out of memory. Try the engine heuristic, or a smaller problem.'
    : 'The search ended unexpectedly. Your problem is still here: press Solve to try again.'
}
