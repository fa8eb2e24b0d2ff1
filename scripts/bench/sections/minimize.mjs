// The least height, with its proof where there is one, and how soon plans are good.
import { digits, table, whole } from '../markdown.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { curves } from '../plots.mjs'
import { minimized, whenLow } from '../traces.mjs'

export const title = 'The least height of A to K'
const timeout = 30

/** @returns {import('./section.mjs').Section} */
export function run() {
  const solves = publicProblems('minimalloc').map((file) => minimized(file, timeout))
  const rows = solves.map((solve) => {
    const height = solve.height ?? Infinity
    const isLeast = height === solve.lowerBound
    return [
      solve.problem,
      whole(solve.maxLoad),
      whole(solve.lowerBound),
      whole(solve.height),
      digits(whenLow(solve, height)),
      isLeast ? digits(solve.seconds) : '-',
      digits(whenLow(solve, 1.02 * height)),
    ]
  })
  const head = [
    'problem',
    'max load',
    'bound',
    'height',
    'found after s',
    'proven after s',
    'within 2 % after s',
  ]
  return {
    text: `At most ${String(timeout)} s of processor time each.\n\n${table(head, rows)}`,
    plots: { anytime: plot(solves) },
  }
}

/**
 * Height over time of the problems that take longest.
 * @param {import('../native.mjs').Solve[]} solves
 */
function plot(solves) {
  const hard = solves.filter(({ seconds }) => seconds > 1)
  return curves(
    hard.flatMap(({ problem, trace = [], seconds, lowerBound }) => {
      const points = trace.map(([at, height]) => ({ at, height: height ?? NaN }))
      const last = points.at(-1)?.height ?? NaN
      const all = [...points, { at: seconds, height: last }]
      return all.map(({ at, height }) => ({
        x: Math.max(at, 0.001),
        y: (100 * (height - lowerBound)) / lowerBound,
        series: nameOf(problem),
      }))
    }),
    { xLabel: 'seconds', yLabel: '% above the proven bound', steps: true },
  )
}
