// What the pool view shows.
import { computed, signal } from '@preact/signals'
import type { OnlineReplay, PoolPolicy } from 'stowage/pool'

import { statsOf } from '../results/figures'
import { problem } from '../state/problem'
import { type Moment, momentOf } from './moment'
import { replays } from './replays'

export const policy = signal<PoolPolicy>('first-fit')

/** Whether the pool has the size of the capacity, rather than growing as it has to. */
export const isLimited = signal(false)

/** How many events have happened; null for the moment of the peak. */
export const chosen = signal<number | null>(null)

/** Undefined while it is computed. */
export const replay = computed<OnlineReplay | undefined>(() => {
  const of = replays.value.get(policy.value)
  return isLimited.value ? (of?.limited ?? of?.growing) : of?.growing
})

/** The size of the pool. */
export const total = computed(() => {
  const of = problem.value
  if (of === null || replay.value === undefined) return 0
  const isCapacity = isLimited.value && Number.isFinite(of.capacity)
  return isCapacity ? of.capacity : Math.max(replay.value.peakEnd, statsOf(of).maxLoad)
})

/** How many events have happened. */
export const done = computed(() => {
  if (replay.value === undefined) return 0
  const count = chosen.value ?? peakOf(replay.value)
  return Math.min(count, replay.value.events.length)
})

export const moment = computed<Moment | undefined>(() => {
  if (problem.value === null || replay.value === undefined) return undefined
  return momentOf(problem.value, replay.value, done.value, total.value)
})

/** How many events there are after the first allocation that ends the highest. */
function peakOf({ events, offsets, peakEnd }: OnlineReplay): number {
  const buffers = problem.value?.buffers
  const index = events.findIndex((event) => {
    const offset = event < 0 ? -1 : (offsets[event] ?? -1)
    return offset >= 0 && offset + (buffers?.[event]?.size ?? 0) === peakEnd
  })
  return index + 1
}

/** Goes to the moment after so many events. */
export function goTo(count: number): void {
  const last = replay.peek()?.events.length ?? 0
  chosen.value = Math.min(Math.max(count, 0), last)
}
