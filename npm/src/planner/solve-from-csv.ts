import * as check from '../check.js'
import type { Plan } from './plan.js'
import { Problem, type ProblemOptions } from './problem.js'
import { Solver } from './solver.js'
import type { SolverParams } from './solver-params.js'

/** Reads a problem from CSV and solves it, in one call. */
export async function solveFromCsv(
  csv: string | Uint8Array,
  options: ProblemOptions & SolverParams,
): Promise<Plan> {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw check.invalid('options', options, 'an object with at least a capacity')
  }
  const { capacity, ...params } = options
  return new Solver(params).solve(Problem.fromCsv(csv, { capacity }))
}
