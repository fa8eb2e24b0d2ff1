// The problem as text, and the ways to get another one.
import { useRef } from 'preact/hooks'

import { gallery } from '../problem/gallery'
import { loadFile, shownExample } from '../problem/load'
import { ignoredColumns } from '../problem/read'
import { counted } from '../results/format'
import { problem, source, type SourceError, sourceError } from '../state/problem'
import { goToError } from './error-place'
import { LargeText } from './large-text'
import { TextEditor } from './text-editor'

/** Longer texts are shown, but not edited here. */
const longestEdited = 5_000_000

/** On a phone the plan comes first. */
const hasRoom = matchMedia('(min-width: 60rem)').matches

export function ProblemPanel() {
  const details = useRef<HTMLDetailsElement>(null)
  const { text } = source.value
  return (
    <section class="panel problem-panel" aria-labelledby="problem-title">
      <div class="panel-head">
        <h2 id="problem-title">Problem</h2>
        <span class="quiet problem-name">
          {source.value.name}
          {problem.value !== null && `, ${counted(problem.value.length, 'buffer')}`}
        </span>
      </div>
      <div class="source-row">
        <ExampleField />
        <FileButton />
      </div>
      <details ref={details} class="text-details" open={hasRoom}>
        <summary>Edit as CSV</summary>
        {text.length > longestEdited ? <LargeText text={text} /> : <TextEditor />}
        <p class="help">
          One line a buffer: <code>id,lower,upper,size</code>, live from <code>lower</code> up to,
          not including, <code>upper</code>. Also <code>alignment</code>, <code>hint</code>,{' '}
          <code>gaps</code>, <code>offset</code>. Type, paste, or drop a file anywhere.
        </p>
      </details>
      <Remarks
        onGoTo={(error) => {
          if (details.current !== null) details.current.open = true
          goToError.value?.(error)
        }}
      />
    </section>
  )
}

function ExampleField() {
  return (
    <label class="example-field">
      <span class="visually-hidden">Example</span>
      <select
        value={shownExample.value}
        onChange={(event) => {
          if (event.currentTarget.value !== '')
            location.hash = `example=${event.currentTarget.value}`
        }}
      >
        <option value="">Examples …</option>
        {gallery.map(({ name, description }) => (
          <option key={name} value={name}>
            {description === '' ? name : description}
          </option>
        ))}
      </select>
    </label>
  )
}

function FileButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Open file …
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Problem file"
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file !== undefined) void loadFile(file)
          // So that the same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** What is to be said about the text. */
function Remarks({ onGoTo }: { onGoTo: (error: SourceError) => void }) {
  const error = sourceError.value
  const ignored = ignoredColumns.value
  if (error !== null) {
    return (
      <p class="note wrong" role="alert">
        {capitalized(error.message)}.
        {problem.value !== null && ' The plan shown is of the last good text.'}{' '}
        {error.line > 0 && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              onGoTo(error)
            }}
          >
            Go to line {error.line}
          </button>
        )}
      </p>
    )
  }
  if (ignored.length === 0) return <p class="note quiet">Read without errors.</p>
  return (
    <p class="note warning">
      Not used: {ignored.length === 1 ? 'the column' : 'the columns'} {ignored.join(', ')}.
    </p>
  )
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
