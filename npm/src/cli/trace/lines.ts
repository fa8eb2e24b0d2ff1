export interface TraceLine {
  readonly text: string
  /** From 1, blank lines counted. */
  readonly number: number
}

/**
 * The lines of a text with traces, one character a byte (Latin-1), so that positions are those of bytes:
 * without their ends (LF or CRLF), a byte-order mark, or those that are blank.
 */
export function* traceLines(text: string): Generator<TraceLine, undefined> {
  let number = 0
  let begin = text.startsWith('\xEF\xBB\xBF') ? 3 : 0
  while (begin < text.length) {
    const found = text.indexOf('\n', begin)
    const end = found < 0 ? text.length : found
    const line = text.slice(begin, text[end - 1] === '\r' && end > begin ? end - 1 : end)
    ++number
    begin = end + 1
    if (/[^ \t\r]/.test(line)) yield { text: line, number }
  }
  return undefined
}
