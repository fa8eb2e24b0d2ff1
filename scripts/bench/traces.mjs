// Searches for the least height, with what was known when; each is run once for all who ask.
import { solveNatively } from './native.mjs'

/** @type {Map<string, import('./native.mjs').Solve>} */
const known = new Map()

/**
 * @param {string} problem
 * @param {number} seconds
 * @returns {import('./native.mjs').Solve}
 */
export function minimized(problem, seconds) {
  const key = `${problem} ${String(seconds)}`
  const found = known.get(key)
  if (found) return found
  const options = ['--minimize', '--trace', '--timeout', String(seconds)]
  const [solve] = solveNatively([problem, ...options])
  if (solve === undefined) throw new Error(problem)
  known.set(key, solve)
  return solve
}

/**
 * When the height was first at most `height`; the bound at least `bound`.
 * @param {import('./native.mjs').Solve} solve
 * @param {number} height
 */
export function whenLow(solve, height) {
  return (solve.trace ?? []).find(([, each]) => each !== null && each <= height)?.[0] ?? Infinity
}
