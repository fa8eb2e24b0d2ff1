import * as check from '../check.js'
import type { FloatValues } from './types.js'

/** As in dimensions.h. */
const maxRank = 8

/** Up to eight whole numbers. */
export function dimensionsFrom(name: string, value: unknown, least = 0): number[] {
  if (!Array.isArray(value) || value.length > maxRank) {
    throw check.invalid(name, value, `an array of up to ${String(maxRank)} numbers`)
  }
  return value.map((each, index) => check.integer(`${name}[${String(index)}]`, each, least))
}

/** Any number, NaN and infinities too: it becomes a float. */
export function numberFrom(name: string, value: unknown): number {
  if (typeof value === 'number') return value
  throw check.invalid(name, value, 'a number')
}

/** A number that is not NaN. */
export function limitFrom(name: string, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw check.invalid(name, value, 'a number other than NaN')
}

/** The module takes no float that is above 0 for one that rounds to it. */
export function epsilonFrom(value: unknown, usual: number): number {
  if (value === undefined) return usual
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value
  throw check.invalid('epsilon', value, 'a number from 0')
}

/** Float32Array as it is; an array of numbers, each checked. */
export function valuesFrom(name: string, value: unknown): FloatValues {
  if (value instanceof Float32Array) return value
  if (!Array.isArray(value))
    throw check.invalid(name, value, 'a Float32Array or an array of numbers')
  // By index, as a hole in an array is no number.
  for (let i = 0; i < value.length; ++i) numberFrom(`${name}[${String(i)}]`, value[i])
  return value as number[]
}

/** Of how many elements an operation is: `usual`, unless the options say. */
export function lengthFrom(options: unknown, usual: number): number {
  if (options === undefined) return usual
  const { length } = check.record('options', options, ['length'])
  return length === undefined ? usual : check.integer('length', length, 0)
}
