// Buffers by their ids. Pure.
import type { Columns } from '../core/module.js'

/** The ids of all buffers. Quick where they are ASCII, as nearly all are. O(bytes). */
export function idsOf({ idBytes, idEnds }: Columns): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const text = decoder.decode(idBytes)
  const isAscii = text.length === idBytes.length
  let begin = 0
  return Array.from(idEnds, (end) => {
    const id = isAscii ? text.slice(begin, end) : decoder.decode(idBytes.subarray(begin, end))
    begin = end
    return id
  })
}

/** `pattern` as a regular expression that ignores case; undefined when it is empty or none. */
export function expressionOf(pattern: string): RegExp | undefined {
  if (pattern === '') return undefined
  try {
    return new RegExp(pattern, 'iu')
  } catch {
    return undefined
  }
}

/** For each id whether it matches, as 1 or 0, and how many do. */
export function match(ids: readonly string[], expression: RegExp) {
  const isMatch = new Uint8Array(ids.length)
  let count = 0
  ids.forEach((id, i) => {
    if (!expression.test(id)) return
    isMatch[i] = 1
    ++count
  })
  return { isMatch, count }
}
