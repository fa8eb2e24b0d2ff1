// Why nothing fits, in plain words.
import type { Overload } from 'stowage/slim'

import { problem } from '../state/problem'
import { run } from '../state/run'
import { marked, selection } from '../state/selection'
import { BufferButton } from './buffer-button'
import { columnsOf, heldAt } from './columns'
import { counted, integer } from './format'

/** Longer lists are cut, with a word about it. */
const listed = 100

export function InfeasibleNotice({ onExplain }: { onExplain: () => void }) {
  const state = run.value
  if (state.state !== 'infeasible' || problem.value === null) return null
  // Before that, the overload is marked.
  const isExplained = marked.value !== state.overload?.buffers
  const subset = isExplained ? marked.value : null
  return (
    <section class="infeasible-notice" aria-label="Why there is no plan">
      <h2>Why nothing fits within {integer(problem.value.capacity)}</h2>
      {state.overload === undefined ? (
        <SearchReason message={state.message} />
      ) : (
        <OverloadReason overload={state.overload} capacity={problem.value.capacity} />
      )}
      {subset === null ? <ExplainButton onExplain={onExplain} /> : <Subset buffers={subset} />}
    </section>
  )
}

function SearchReason({ message }: { message: string }) {
  return (
    <p>
      At every moment the live buffers would fit by their sizes alone, but however they are laid
      out, some get in each other’s way. That is proven, not a guess
      {message === '' ? '' : `: ${message}`}.
    </p>
  )
}

function OverloadReason({ overload, capacity }: { overload: Overload; capacity: number }) {
  const { time, load, buffers } = overload
  return (
    <>
      <p>
        At time {integer(time)} the live buffers need {integer(load)}, which is{' '}
        <strong>{integer(load - capacity)} more</strong> than the capacity. The capacity must be at
        least {integer(load)}, or fewer buffers live at that time.
      </p>
      <details open={buffers.length <= 12}>
        <summary>{counted(buffers.length, 'buffer')} live then</summary>
        <BufferList buffers={byHeld(buffers, time)} />
      </details>
    </>
  )
}

function ExplainButton({ onExplain }: { onExplain: () => void }) {
  return (
    <p class="explain">
      <button type="button" onClick={onExplain}>
        Find the fewest buffers to blame
      </button>{' '}
      <span class="quiet">A set that does not fit, while any one less would.</span>
    </p>
  )
}

function Subset({ buffers }: { buffers: readonly number[] }) {
  const isOne = buffers.length === 1
  return (
    <div class="subset">
      <p>
        {isOne ? 'This buffer does' : `These ${counted(buffers.length, 'buffer')} do`} not fit{' '}
        {isOne ? 'by itself' : 'together; without any one of these the others fit'}. The picture
        marks {isOne ? 'it' : 'them'}.
      </p>
      <BufferList buffers={buffers} />
      <p>
        <button
          type="button"
          onClick={() => {
            selection.value = buffers
          }}
        >
          Select {isOne ? 'it' : 'all of them'}
        </button>{' '}
        <button
          type="button"
          onClick={() => {
            marked.value = null
          }}
        >
          Remove the marks
        </button>
      </p>
    </div>
  )
}

function BufferList({ buffers }: { buffers: readonly number[] }) {
  if (problem.value === null) return null
  const { size } = columnsOf(problem.value)
  const rest = buffers.length - listed
  return (
    <>
      <ul class="blamed">
        {buffers.slice(0, listed).map((buffer) => (
          <li key={buffer}>
            <BufferButton buffer={buffer} />
            <span class="live-held">{integer(size[buffer] ?? 0)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="quiet">and {counted(rest, 'more buffer')}</p>}
    </>
  )
}

/** Those that hold most first. */
function byHeld(buffers: readonly number[], time: number): readonly number[] {
  if (problem.value === null) return buffers
  const columns = columnsOf(problem.value)
  return [...buffers].sort((a, b) => heldAt(columns, b, time) - heldAt(columns, a, time) || a - b)
}
