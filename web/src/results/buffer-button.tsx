// The id of a buffer; pressing it selects the buffer and brings it into sight.
import { problem } from '../state/problem'
import { selection } from '../state/selection'
import { idOf } from './columns'
import { pictureCommands } from './picture-commands'

export function BufferButton({ buffer }: { buffer: number }) {
  if (problem.value === null) return null
  const id = idOf(problem.value, buffer)
  return (
    <button
      type="button"
      class="buffer-button"
      title={id}
      aria-pressed={selection.value.includes(buffer)}
      onClick={() => {
        selection.value = [buffer]
        pictureCommands.value?.reveal(buffer)
      }}
    >
      {id}
    </button>
  )
}
