// A plan that a person brings, as an answer to the problem on the page.
import type { Plan, Problem } from 'stowage/slim'
import { StowageError } from 'stowage/slim'

import { callModule } from '../solve/module'
import type { PlanEntry } from '../state/plans'
import { at, columnsOf } from './columns'
import { counted } from './format'

/** Why a text is no plan of the problem, in a sentence for a person. */
export class UploadError extends Error {}

/**
 * Reads a plan in CSV and finds the buffers of `problem` in it by their ids. A plan that breaks the
 * rules is taken: `fault` says what is wrong. Throws {@link UploadError}. O(n log n).
 */
export function planFromUpload(problem: Problem, name: string, csv: string): PlanEntry {
  const uploaded = parse(name, csv)
  const offsets = offsetsById(problem, uploaded, name)
  // The validator takes offsets for buffers as they are on the page, fixed ones among them.
  const plan = callModule(({ Plan }) =>
    Plan.fromCsv(problem.toCsv(offsets), { capacity: problem.capacity }),
  )
  const { message } = callModule(({ explainVerdict }) => explainVerdict(problem, plan))
  const unknown = { engine: undefined, nodes: undefined, backtracks: undefined, seconds: undefined }
  return {
    plan,
    name,
    ...unknown,
    fault: [differences(problem, uploaded), message].join(' ').trim(),
  }
}

function parse(name: string, csv: string): Plan {
  try {
    return callModule(({ Plan }) => Plan.fromCsv(csv, { capacity: Infinity }))
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    throw new UploadError(`${name} is not a plan: ${error.message}`)
  }
}

function offsetsById(problem: Problem, uploaded: Plan, name: string): Float64Array {
  const positions = positionsOf(uploaded.problem)
  const { id } = columnsOf(problem)
  const missing = id.filter((each) => !positions.has(each))
  const known = new Set(id)
  const unknown = columnsOf(uploaded.problem).id.filter((each) => !known.has(each))
  if (missing.length > 0 || unknown.length > 0) {
    const faults = [listed('it lacks', missing), listed('the problem lacks', unknown)]
    throw new UploadError(
      `${name} is a plan of other buffers: ${faults.filter((each) => each !== '').join('; ')}.`,
    )
  }
  return Float64Array.from(id, (each) => at(uploaded.offsets, positions.get(each) ?? -1))
}

function positionsOf(problem: Problem): Map<string, number> {
  return new Map(columnsOf(problem).id.map((id, position) => [id, position]))
}

/** "it lacks a, b and 3 more" */
function listed(what: string, ids: readonly string[]): string {
  if (ids.length === 0) return ''
  const first = ids.slice(0, 3).join(', ')
  const rest = ids.length - 3
  return rest > 0 ? `${what} ${first} and ${String(rest)} more` : `${what} ${first}`
}

/** What the file says otherwise of the buffers themselves. */
function differences(problem: Problem, uploaded: Plan): string {
  const here = columnsOf(problem)
  const there = columnsOf(uploaded.problem)
  const positions = positionsOf(uploaded.problem)
  const differing = here.id.filter((id, i) => {
    const j = positions.get(id) ?? -1
    return (['lower', 'upper', 'size'] as const).some((name) => here[name][i] !== there[name][j])
  })
  if (differing.length === 0) return ''
  return (
    `In the file ${counted(differing.length, 'buffer')} ` +
    `${differing.length === 1 ? 'has' : 'have'} another size or lifespan, ${String(differing[0])} for one.`
  )
}
