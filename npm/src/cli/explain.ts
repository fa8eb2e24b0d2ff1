import { type Problem, type Stowage, StowageError } from '../planner.js'
import { writeFile } from './files.js'
import { Exit, readProblem, say } from './input.js'
import { interruptible, stopOf, whyStopped } from './interrupt.js'
import * as messages from './messages.js'
import type { Options } from './options.js'

export async function runExplain(stowage: Stowage, options: Options): Promise<Exit> {
  const problem = readProblem(stowage, options, options.capacity ?? Infinity)
  const solver = new stowage.Solver(options.params)
  const cancel = (): void => {
    solver.cancel()
  }
  try {
    const search = solver.computeIrreducibleInfeasibleSubset(problem)
    const subset = await interruptible(cancel, search)
    if (subset.length === 0) {
      say(messages.allFit(problem.capacity))
      return Exit.NoAnswer
    }
    deliver(problem, subset, subset.length > 1 ? messages.irreducible : '', options)
    return Exit.Answered
  } catch (error) {
    const stop = stopOf(error)
    if (stop === undefined) throw error
    return deliverSoFar(problem, stop, options)
  }
}

function deliverSoFar(problem: Problem, stop: StowageError, options: Options): Exit {
  const why = whyStopped(stop)
  if (stop.subset === undefined) say(`unknown: ${why}`)
  else deliver(problem, stop.subset, messages.notIrreducible(why), options)
  return Exit.Unknown
}

/** Writes the subset and says what it means. */
function deliver(
  problem: Problem,
  subset: readonly number[],
  whyNotLess: string,
  options: Options,
): void {
  writeFile(options.output, problem.subset(subset).toCsvBytes())
  const overload = problem.overload()
  if (overload !== undefined) say(overload.message)
  say(messages.subset(subset.length, problem.length, problem.capacity) + whyNotLess)
}
