// Where an axis has its marks. Pure.
import type { Range } from './viewport.js'

/** Multiples of a step, ascending. */
export interface Ticks {
  readonly step: number
  readonly values: readonly number[]
}

/** At most about `count` multiples of 1, 2 or 5 times a power of ten, at least 1. */
export function decimalTicks(range: Range, count: number): Ticks {
  const least = (range.upper - range.lower) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= least * 0.999_999)
  return ticks(range, step ?? 10 * power)
}

/** At most about `count` multiples of a power of two, at least 1: full units of bytes. */
export function binaryTicks(range: Range, count: number): Ticks {
  const least = (range.upper - range.lower) / Math.max(1, count)
  let step = 1
  while (step < least * 0.999_999) step *= 2
  return ticks(range, step)
}

function ticks({ lower, upper }: Range, step: number): Ticks {
  const values: number[] = []
  for (let i = Math.ceil(lower / step); i * step <= upper; ++i) values.push(i * step)
  return { step, values }
}
