// Where the pool has put each buffer, in `<stowage-plan>`, with the moment as a line.
import { computed, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { StowagePlan } from 'stowage/element'
import type { OnlineReplay } from 'stowage/pool'
import type { Plan, Problem } from 'stowage/slim'

import { callModule } from '../solve/module'
import { problem } from '../state/problem'
import { settings } from '../state/settings'
import { timeOf } from './moment'
import { done, goTo, replay } from './state'

interface Shown {
  readonly plan: Plan
  /** Of each buffer of the plan, its position in the problem. */
  readonly positions: readonly number[]
}

const shown = computed<Shown | null>(() => {
  const of = problem.value
  return of === null || replay.value === undefined ? null : planOf(of, replay.value)
})

/** What had room, without gaps, which a pool knows nothing of. */
function planOf(of: Problem, { offsets }: OnlineReplay): Shown {
  const positions = [...of.buffers.keys()].filter((position) => (offsets[position] ?? -1) >= 0)
  const buffers = positions.map((position) => {
    const { id = '', lower = 0, upper = 1, size = 0, alignment = 1 } = of.buffers[position] ?? {}
    return { id, lower, upper, size, alignment }
  })
  const plan = callModule(({ Problem, Plan }) => {
    const placed = new Problem(buffers, { capacity: of.capacity })
    const csv = placed.toCsv(positions.map((position) => offsets[position] ?? 0))
    return Plan.fromCsv(csv, { capacity: of.capacity })
  })
  return { plan, positions }
}

export function PoolPicture() {
  const element = useRef<StowagePlan>(null)
  useSignalEffect(() => {
    if (element.current !== null) element.current.plan = shown.value?.plan ?? null
  })
  useSignalEffect(() => {
    const of = problem.value
    if (element.current === null || of === null || replay.value === undefined) return
    element.current.cursorTime = timeOf(of, replay.value, done.value - 1) ?? null
  })
  useSignalEffect(() => {
    const { theme, colorBy } = settings.value
    if (element.current === null) return
    element.current.theme = theme === 'system' ? null : theme
    element.current.colorBy = colorBy
  })
  useEffect(() => {
    const picture = element.current
    if (picture === null) return
    const select = ({ detail }: CustomEvent<{ buffers: readonly number[] }>): void => {
      const position = shown.peek()?.positions[detail.buffers[0] ?? -1]
      const index = position === undefined ? -1 : (replay.peek()?.events.indexOf(position) ?? -1)
      if (index >= 0) goTo(index + 1)
    }
    picture.addEventListener('bufferselect', select)
    return () => {
      picture.removeEventListener('bufferselect', select)
    }
  }, [])
  return (
    <stowage-plan
      ref={element}
      class="plan-picture"
      aria-label="The pool over time: time to the right, offsets upwards"
    />
  )
}
