export interface JsonMember {
  /** As it is written. */
  readonly value: string
  /** In bytes, from 1. */
  readonly column: number
}

/** A string, or one character that is none. */
const token = /"(?:\\[^]|[^"\\])*"?|[^"]/y
/** What follows the name of a member. */
const value = /[ \t\r]*:[ \t\r]*("(?:\\[^]|[^"\\])*"|[{[][^]*|[^,} \t\r]*)/y

/**
 * The value of the last member named `name` of the object that `text` is; all of the text if the name is
 * not written in its plain form. For messages: the parser keeps neither places nor spellings.
 */
export function findMember(text: string, name: string): JsonMember {
  const begin = beginOf(text)
  let found = { value: text.slice(begin), column: begin + 1 }
  let depth = 0
  for (let at = 0; at < text.length;) {
    token.lastIndex = at
    const part = token.exec(text)?.[0] ?? ' '
    at += part.length
    if (part === '{' || part === '[') ++depth
    if (part === '}' || part === ']') --depth
    if (depth !== 1 || part !== `"${name}"`) continue
    value.lastIndex = at
    const written = value.exec(text)
    if (written === null) continue
    const [all, own = ''] = written
    at += all.length - own.length
    found = { value: own, column: at + 1 }
  }
  return found
}

/** Where the line is no longer blank. */
export function beginOf(text: string): number {
  return text.search(/[^ \t\r]/)
}
