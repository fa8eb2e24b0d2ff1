// The whole view: planner against pool.
import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { bytes } from '../results/format'
import { problem } from '../state/problem'
import { Defragmentation } from './defragmentation'
import { Failures } from './failures'
import { Figures } from './figures'
import { Player } from './player'
import { PoolBar } from './pool-bar'
import { PoolPicture } from './pool-picture'
import { Race } from './race'
import { followProblem, policies, replayFailure } from './replays'
import { chosen, isLimited, policy, replay } from './state'

const hasGaps = computed(() => problem.value?.buffers.some(({ gaps }) => gaps.length > 0) ?? false)

export function PoolView() {
  useEffect(followProblem, [])
  return (
    <section class="pool" aria-label="The problem in a pool">
      <p class="help">
        A pool hands out memory as it is asked for, and knows nothing of what is to come; a plan
        knows all lifetimes ahead. What that costs is shown here.
        {hasGaps.value && ' In a pool, a buffer holds its memory during its gaps too.'}
      </p>
      <Race />
      <Tools />
      {replayFailure.value !== '' && (
        <p class="error" role="alert">
          {replayFailure.value}
        </p>
      )}
      {replay.value === undefined ? (
        replayFailure.value === '' && <p role="status">Replaying …</p>
      ) : (
        <>
          <Player />
          <div class="panel">
            <PoolBar />
            <Figures />
            <Defragmentation />
          </div>
          <Failures />
          <PoolPicture />
        </>
      )}
    </section>
  )
}

function Tools() {
  const capacity = problem.value?.capacity ?? Infinity
  return (
    <div class="tool-bar" role="group" aria-label="The pool">
      <label class="tool-field">
        Policy
        <select
          value={policy.value}
          onChange={(event) => {
            policy.value = event.currentTarget.value as typeof policy.value
            chosen.value = null
          }}
        >
          {policies.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label class="tool-field">
        <input
          type="checkbox"
          checked={isLimited.value && Number.isFinite(capacity)}
          disabled={!Number.isFinite(capacity)}
          onChange={(event) => {
            isLimited.value = event.currentTarget.checked
            chosen.value = null
          }}
        />
        No larger than the capacity{Number.isFinite(capacity) && ` (${bytes(capacity)})`}
      </label>
    </div>
  )
}
