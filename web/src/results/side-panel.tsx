// What there is to know about the plan, the moment under the pointer, and the pinned buffer.
import { computed, signal, useSignalEffect } from '@preact/signals'
import type { Plan, Problem } from 'stowage/slim'

import { current } from '../state/plans'
import { problem } from '../state/problem'
import { run } from '../state/run'
import { cursorTime, pinnedTime, selection } from '../state/selection'
import { stowage } from '../state/stowage'
import { BufferDetails } from './buffer-details'
import { gapOf, statsOf, usageOf } from './figures'
import { bytes, integer, percent } from './format'
import { liveAt } from './live'
import { LiveList } from './live-list'

/** More rows than anyone reads; the list says how many it leaves out. */
const listed = 50

/** The cursor's time, at most once a frame. */
const calmTime = signal<number | null>(null)

const liveAtCursor = computed(() =>
  problem.value === null || calmTime.value === null
    ? null
    : liveAt(problem.value, calmTime.value, listed),
)

const peak = computed(() => {
  const time = problem.value === null ? null : statsOf(problem.value).maxLoadTime
  return problem.value === null || time === null ? null : liveAt(problem.value, time, listed)
})

export function SidePanel() {
  useCalmTime()
  return (
    <div class="side-panel">
      <FiguresSection />
      <BufferDetails />
      <LiveSection />
      <PeakSection />
    </div>
  )
}

/** Copies the cursor's whole time, or that of the pinned buffer, before each frame that follows a change. */
function useCalmTime(): void {
  useSignalEffect(() => {
    const held = selection.value.length > 0 ? pinnedTime.value : null
    const at = held ?? cursorTime.value
    const time = at === null ? null : Math.floor(at)
    const frame = requestAnimationFrame(() => {
      calmTime.value = time
    })
    return () => {
      cancelAnimationFrame(frame)
    }
  })
}

function FiguresSection() {
  const { plan, fault } = current.value ?? { plan: undefined, fault: '' }
  if (plan === undefined || problem.value === null || stowage.value === null) {
    return (
      <section class="panel" aria-label="Figures of the plan">
        <h2>Plan</h2>
        <p class="quiet">No plan yet.</p>
      </section>
    )
  }
  return (
    <section class="panel" aria-label="Figures of the plan">
      <h2>Plan</h2>
      <p class="fault">{fault === '' ? '' : `Not valid: ${fault}`}</p>
      <dl class="figures">
        {rowsOf(problem.value, plan).map(([name, value, help]) => (
          <div key={name} class="figure-row" title={help}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function rowsOf(of: Problem, plan: Plan): readonly [string, string, string][] {
  const { height, lowerBound } = plan
  const { maxLoad, maxLoadTime } = statsOf(of)
  const gap = gapOf(height, lowerBound)
  const isBusy = 'progress' in run.value
  return [
    ['Height', amount(height), 'The highest end of any buffer'],
    ['Lower bound', amount(lowerBound), 'Proven: no plan is lower'],
    [
      'Gap',
      gap === 0 ? 'none: no plan is lower' : percent(gap),
      'How far the height is above the lower bound',
    ],
    ['Max load', amount(maxLoad), 'The largest sum of the sizes live at a time'],
    [
      'Peak time',
      maxLoadTime === null ? 'none' : integer(maxLoadTime),
      'The first moment of the max load',
    ],
    ['Capacity', amount(of.capacity), 'No buffer may end above it'],
    [
      'Utilisation',
      isBusy ? '–' : percent(usageOf(of, plan).utilisation),
      'Held memory over time, of the height over all time',
    ],
  ]
}

function amount(value: number): string {
  const isLarge = Number.isFinite(value) && value >= 1024
  return isLarge ? `${integer(value)} (${bytes(value)})` : integer(value)
}

function LiveSection() {
  const live = liveAtCursor.value
  return (
    <section class="panel live-section" aria-label="Live at the cursor">
      <h2>{live === null ? 'Live at the cursor' : `Live at ${integer(live.time)}`}</h2>
      {live === null ? (
        <p class="quiet">
          Point at the picture to see what is live at that time. Press a buffer to keep the list.
        </p>
      ) : (
        <LiveList live={live} />
      )}
    </section>
  )
}

function PeakSection() {
  if (peak.value === null) return null
  return (
    <section class="panel" aria-label="Largest at the peak">
      <h2>Largest at the peak, time {integer(peak.value.time)}</h2>
      <LiveList live={peak.value} />
    </section>
  )
}
