import type { Stowage } from '../planner.js'
import { writeOutput } from './files.js'
import { Exit, parsed, readInput } from './input.js'
import type { Options } from './options.js'

export function runValidate(stowage: Stowage, options: Options): Exit {
  const csv = readInput(stowage, options)
  const capacity = options.capacity ?? Infinity
  const plan = parsed(options, () => stowage.Plan.fromCsv(csv, { capacity }))
  const { verdict, message } = stowage.explainVerdict(plan.problem, plan)
  writeOutput(verdict === 'good' ? 'good\n' : `${verdict}: ${message}\n`)
  return verdict === 'good' ? Exit.Answered : Exit.Failed
}
