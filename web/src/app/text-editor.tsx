// The editor's place on the page. Its code is fetched once the page is there.
import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import type { Editor } from '../editor/editor'
import { edit } from '../problem/load'
import { current } from '../state/plans'
import { source, sourceError } from '../state/problem'
import { goToError } from './error-place'

/** How long the first plan goes before the editor, in milliseconds. */
const patience = 800

/** The editor's code, once the first plan is there, or takes its time. */
async function fetchEditor(): Promise<typeof import('../editor/editor')> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience)
    const stop = current.subscribe((entry) => {
      if (entry === null) return
      clearTimeout(timer)
      queueMicrotask(() => {
        stop()
      })
      // After the frame that shows the plan.
      requestAnimationFrame(() => setTimeout(resolve))
    })
  })
  return import('../editor/editor')
}

export function TextEditor() {
  const frame = useRef<HTMLDivElement>(null)
  const editor = useSignal<Editor | null>(null)
  useEffect(() => {
    const parent = frame.current
    if (parent === null) return
    const whenGone = new AbortController()
    void fetchEditor().then(({ makeEditor }) => {
      if (whenGone.signal.aborted) return
      const made = makeEditor({
        parent,
        text: source.peek().text,
        label: 'Problem as CSV',
        onEdit: edit,
      })
      editor.value = made
      goToError.value = (error) => {
        made.goTo(error)
      }
      whenGone.signal.addEventListener('abort', () => {
        goToError.value = null
        made.destroy()
      })
    })
    return () => {
      whenGone.abort()
    }
  }, [editor])
  useSignalEffect(() => {
    editor.value?.setText(source.value.text)
  })
  useSignalEffect(() => {
    editor.value?.setError(sourceError.value)
  })
  return <div ref={frame} class="editor-frame" />
}
