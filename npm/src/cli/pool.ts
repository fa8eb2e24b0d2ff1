import { type Plan, type PoolPolicy, type Problem, StowageError, type Stowage } from '../index.js'
import { inputName, writeOutput } from './files.js'
import { Exit, parsed, readProblem, say } from './input.js'
import { interruptible, stopOf } from './interrupt.js'
import * as messages from './messages.js'
import type { Options } from './options.js'
import { hasFailures, json, type PolicyOutcome, table } from './pool-report.js'

interface StaticPlan {
  /** None where fixed offsets leave no plan. */
  readonly height: number | undefined
  readonly lowerBound: number
}

/** The buffers' memory handed out online, next to the static plan. */
export async function runPool(stowage: Stowage, options: Options): Promise<Exit> {
  const sayOfInput = (what: string): void => {
    say(`stowage: ${inputName(options.input)}: ${what}`)
  }
  const problem = readProblem(stowage, options, Infinity)
  if (problem.buffers.some(({ gaps }) => gaps.length > 0)) sayOfInput(messages.gapsAreHeld)
  const { capacity } = options
  const policies = parsed(options, () =>
    options.policies.map((policy) => replay(stowage, problem, policy, capacity)),
  )
  const plan = await lowestPlan(stowage, problem, options)
  const report = { maxLoad: problem.stats().maxLoad, capacity, policies, ...plan }
  if (hasFailures(report)) sayOfInput(messages.offsetsAreTaken)
  writeOutput(options.json ? json(report) : table(report))
  if (!options.json) say(messages.staticPlan(plan.height, plan.lowerBound))
  return Exit.Answered
}

function replay(
  { replayOnline }: Stowage,
  problem: Problem,
  policy: PoolPolicy,
  capacity: number | undefined,
): PolicyOutcome {
  const { peakEnd, failures } = replayOnline(problem.buffers, { policy })
  const fixed =
    capacity === undefined ? undefined : replayOnline(problem.buffers, { policy, capacity })
  return { policy, peakEnd, failures, failuresAtCapacity: fixed?.failures ?? null }
}

/** The lowest plan found within the time limit. */
async function lowestPlan(
  { Solver }: Stowage,
  problem: Problem,
  { params }: Options,
): Promise<StaticPlan> {
  const solver = new Solver({ ...params, minimizeCapacity: true })
  const cancel = (): void => {
    solver.cancel()
  }
  try {
    return found(await interruptible(cancel, solver.solve(problem)))
  } catch (error) {
    if (error instanceof StowageError && error.code === 'infeasible') {
      return { height: undefined, lowerBound: error.lowerBound ?? 0 }
    }
    const stop = stopOf(error)
    if (stop === undefined) throw error
    return { height: stop.incumbent?.height, lowerBound: stop.lowerBound ?? 0 }
  }
}

function found({ height, lowerBound }: Plan): StaticPlan {
  return { height, lowerBound }
}
