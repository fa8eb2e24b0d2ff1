import { StowageError } from './errors.js'

/** `value` as a person would write it, cut short. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(clip(value))
  if (typeof value === 'bigint') return `${String(value)}n`
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  if (Array.isArray(value)) return `an array of ${String(value.length)}`
  if (typeof value === 'object' && value !== null) {
    const constructor: unknown = Object.getPrototypeOf(value) === null ? null : value.constructor
    const name = typeof constructor === 'function' ? constructor.name : ''
    return name === '' || name === 'Object' ? 'an object' : `a ${name}`
  }
  return Object.is(value, -0) ? '-0' : String(value)
}

function clip(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`
}

/** An `invalid-argument` that names the argument, its value and what would be right. */
export function invalid(name: string, value: unknown, wanted: string): StowageError {
  return new StowageError('invalid-argument', `${name} is ${show(value)}; it must be ${wanted}`)
}

/** A whole number within `least` and `most`, both within ±(2^53 - 1). */
export function integer(
  name: string,
  value: unknown,
  least: number = Number.MIN_SAFE_INTEGER,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value
  }
  throw invalid(name, value, `a whole number ${range(least, most)}`)
}

function range(least: number, most: number): string {
  const lower = least === Number.MIN_SAFE_INTEGER ? '-(2^53 - 1)' : String(least)
  const upper = most === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : String(most)
  return `from ${lower} to ${upper}`
}

export function boolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw invalid(name, value, 'true or false')
}

/** A string that UTF-8 can hold: without halves of surrogate pairs. */
export function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw invalid(name, value, 'a string')
  if (/\p{Surrogate}/u.test(value)) throw invalid(name, value, 'well-formed Unicode')
  return value
}

export function callback(name: string, value: unknown): void {
  if (typeof value !== 'function') throw invalid(name, value, 'a function')
}

/** An object with no other keys than `known`. */
export function record<Key extends string>(
  name: string,
  value: unknown,
  known: readonly Key[],
): Readonly<Partial<Record<Key, unknown>>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(name, value, 'an object')
  }
  for (const key of Object.keys(value)) {
    if (!(known as readonly string[]).includes(key)) {
      throw new StowageError(
        'invalid-argument',
        `${name} has no option ${show(key)}; the options are ${known.join(', ')}`,
      )
    }
  }
  return value as Readonly<Partial<Record<Key, unknown>>>
}
