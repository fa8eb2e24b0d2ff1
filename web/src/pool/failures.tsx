// Allocations that found no room.
import { counted, integer } from '../results/format'
import { problem } from '../state/problem'
import { failuresOf, timeOf } from './moment'
import { goTo, isLimited, replay } from './state'

/** More are not listed: the pool is far too small then. */
const listed = 200

export function Failures() {
  const of = problem.value
  const shown = replay.value
  if (of === null || shown === undefined) return null
  if (shown.failures === 0) {
    return isLimited.value ? <p class="panel quiet">Every allocation found room.</p> : null
  }
  const failures = failuresOf(shown)
  return (
    <section class="panel" aria-label="Allocations without room">
      <h2>{counted(failures.length, 'allocation')} without room</h2>
      <ul class="failures">
        {failures.slice(0, listed).map((index) => {
          const buffer = of.buffers[shown.events[index] ?? 0]
          return (
            <li key={index}>
              <button
                type="button"
                class="plain"
                onClick={() => {
                  goTo(index + 1)
                }}
              >
                {buffer?.id}
              </button>{' '}
              <span class="quiet">
                {integer(buffer?.size ?? 0)} bytes at time {integer(timeOf(of, shown, index) ?? 0)}
              </span>
            </li>
          )
        })}
        {failures.length > listed && <li>and {integer(failures.length - listed)} more</li>}
      </ul>
    </section>
  )
}
