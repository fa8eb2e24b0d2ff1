// The text editor, in a shadow root: there its styles are adopted style sheets, which the content
// security policy allows.
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { type ChangeSpec, EditorState, type Text, Transaction } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'

import type { SourceError } from '../state/problem'
import { theme } from './theme'

/** From the last key pressed to the text being read, in milliseconds. */
const pause = 250

export interface Editor {
  /** Replaces the text, which can be undone; nothing if it is there already. */
  setText(text: string): void
  /** Marks the place of an error; null for none. */
  setError(error: SourceError | null): void
  /** Puts the cursor at a place and the focus into the text. */
  goTo(error: SourceError): void
  destroy(): void
}

export interface EditorOptions {
  readonly parent: Element
  readonly text: string
  /** The id of what describes the text. */
  readonly label: string
  /** Called a moment after the text was changed by hand. */
  readonly onEdit: (text: string) => void
}

export function makeEditor({ parent, text, label, onEdit }: EditorOptions): Editor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open', delegatesFocus: true })
  const edits = new Edits(onEdit)
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        lintGutter(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        theme,
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          tabindex: '0',
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) edits.changed(state.doc)
        }),
      ],
    }),
  })
  return {
    setText: (next) => {
      const change = changeTo(view.state.doc, next)
      if (change === undefined) return
      // To be undone by itself, but for the first text: there was nothing before it.
      const annotations = [
        isolateHistory.of('full'),
        Transaction.addToHistory.of(view.state.doc.length > 0),
      ]
      view.dispatch({
        changes: change,
        selection: { anchor: 0 },
        scrollIntoView: true,
        annotations,
      })
      edits.forget()
    },
    setError: (error) => {
      const diagnostics = error === null ? [] : [diagnosticOf(view.state.doc, error)]
      view.dispatch(setDiagnostics(view.state, diagnostics))
    },
    goTo: (error) => {
      view.dispatch({
        selection: { anchor: diagnosticOf(view.state.doc, error).from },
        scrollIntoView: true,
      })
      view.focus()
    },
    destroy: () => {
      edits.flush()
      view.destroy()
    },
  }
}

/** Edits by hand, told once they pause. */
class Edits {
  #timer: ReturnType<typeof setTimeout> | undefined
  #text: Text | undefined

  constructor(readonly onEdit: (text: string) => void) {}

  changed(text: Text): void {
    this.#text = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.flush()
    }, pause)
  }

  flush(): void {
    const text = this.#text
    this.forget()
    if (text !== undefined) this.onEdit(text.toString())
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#text = undefined
  }
}

function changeTo(present: Text, next: string): ChangeSpec | undefined {
  if (present.toString() === next) return undefined
  return { from: 0, to: present.length, insert: next }
}

/** The field at fault. The reader counts bytes, the editor UTF-16 units. */
function diagnosticOf(text: Text, { line, column, message }: SourceError): Diagnostic {
  const at = text.line(Math.min(Math.max(1, line), text.lines))
  const bytes = new TextEncoder().encode(at.text)
  const before = new TextDecoder().decode(bytes.subarray(0, Math.max(0, column - 1)))
  const from = Math.min(at.from + before.length, at.to)
  const field = /^[^,]*/u.exec(at.text.slice(from - at.from))?.[0].trimEnd() ?? ''
  const to = field === '' ? at.to : from + field.length
  return { from: to > from ? from : at.from, to, severity: 'error', message }
}
