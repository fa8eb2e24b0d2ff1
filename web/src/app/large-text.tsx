// A text too large for the editor: how long it is, and how it begins.
import { useMemo } from 'preact/hooks'

import { bytes, integer } from '../results/format'

const shown = 20

export function LargeText({ text }: { text: string }) {
  const { lines, beginning } = useMemo(() => describe(text), [text])
  return (
    <div
      class="editor-frame large-text"
      role="region"
      aria-label="Beginning of the text"
      tabIndex={0}
    >
      <p>
        {integer(lines)} lines, {bytes(text.length)}: too long to be edited here. It begins with:
      </p>
      <pre>{beginning}</pre>
    </div>
  )
}

function describe(text: string): { lines: number; beginning: string } {
  let lines = 0
  let end = text.length
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    ++lines
    if (lines === shown) end = at
  }
  if (text.length > 0 && !text.endsWith('\n')) ++lines
  return { lines, beginning: text.slice(0, Math.min(end, 4000)) }
}
