// The problem's lifetimes under each policy, computed one policy at a time so that the page stays
// usable.
import { effect, signal } from '@preact/signals'
import type { OnlineReplay, PoolPolicy } from 'stowage/pool'
import { type Problem, StowageError } from 'stowage/slim'

import { problem } from '../state/problem'
import { usePools } from './pools'

export const policies: readonly (readonly [PoolPolicy, string])[] = [
  ['first-fit', 'First fit'],
  ['best-fit', 'Best fit'],
  ['worst-fit', 'Worst fit'],
  ['next-fit', 'Next fit'],
  ['tlsf', 'TLSF'],
]

/** What a pool made of the problem. */
export interface Replays {
  /** In a pool that grows as it has to. */
  readonly growing: OnlineReplay
  /** In a pool of the capacity; undefined without one. */
  readonly limited: OnlineReplay | undefined
}

/** Of the problem that is shown; those that are still computed are missing. */
export const replays = signal<ReadonlyMap<PoolPolicy, Replays>>(new Map())

/** Why there are none. */
export const replayFailure = signal('')

/** Keeps `replays` up with the problem, until the function that it returns is called. */
export function followProblem(): () => void {
  let revision = 0
  const stop = effect(() => {
    const of = problem.value
    const mine = ++revision
    replays.value = new Map()
    replayFailure.value = ''
    if (of !== null) void replayAll(of, () => mine === revision)
  })
  return () => {
    ++revision
    stop()
  }
}

async function replayAll(of: Problem, isLatest: () => boolean): Promise<void> {
  for (const [policy] of policies) {
    // The page gets its turn in between.
    await new Promise((resolve) => setTimeout(resolve))
    if (!isLatest()) return
    try {
      const next = new Map(replays.peek()).set(policy, replay(of, policy))
      replays.value = next
    } catch (error) {
      if (!(error instanceof StowageError)) throw error
      replayFailure.value = error.message
      return
    }
  }
}

function replay(of: Problem, policy: PoolPolicy): Replays {
  const { capacity } = of
  return usePools(({ replayOnline }) => ({
    growing: replayOnline(of.buffers, { policy }),
    limited: Number.isFinite(capacity) ? replayOnline(of.buffers, { policy, capacity }) : undefined,
  }))
}
