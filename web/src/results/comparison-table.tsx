// The figures of both plans beside each other.
import { current, type PlanEntry, reference } from '../state/plans'
import { problem } from '../state/problem'
import { run } from '../state/run'
import { countMoved } from './columns'
import { gapOf, usageOf } from './figures'
import { integer, percent, seconds } from './format'

interface Row {
  readonly name: string
  readonly help?: string
  readonly text: (entry: PlanEntry) => string
  /** Given where less is better. */
  readonly value?: (entry: PlanEntry) => number
}

const figures: readonly Row[] = [
  { name: 'Height', text: ({ plan }) => integer(plan.height), value: ({ plan }) => plan.height },
  { name: 'Lower bound', text: ({ plan }) => integer(plan.lowerBound) },
  {
    name: 'Gap',
    help: 'How far the height is above the lower bound',
    text: ({ plan }) => percent(gapOf(plan.height, plan.lowerBound)),
    value: ({ plan }) => gapOf(plan.height, plan.lowerBound),
  },
  {
    name: 'Unused',
    help: 'Space times time below the highest live end that nothing holds',
    text: (entry) => known(wasteOf(entry), integer),
    value: (entry) => wasteOf(entry) ?? 0,
  },
  { name: 'Engine', text: ({ engine }) => engine ?? '–' },
  {
    name: 'Nodes',
    help: 'States of the search visited',
    text: ({ nodes }) => known(nodes, integer),
  },
  { name: 'Time', text: (entry) => known(entry.seconds, seconds) },
  { name: 'Valid', text: ({ fault }) => (fault === '' ? 'yes' : fault) },
]

export function ComparisonTable() {
  const shown = current.value
  const kept = reference.value
  if (shown === null || kept === null) return null
  const moved = countMoved(shown.plan, kept.plan)
  return (
    <>
      <div class="comparison-scroll" tabIndex={0} role="group" aria-label="Figures of both plans">
        <table class="comparison-table">
          <thead>
            <tr>
              <th scope="col">Plan</th>
              <th scope="col">Shown: {shown.name}</th>
              <th scope="col">Kept: {kept.name}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((row) => (
              <tr key={row.name}>
                <th scope="row" title={row.help}>
                  {row.name}
                </th>
                <Figure row={row} entry={shown} other={kept} />
                <Figure row={row} entry={kept} other={shown} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">
        {moved === 0
          ? 'No buffer has moved.'
          : `${integer(moved)} of ${integer(shown.plan.length)} buffers have moved.`}
      </p>
    </>
  )
}

function Figure({ row, entry, other }: { row: Row; entry: PlanEntry; other: PlanEntry }) {
  const isBetter = row.value !== undefined && row.value(entry) < row.value(other)
  return (
    <td class={isBetter ? 'better' : undefined}>
      {row.text(entry)}
      {isBetter && <span class="visually-hidden"> (better)</span>}
    </td>
  )
}

/** Undefined while a search runs, which may bring a plan every moment. */
function wasteOf({ plan }: PlanEntry): number | undefined {
  if ('progress' in run.value) return undefined
  return usageOf(problem.value ?? plan.problem, plan).waste
}

function known(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value)
}
