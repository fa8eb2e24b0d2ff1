// Buffers by their ids. Pure.
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
