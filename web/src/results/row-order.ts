// The rows of the table: which buffers, in which order.
import type { Plan, ProblemColumns } from 'stowage/slim'

import { at, gapRange } from './columns'

export const columnNames = [
  'id',
  'lower',
  'upper',
  'size',
  'alignment',
  'offset',
  'end',
  'gaps',
] as const

export type ColumnName = (typeof columnNames)[number]

export interface Sorting {
  readonly by: ColumnName
  readonly direction: 'ascending' | 'descending'
}

/**
 * The buffers of the table from top to bottom; `among` of them, or all. Equals, and all without a
 * `sorting`, stay in the problem's order. Without a plan offsets count as equal. O(n log n).
 */
export function rowsOf(
  columns: ProblemColumns,
  plan: Plan | null,
  among: Uint32Array | null,
  sorting: Sorting | null,
): Uint32Array {
  const rows = among?.slice() ?? Uint32Array.from({ length: columns.size.length }, (_, row) => row)
  if (sorting === null) return rows
  const compare = comparison(columns, plan, sorting.by)
  const sign = sorting.direction === 'ascending' ? 1 : -1
  return rows.sort((a, b) => sign * compare(a, b) || a - b)
}

function comparison(
  columns: ProblemColumns,
  plan: Plan | null,
  by: ColumnName,
): (a: number, b: number) => number {
  if (by === 'id') {
    const { id } = columns
    return (a, b) => {
      const [first, second] = [id[a] ?? '', id[b] ?? '']
      return first < second ? -1 : first > second ? 1 : 0
    }
  }
  const keys = keysOf(columns, plan, by)
  return (a, b) => at(keys, a) - at(keys, b)
}

function keysOf(
  columns: ProblemColumns,
  plan: Plan | null,
  by: Exclude<ColumnName, 'id'>,
): ArrayLike<number> {
  const { size } = columns
  if (by === 'gaps') {
    return size.map((_, row) => {
      const [begin, end] = gapRange(columns, row)
      return end - begin
    })
  }
  if (by === 'offset') return plan?.offsets ?? new Float64Array(size.length)
  if (by === 'end') {
    return (
      plan?.offsets.map((offset, row) => offset + at(size, row)) ?? new Float64Array(size.length)
    )
  }
  return columns[by]
}
