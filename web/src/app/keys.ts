// The keys that work everywhere on the page.
import { minimize, solve, stop } from '../solve/search'
import { problem } from '../state/problem'
import { run } from '../state/run'
import { isInField } from './drop-target'
import { openKeyboardSheet } from './keyboard-sheet'

export function listenToKeys(): void {
  // Before the editor, where Ctrl+Enter would insert a line.
  addEventListener('keydown', onKey, { capture: true })
}

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || document.querySelector('dialog[open]') !== null) return
  const isControl = event.ctrlKey || event.metaKey
  if (event.key === 'Enter' && isControl && problem.value !== null) {
    event.preventDefault()
    event.stopPropagation()
    takeTyped()
    void (event.shiftKey ? minimize() : solve())
  } else if (event.key === 'Escape' && 'progress' in run.value) {
    void stop()
  } else if (event.key === '?' && !isControl && !isInField(event)) {
    event.preventDefault()
    openKeyboardSheet()
  }
}

/** What stands in a field counts, as if the field had been left. */
function takeTyped(): void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement)) return
  field.blur()
  field.focus()
}
