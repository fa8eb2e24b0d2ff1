// The rows of the table, and which of them the keyboard is on.
import { computed, signal } from '@preact/signals'

import { current } from '../state/plans'
import { problem } from '../state/problem'
import { columnsOf } from './columns'
import { type ColumnName, rowsOf, type Sorting } from './row-order'
import { found } from './search'

/** Null for the problem's order. */
export const sorting = signal<Sorting | null>(null)

/** Only these sort by the plan: others need not be sorted again for each better plan. */
const planOfSorting = computed(() =>
  sorting.value?.by === 'offset' || sorting.value?.by === 'end'
    ? (current.value?.plan ?? null)
    : null,
)

/** The buffers of the table, from top to bottom. */
export const rows = computed<Uint32Array>(() => {
  if (problem.value === null) return new Uint32Array()
  const among = found.value.state === 'some' ? found.value.buffers : null
  return rowsOf(columnsOf(problem.value), planOfSorting.value, among, sorting.value)
})

/** The buffer that the keyboard is on; null at first. */
export const activeBuffer = signal<number | null>(null)

/** Ascending first, then descending, then back to the problem's order. */
export function sortBy(by: ColumnName): void {
  const now = sorting.value
  if (now?.by !== by) sorting.value = { by, direction: 'ascending' }
  else sorting.value = now.direction === 'ascending' ? { by, direction: 'descending' } : null
}
