// What moving all blocks down would do at this moment.
import { signal, useSignalEffect } from '@preact/signals'

import { bytes, counted, integer } from '../results/format'
import { moment } from './state'
import { movement } from './pool-bar'

/** In milliseconds. */
const duration = 900
/** More are not listed: nobody reads them. */
const listed = 100

const isShown = signal(false)

export function Defragmentation() {
  useSignalEffect(() => {
    // Another moment has other moves.
    if (moment.value !== undefined) isShown.value = false
    movement.value = null
  })
  const moves = moment.value?.moves ?? []
  const moved = moves.reduce((sum, { size }) => sum + size, 0)
  return (
    <div class="defragmentation">
      <button type="button" disabled={moves.length === 0} onClick={toggle}>
        {isShown.value ? 'Undo' : 'Defragment'}
      </button>
      <p class="quiet" role="status">
        {moves.length === 0
          ? 'No block can move down.'
          : `${counted(moves.length, 'move')} of ${bytes(moved)} would leave one hole at the end, but for what alignments need.`}
      </p>
      {isShown.value && (
        <ol class="moves" aria-label="Moves" tabIndex={0}>
          {moves.slice(0, listed).map(({ from, to, size }) => (
            <li key={from}>
              {bytes(size)} from {integer(from)} to {integer(to)}
            </li>
          ))}
          {moves.length > listed && <li>and {integer(moves.length - listed)} more</li>}
        </ol>
      )}
    </div>
  )
}

function toggle(): void {
  isShown.value = !isShown.value
  if (!isShown.value) {
    movement.value = null
    return
  }
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    movement.value = 1
    return
  }
  const of = moment.peek()
  const start = performance.now()
  const frame = (now: number): void => {
    if (moment.peek() !== of || !isShown.peek()) return
    const progress = Math.min(Math.max(now - start, 0) / duration, 1)
    // Slow at both ends.
    movement.value = progress * progress * (3 - 2 * progress)
    if (progress < 1) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
