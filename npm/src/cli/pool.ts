import {
  type OnlineReplay,
  type Plan,
  type PoolPolicy,
  type Problem,
  StowageError,
  type Stowage,
} from '../index.js'
import { inputName, writeOutput } from './files.js'
import { Exit, readProblem, say } from './input.js'
import { interruptible, stopOf } from './interrupt.js'
import * as messages from './messages.js'
import type { Options } from './options.js'

interface Row {
  readonly policy: PoolPolicy
  readonly peakEnd: number
  /** With a capacity. */
  readonly failures: number | null
}

interface StaticPlan {
  /** None where fixed offsets leave no plan. */
  readonly height: number | undefined
  readonly lowerBound: number
}

/** The buffers' memory handed out online, next to the static plan. */
export async function runPool(stowage: Stowage, options: Options): Promise<Exit> {
  const problem = readProblem(stowage, options, Infinity)
  if (problem.buffers.some(({ gaps }) => gaps.length > 0)) {
    say(`stowage: ${inputName(options.input)}: ${messages.gapsAreHeld}`)
  }
  const { maxLoad } = problem.stats()
  const { capacity } = options
  const rows = options.policies.map((policy) => replay(stowage, problem, policy, capacity))
  const plan = await lowestPlan(stowage, problem, options)
  if (options.json) {
    writeOutput(json(maxLoad, capacity, rows, plan))
  } else {
    writeOutput(table(maxLoad, capacity, rows, plan))
    say(messages.staticPlan(plan.height, plan.lowerBound))
  }
  return Exit.Answered
}

function replay(
  { replayOnline }: Stowage,
  problem: Problem,
  policy: PoolPolicy,
  capacity: number | undefined,
): Row {
  const grown: OnlineReplay = replayOnline(problem.buffers, { policy })
  const fixed =
    capacity === undefined ? undefined : replayOnline(problem.buffers, { policy, capacity })
  return { policy, peakEnd: grown.peakEnd, failures: fixed?.failures ?? null }
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

/**
 * `end` by the max load with four decimals, rounded half up: in integers, as the libraries of the
 * two commands round in different ways.
 */
function ratio(end: number, maxLoad: number): string {
  if (maxLoad === 0) return '-'
  const load = BigInt(maxLoad)
  const scaled = (BigInt(end) * 20000n + load) / (2n * load)
  return `${String(scaled / 10000n)}.${String(scaled % 10000n).padStart(4, '0')}`
}

function table(
  maxLoad: number,
  capacity: number | undefined,
  rows: readonly Row[],
  { height }: StaticPlan,
): string {
  const line = (name: string, end: number, failed: string): string[] => [
    ...[name, String(end), ratio(end, maxLoad)],
    ...(capacity === undefined ? [] : [failed]),
  ]
  const lines = [
    [
      ...['policy', 'peak end', 'of the max load'],
      ...(capacity === undefined ? [] : [`failed at ${String(capacity)}`]),
    ],
    ...rows.map(({ policy, peakEnd, failures }) => line(policy, peakEnd, String(failures ?? 0))),
  ]
  if (height !== undefined) {
    lines.push(
      line('static plan', height, height <= (capacity ?? Infinity) ? 'fits' : 'does not fit'),
    )
  }
  return aligned(lines)
}

/** The first column to the left, the others to the right, two spaces between. */
function aligned(lines: readonly (readonly string[])[]): string {
  const width = (column: number): number =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0))
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column)),
        )
        .join('  '),
    )
    .map((text) => `${text}\n`)
    .join('')
}

function json(
  maxLoad: number,
  capacity: number | undefined,
  policies: readonly Row[],
  { height, lowerBound }: StaticPlan,
): string {
  const staticPlan = {
    height: height ?? null,
    lowerBound: height === undefined ? null : lowerBound,
    optimal: height === lowerBound,
  }
  return `${JSON.stringify({ maxLoad, capacity: capacity ?? null, policies, staticPlan })}\n`
}
