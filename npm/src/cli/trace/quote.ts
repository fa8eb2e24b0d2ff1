import { isUtf8 } from 'node:buffer'

const longestQuote = 40

/**
 * `text`, one character a byte, in single quotes for a message, as the core does it: control characters,
 * and bytes that are not UTF-8, as \xNN; what is longer than 40 bytes ends in "...".
 */
export function inQuotes(text: string): string {
  let quoted = ''
  let position = 0
  while (position < text.length && position < longestQuote) {
    const length = characterLength(text, position)
    const character = text.slice(position, position + Math.max(1, length))
    const isControl = character < ' ' || character === '\x7F'
    quoted += length === 0 || isControl ? escaped(character) : utf8(character)
    position += character.length
  }
  return `'${quoted}${position < text.length ? '...' : ''}'`
}

/** The bytes of the well-formed character that begins at `position`; 0 if there is none. */
function characterLength(text: string, position: number): number {
  for (let length = 1; length <= 4; ++length) {
    const bytes = text.slice(position, position + length)
    if (bytes.length === length && isUtf8(Buffer.from(bytes, 'latin1'))) return length
  }
  return 0
}

function escaped(byte: string): string {
  return `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
