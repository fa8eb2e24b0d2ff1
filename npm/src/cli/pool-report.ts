/** What became of a problem's memory, or of a trace's, online and in the static plan, in words. */
import type { PoolPolicy } from '../pool.js'

export interface PolicyOutcome {
  readonly policy: PoolPolicy
  readonly peakEnd: number
  /** Of a pool that grows: at an offset where another block is. */
  readonly failures: number
  /** null without a capacity. */
  readonly failuresAtCapacity: number | null
}

export interface PoolReport {
  readonly maxLoad: number
  readonly capacity: number | undefined
  readonly policies: readonly PolicyOutcome[]
  /** None where fixed offsets leave no plan. */
  readonly height: number | undefined
  readonly lowerBound: number
}

/** Whether a pool left out what it could not put at its offset, so that its peak end is not of all. */
export function hasFailures({ policies }: PoolReport): boolean {
  return policies.some(({ failures }) => failures > 0)
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

export function table(report: PoolReport): string {
  const { maxLoad, capacity, policies, height } = report
  const fails = hasFailures(report)
  const line = (name: string, end: number, failures: number, atCapacity: string): string[] => [
    // What was left out counts in the max load: the two do not compare.
    ...[name, String(end), failures > 0 ? '-' : ratio(end, maxLoad)],
    ...(fails ? [String(failures)] : []),
    ...(capacity === undefined ? [] : [atCapacity]),
  ]
  const lines = [
    [
      ...['policy', 'peak end', 'of the max load'],
      ...(fails ? ['failed'] : []),
      ...(capacity === undefined ? [] : [`failed at ${String(capacity)}`]),
    ],
    ...policies.map(({ policy, peakEnd, failures, failuresAtCapacity }) =>
      line(policy, peakEnd, failures, String(failuresAtCapacity ?? 0)),
    ),
  ]
  if (height !== undefined) {
    lines.push(
      line('static plan', height, 0, height <= (capacity ?? Infinity) ? 'fits' : 'does not fit'),
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

/** One object on a line. */
export function json({ maxLoad, capacity, policies, height, lowerBound }: PoolReport): string {
  const staticPlan = {
    height: height ?? null,
    lowerBound: height === undefined ? null : lowerBound,
    optimal: height === lowerBound,
  }
  return `${JSON.stringify({ maxLoad, capacity: capacity ?? null, policies, staticPlan })}\n`
}
