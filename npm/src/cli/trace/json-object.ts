import { isUtf8 } from 'node:buffer'

/**
 * The object that `text` is, one character a byte; undefined if it is none. Refuses what the native
 * command's parser refuses too: bytes that are not UTF-8, halves of surrogate pairs, numbers that are
 * too large for any.
 */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^[ \t\r]*\{/.test(text)) return undefined
  if (/[\x80-\xFF]/.test(text) && !isUtf8(Buffer.from(text, 'latin1'))) return undefined
  try {
    const object = JSON.parse(text) as Readonly<Record<string, unknown>>
    const isSuspect = /\\u[dD][89a-fA-F]|[eE]\+?\d{3}|\d{300}/.test(text)
    return isSuspect && !isPortable(object) ? undefined : object
  } catch {
    return undefined
  }
}

/** Without halves of surrogate pairs and without infinite numbers. */
function isPortable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, each]) => isPortable(key) && isPortable(each))
}
