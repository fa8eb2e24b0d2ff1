// The editor's place on the page. Its code is fetched once the page is there.
import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import type { Editor } from '../editor/editor'
import { edit } from '../problem/load'
import { source, sourceError } from '../state/problem'
import { goToError } from './error-place'
import { useSignal } from '@preact/signals'

export function TextEditor() {
  const frame = useRef<HTMLDivElement>(null)
  const editor = useSignal<Editor | null>(null)
  useEffect(() => {
    const parent = frame.current
    if (parent === null) return
    const whenGone = new AbortController()
    void import('../editor/editor').then(({ makeEditor }) => {
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
