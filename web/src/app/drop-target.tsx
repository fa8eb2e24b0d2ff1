// Files and texts that are dropped anywhere on the page, or pasted outside of a field.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { loadFile, loadPasted } from '../problem/load'

export function DropTarget() {
  const isOver = useSignal(false)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    addEventListener(
      'dragover',
      (event) => {
        if (event.dataTransfer === null || !takes(event.dataTransfer)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        isOver.value = true
      },
      { signal },
    )
    addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (relatedTarget === null) isOver.value = false
      },
      { signal },
    )
    addEventListener(
      'drop',
      (event) => {
        isOver.value = false
        const file = event.dataTransfer?.files[0]
        if (file === undefined) return
        event.preventDefault()
        void loadFile(file)
      },
      // Before the editor, which would insert the file's text.
      { signal, capture: true },
    )
    addEventListener('paste', takePasted, { signal })
    return () => {
      listening.abort()
    }
  }, [isOver])
  return (
    <div class="drop-target" hidden={!isOver.value}>
      Drop the CSV file to plan it
    </div>
  )
}

function takes(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files')
}

function takePasted(event: ClipboardEvent): void {
  const file = event.clipboardData?.files[0]
  if (file !== undefined) {
    event.preventDefault()
    void loadFile(file)
    return
  }
  if (isInField(event)) return
  const text = event.clipboardData?.getData('text/plain') ?? ''
  if (text.trim() === '') return
  event.preventDefault()
  void loadPasted(text)
}

/** Whether an event comes from where people type. */
export function isInField(event: Event): boolean {
  const [target] = event.composedPath()
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(?:input|textarea|select)$/iu.test(target.tagName)
}
