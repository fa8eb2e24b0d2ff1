import { show } from '../check.js'
import { StowageError } from '../errors.js'

/** The numbers of a JSON array. */
export function numbersFromJson(name: string, json: string): number[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    throw new StowageError('parse-error', `${name} is no JSON: ${text}`, { cause })
  }
  if (!Array.isArray(value)) throw wrong(name, show(value))
  const index = value.findIndex((each) => typeof each !== 'number')
  if (index >= 0) throw wrong(name, `${show(value[index])} at index ${String(index)}`)
  return value as number[]
}

function wrong(name: string, found: string): StowageError {
  return new StowageError('parse-error', `${name} must be a JSON array of numbers, not ${found}`)
}
