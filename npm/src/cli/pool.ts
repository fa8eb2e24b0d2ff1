import { type Plan, type Problem, StowageError, type Stowage } from '../planner.js'
import { load as loadPools, type PoolPolicy, type Pools } from '../pool.js'
import { inputName, readFile, writeOutput } from './files.js'
import { Exit, parsed, say, toProblem } from './input.js'
import { interruptible, stopOf } from './interrupt.js'
import * as messages from './messages.js'
import type { Options } from './options.js'
import { hasFailures, json, type PolicyOutcome, table } from './pool-report.js'
import { formatOf } from './trace/format.js'
import { readPoolLog } from './trace/pool-log.js'
import type { RecordedTrace } from './trace/recorded-trace.js'
import { readRmmLog } from './trace/rmm-log.js'

interface StaticPlan {
  /** None where fixed offsets leave no plan. */
  readonly height: number | undefined
  readonly lowerBound: number
}

/** A trace, if it was one, and the problem that planning ahead would have had to solve. */
interface Input {
  readonly problem: Problem
  readonly trace: RecordedTrace | undefined
}

/** The memory of a problem, or of a recorded trace, handed out online, next to the static plan. */
export async function runPool(stowage: Stowage, options: Options): Promise<Exit> {
  const pools = await loadPools()
  const { problem, trace } = read(stowage, options)
  sayWhatTakesNoPart(options, problem, trace)
  const capacity = options.capacity ?? trace?.total
  const policies = parsed(options, () =>
    options.policies.map((policy) => replay(pools, { problem, trace }, policy, capacity)),
  )
  const plan = await lowestPlan(stowage, problem, options)
  const { maxLoad } = problem.stats()
  const report = { maxLoad, capacity, policies, ...plan }
  if (hasFailures(report)) sayOfInput(options, messages.offsetsAreTaken)
  writeOutput(options.json ? json(report) : table(report))
  if (options.json) return Exit.Answered
  if (trace !== undefined) {
    const { numEvents, neverFreed, defragmentedAt } = trace
    say(messages.trace(numEvents, problem.length, neverFreed, defragmentedAt.length, maxLoad))
  }
  say(messages.staticPlan(plan.height, plan.lowerBound))
  return Exit.Answered
}

function read(stowage: Stowage, options: Options): Input {
  const bytes = readFile(options.input)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const format = formatOf(text)
  if (format === 'problem') {
    return { problem: toProblem(stowage, options, bytes, Infinity), trace: undefined }
  }
  return parsed(options, () => {
    const trace = format === 'pool-log' ? readPoolLog(text) : readRmmLog(text)
    return { problem: new stowage.Problem(trace.blocks, { capacity: Infinity }), trace }
  })
}

function sayWhatTakesNoPart(
  options: Options,
  problem: Problem,
  trace: RecordedTrace | undefined,
): void {
  if (problem.buffers.some(({ gaps }) => gaps.length > 0)) sayOfInput(options, messages.gapsAreHeld)
  if (trace === undefined) return
  const { failedAllocations: failed } = trace
  if (failed.count > 0) {
    sayOfInput(options, messages.failedWhenLogged(failed.count, failed.firstLine))
  }
}

function sayOfInput({ input }: Options, what: string): void {
  say(`stowage: ${inputName(input)}: ${what}`)
}

function replay(
  { replayOnline }: Pools,
  { problem, trace }: Input,
  policy: PoolPolicy,
  capacity: number | undefined,
): PolicyOutcome {
  const how = { policy, defragmentedAt: trace?.defragmentedAt }
  const { peakEnd, failures } = replayOnline(problem.buffers, how)
  const fixed =
    capacity === undefined ? undefined : replayOnline(problem.buffers, { ...how, capacity })
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
