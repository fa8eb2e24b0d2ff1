// A plan as JSON; docs/plan-files.md describes it.
import type { Gap, Plan } from 'stowage/slim'

interface PlanJson {
  /** Null for no limit. */
  readonly capacity: number | null
  readonly height: number
  readonly lowerBound: number
  readonly buffers: readonly BufferJson[]
}

interface BufferJson {
  readonly id: string
  readonly lower: number
  readonly upper: number
  readonly size: number
  readonly alignment: number
  readonly offset: number
  /** Absent when there are none. */
  readonly gaps?: readonly Gap[]
}

/** `plan` as a JSON text, one buffer a line. */
export function planToJson(plan: Plan): string {
  const { problem, height, lowerBound } = plan
  const capacity = Number.isFinite(problem.capacity) ? problem.capacity : null
  const head: Omit<PlanJson, 'buffers'> = { capacity, height, lowerBound }
  const buffers = Array.from(plan.offsets, (_, i) => JSON.stringify(bufferJson(plan, i)))
  const fields = Object.entries(head).map(([name, value]) => `  "${name}": ${String(value)},\n`)
  const list = buffers.length === 0 ? '[]' : `[\n    ${buffers.join(',\n    ')}\n  ]`
  return `{\n${fields.join('')}  "buffers": ${list}\n}\n`
}

function bufferJson(plan: Plan, index: number): BufferJson {
  const buffer = plan.problem.at(index)
  const offset = plan.at(index)
  if (buffer === undefined || offset === undefined) throw new RangeError('a plan without offset')
  const { id, lower, upper, size, alignment, gaps } = buffer
  return { id, lower, upper, size, alignment, offset, ...(gaps.length > 0 && { gaps }) }
}
