// All policies and the plan beside each other.
import { computed } from '@preact/signals'
import type { PoolPolicy } from 'stowage/pool'

import { statsOf } from '../results/figures'
import { bytes, integer } from '../results/format'
import { current } from '../state/plans'
import { problem } from '../state/problem'
import { endsOver, pathOf } from './curves'
import { policies, replays } from './replays'
import { chosen, policy } from './state'

interface Row {
  readonly name: string
  /** Undefined for the plan. */
  readonly policy: PoolPolicy | undefined
  readonly height: number
  /** Without a capacity, undefined. */
  readonly failures: number | undefined
  readonly offsets: Float64Array
}

const rows = computed<readonly Row[]>(() => {
  const of = problem.value
  if (of === null) return []
  const entry = current.value
  const isOfProblem = entry !== null && entry.fault === '' && entry.plan.length === of.length
  const plan: Row[] = isOfProblem
    ? [
        {
          name: 'Plan',
          policy: undefined,
          height: entry.plan.height,
          failures:
            Number.isFinite(of.capacity) && entry.plan.height <= of.capacity ? 0 : undefined,
          offsets: entry.plan.offsets,
        },
      ]
    : []
  const pools = policies.flatMap(([value, name]) => {
    const outcome = replays.value.get(value)
    if (outcome === undefined) return []
    const { growing, limited } = outcome
    return {
      name,
      policy: value,
      height: growing.peakEnd,
      failures: limited?.failures,
      offsets: growing.offsets,
    }
  })
  return [...plan, ...pools]
})

const paths = computed(() => {
  const of = problem.value
  const lifespan = of === null ? null : statsOf(of).lifespan
  if (of === null || lifespan === null) return []
  const highest = Math.max(1, ...rows.value.map(({ height }) => height))
  return rows.value.map((row) => ({
    ...row,
    path: pathOf(endsOver(of, row.offsets, lifespan), highest),
  }))
})

export function Race() {
  const of = problem.value
  if (of === null) return null
  const { maxLoad } = statsOf(of)
  return (
    <div class="panel race">
      <div class="race-table">
        <table>
          <caption>The plan, and pools that know nothing ahead</caption>
          <thead>
            <tr>
              <th scope="col">Memory</th>
              <th scope="col">Highest end</th>
              <th scope="col">Of max load</th>
              <th scope="col">Without room</th>
            </tr>
          </thead>
          <tbody>
            {rows.value.map((row) => (
              <tr key={row.name} class={row.policy === policy.value ? 'chosen' : ''}>
                <th scope="row">
                  <Name row={row} />
                </th>
                <td title={`${integer(row.height)} bytes`}>{bytes(row.height)}</td>
                <td>{maxLoad === 0 ? '–' : (row.height / maxLoad).toFixed(3)}</td>
                <td>{row.failures === undefined ? '–' : integer(row.failures)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="race-curves">
        <svg
          class="curves"
          viewBox="0 0 240 100"
          preserveAspectRatio="none"
          role="img"
          aria-label="How high the plan and each pool reach over time"
        >
          {paths.value.map(({ name, path, policy: of }) => (
            <path key={name} d={path} class={curveClass(of)} vector-effect="non-scaling-stroke" />
          ))}
        </svg>
        <p class="legend-line quiet">
          <span class="key plan-key" /> plan <span class="key chosen-key" /> the chosen policy{' '}
          <span class="key" /> the others
        </p>
      </div>
    </div>
  )
}

function Name({ row }: { row: Row }) {
  if (row.policy === undefined) return <>{row.name}</>
  const to = row.policy
  return (
    <button
      type="button"
      class="plain"
      aria-pressed={to === policy.value}
      onClick={() => {
        policy.value = to
        chosen.value = null
      }}
    >
      {row.name}
    </button>
  )
}

function curveClass(of: PoolPolicy | undefined): string {
  if (of === undefined) return 'curve plan-curve'
  return of === policy.value ? 'curve chosen-curve' : 'curve'
}
