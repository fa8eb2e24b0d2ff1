// Figures of many measurements.
import { median } from '../lib/figures.mjs'

/**
 * Takes one measurement of each in turn, so that a change of the machine's pace hits all alike, and
 * gives the median of each.
 * @param {(() => number)[]} measures
 * @param {number} repetitions
 */
export function mediansInTurn(measures, repetitions) {
  const rounds = Array.from({ length: repetitions }, () => measures.map((measure) => measure()))
  return measures.map((_, which) => median(rounds.map((round) => round[which] ?? NaN)))
}

/**
 * Infinite when one is.
 * @param {number[]} values
 */
export function geometricMean(values) {
  // A search may be too short for the clock.
  const logarithms = values.map((each) => Math.log(Math.max(each, 1e-6)))
  return Math.exp(logarithms.reduce((sum, each) => sum + each, 0) / values.length)
}

/**
 * The items by key, in order of their first appearance.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @returns {Map<string, T[]>}
 */
export function groupBy(items, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
