// Problems that differ from A to K in looks alone.
import { median } from '../../lib/figures.mjs'
import { withFolder } from '../files.mjs'
import { digits, table } from '../markdown.mjs'
import { isAnswered, solveNatively, writeProblem } from '../native.mjs'
import { hasMinimalloc, minimallocSeconds } from '../peers.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { geometricMean } from '../statistics.mjs'

export const title = 'Twins of A to K'
const twins = 10
/** Of which MiniMalloc solves the first. */
const twinsOfPeer = 2
const timeout = 20

/** @returns {import('./section.mjs').Section} */
export function run() {
  const rows = publicProblems('minimalloc').map((file) => {
    const solves = solveNatively([file, '--twins', String(twins), '--timeout', String(timeout)])
    const seconds = solves.map((solve) => (isAnswered(solve) ? solve.seconds : Infinity))
    return {
      name: nameOf(file),
      median: median(seconds),
      worst: Math.max(...seconds),
      minimalloc: hasMinimalloc ? peerSeconds(file) : NaN,
    }
  })
  rows.push({
    name: 'geometric mean',
    median: geometricMean(rows.map((row) => row.median)),
    worst: geometricMean(rows.map((row) => row.worst)),
    minimalloc: geometricMean(rows.map((row) => row.minimalloc)),
  })
  const peer = `MiniMalloc, mean of ${String(twinsOfPeer)} (at most ${String(timeout)})`
  const text = table(
    ['problem', `median of ${String(twins)}`, 'worst', ...(hasMinimalloc ? [peer, 'ratio'] : [])],
    rows.map(({ name, median: middle, worst, minimalloc }) => [
      name,
      digits(middle),
      digits(worst),
      ...(hasMinimalloc ? [digits(minimalloc), (minimalloc / middle).toFixed(0)] : []),
    ]),
  )
  return { text }
}

/**
 * The geometric mean over the first twins.
 * @param {string} file
 */
function peerSeconds(file) {
  const seconds = Array.from({ length: twinsOfPeer }, (_, twin) => {
    const name = `${file}~${String(twin)}`
    const [solve] = solveNatively([name, '--timeout', '0'])
    return withFolder((folder) => {
      const csv = `${folder}/twin.csv`
      writeProblem(name, csv)
      return Math.min(timeout, minimallocSeconds(csv, solve?.capacity ?? NaN, timeout))
    })
  })
  return geometricMean(seconds)
}
