// All there is to say about the pinned buffer.
import type { Buffer } from 'stowage/slim'

import { current, reference } from '../state/plans'
import { problem } from '../state/problem'
import { selection } from '../state/selection'
import { columnsOf, gapText } from './columns'
import { counted, integer } from './format'
import { CloseIcon } from './icons'

export function BufferDetails() {
  const [first, ...others] = selection.value
  const buffer = first === undefined ? undefined : problem.value?.at(first)
  if (first === undefined || buffer === undefined || problem.value === null) return <NonePinned />
  const gaps = gapText(columnsOf(problem.value), first)
  return (
    <section class="panel buffer-details" aria-label="Pinned buffer">
      <h2>
        <span class="buffer-id">{buffer.id}</span>
        <button
          type="button"
          class="tool icon-tool"
          aria-label="Unpin"
          title="Unpin (Escape in the picture)"
          onClick={() => {
            selection.value = []
          }}
        >
          <CloseIcon />
        </button>
      </h2>
      {others.length > 0 && <p class="quiet">and {counted(others.length, 'other')}</p>}
      <dl class="figures">
        {fieldsOf(buffer, first, gaps).map(([name, value]) => (
          <div key={name} class="figure-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Keeps the place, so that nothing moves when a buffer is pinned. */
function NonePinned() {
  return (
    <section class="panel buffer-details" aria-label="Pinned buffer">
      <h2>Pinned buffer</h2>
      <p class="quiet">Press a buffer in the picture, the table or a list to see all about it.</p>
    </section>
  )
}

function fieldsOf(buffer: Buffer, index: number, gaps: string): [string, string][] {
  const { lower, upper, size, alignment } = buffer
  const offset = current.value?.plan.at(index)
  const before = reference.value?.plan.at(index)
  const duration = `${integer(upper - lower)} long`
  return [
    ['Lifespan', `[${integer(lower)}, ${integer(upper)}), ${duration}`],
    ['Size', integer(size)],
    ...row('Offset', offset),
    ...row('End', offset === undefined ? undefined : offset + size),
    ...row('Offset in the kept plan', before),
    ['Alignment', integer(alignment)],
    ...row('Fixed at', buffer.offset),
    ...row('Hint', buffer.hint),
    ['Gaps', gaps === '' ? 'none' : gaps],
  ]
}

/** A row for a value that there may not be. */
function row(name: string, value: number | null | undefined): [string, string][] {
  return value == null ? [] : [[name, integer(value)]]
}
