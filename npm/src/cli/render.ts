import type { Plan, Stowage } from '../planner.js'
import { inputName, writeFile } from './files.js'
import { Exit, parsed, readInput, say } from './input.js'
import * as messages from './messages.js'
import type { Options } from './options.js'

export function runRender(stowage: Stowage, options: Options): Exit {
  const csv = readInput(stowage, options)
  const read = (capacity: number): Plan =>
    parsed(options, () => stowage.Plan.fromCsv(csv, { capacity }))
  const plan = read(Infinity)
  const { verdict, message } = stowage.explainVerdict(plan.problem, plan)
  if (verdict !== 'good') {
    const fault = messages.note(messages.defect(verdict, message))
    say(`stowage: ${inputName(options.input)}: ${fault}`)
  }
  // The capacity is drawn but judges nothing.
  const drawn = options.capacity === undefined ? plan : read(options.capacity)
  writeFile(options.output, picture(stowage, drawn, options))
  return Exit.Answered
}

function picture(stowage: Stowage, plan: Plan, { format, picture }: Options): Uint8Array {
  return format === 'svg'
    ? Buffer.from(stowage.renderSvg(plan, picture))
    : stowage.renderPng(plan, picture)
}
