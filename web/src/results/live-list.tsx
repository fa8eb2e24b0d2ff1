// What is live at a moment: the largest first, each with its share of the load.
import { problem } from '../state/problem'
import { selection } from '../state/selection'
import { BufferButton } from './buffer-button'
import { counted, integer, percent } from './format'
import type { Live } from './live'

export function LiveList({ live }: { live: Live }) {
  const { count, largest, load } = live
  const rest = count - largest.length
  const most = largest[0]?.held ?? 0
  if (problem.value === null) return null
  return (
    <>
      <p class="quiet">
        {counted(count, 'buffer')}, {integer(load)} together
      </p>
      <ol class="live-list">
        {largest.map(({ buffer, held }) => (
          <li
            key={buffer}
            class={selection.value.includes(buffer) ? 'live-row selected' : 'live-row'}
          >
            <BufferButton buffer={buffer} />
            <span class="live-held">
              {integer(held)} <span class="quiet">{percent(held / load)}</span>
            </span>
            <span
              class="share"
              aria-hidden="true"
              style={{ width: `${String((100 * held) / most)}%` }}
            />
          </li>
        ))}
      </ol>
      {rest > 0 && <p class="quiet">and {counted(rest, 'smaller buffer')}</p>}
    </>
  )
}
