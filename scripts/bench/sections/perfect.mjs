// Made-up problems without slack: whole, sprinkled with every feature, and infeasible ones.
import { median } from '../../lib/figures.mjs'
import { withFolder } from '../files.mjs'
import { digits, table } from '../markdown.mjs'
import { isAnswered, solveNatively, writeProblem } from '../native.mjs'
import { hasMinimalloc, minimallocSeconds } from '../peers.mjs'
import { geometricMean } from '../statistics.mjs'

export const title = 'Perfect problems'
const capacity = 2 ** 20
const problems = 10
/** Of each kind with features, of which many may not be solved at all. */
const featuredProblems = 5
/** Of which MiniMalloc solves the first. */
const problemsOfPeer = 2
const timeout = 10
const featureTimeout = 2

/** @returns {import('./section.mjs').Section} */
export function run() {
  const plain = [60, 125, 250, 500, 1000].map((buffers) => [
    String(buffers),
    ...figures(`perfect:${String(buffers)}`, problems, timeout),
    ...(hasMinimalloc ? [buffers <= 500 ? peerFigure(`perfect:${String(buffers)}`) : ''] : []),
  ])
  const kinds = ['aligned', 'fixed', 'gaps', 'sprinkled', 'windows']
  const featured = [60, 125, 250].map((buffers) => [
    String(buffers),
    ...kinds.map((kind) => solved(`${kind}:${String(buffers)}`)),
  ])
  const infeasible = [20, 30, 40].map((buffers) => {
    const solves = solveNatively([
      `full:${String(buffers)}:0-${String(2 * problems - 1)}`,
      '--below',
      '--timeout',
      String(featureTimeout),
    ])
    return [String(buffers), String(solves.length), ...summary(solves)]
  })
  const columns = ['solved', 'median s', 'worst s']
  const peer = `MiniMalloc, ${String(problemsOfPeer)} problems, s`
  return {
    text: `${String(problems)} problems of each size, cut from a rectangle; at most ${String(timeout)} s each.

${table(['buffers', ...columns, ...(hasMinimalloc ? [peer] : [])], plain)}

With features sprinkled on, so that a plan is still there (_sprinkled_ has the three before it, _windows_ are
gaps with windows): solved within ${String(featureTimeout)} s, and the
median of their seconds.

${table(['buffers', ...kinds], featured)}

Infeasible by search: load equal to capacity everywhere, one step below the least height, which was
found before, in at most ${String(featureTimeout)} s, and is above the load.

${table(['buffers', 'problems', 'proven', 'median s', 'worst s'], infeasible)}`,
  }
}

/**
 * @param {string} kind
 * @param {number} count
 * @param {number} limit
 */
function figures(kind, count, limit) {
  const name = `${kind}:0-${String(count - 1)}`
  return summary(solveNatively([name, '--timeout', String(limit)]))
}

/** @param {import('../native.mjs').Solve[]} solves */
function summary(solves) {
  const seconds = solves.map((solve) => (isAnswered(solve) ? solve.seconds : Infinity))
  const count = seconds.filter(Number.isFinite).length
  return [
    `${String(count)} of ${String(solves.length)}`,
    digits(median(seconds)),
    digits(Math.max(...seconds)),
  ]
}

/** @param {string} kind */
function solved(kind) {
  const [count = '', middle = ''] = figures(kind, featuredProblems, featureTimeout)
  return middle === '-' ? count : `${count}, ${middle} s`
}

/** @param {string} kind */
function peerFigure(kind) {
  const seconds = Array.from({ length: problemsOfPeer }, (_, seed) =>
    withFolder((folder) => {
      const file = `${folder}/perfect.csv`
      writeProblem(`${kind}:${String(seed)}`, file)
      return minimallocSeconds(file, capacity, timeout)
    }),
  )
  const mean = geometricMean(seconds)
  if (Number.isFinite(mean)) return digits(mean)
  return `${String(seconds.filter((each) => !Number.isFinite(each)).length)} not in ${String(timeout)} s`
}
