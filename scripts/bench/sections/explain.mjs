// Irreducible infeasible subsets: where the load exceeds the capacity, and where it takes a search.
import { median } from '../../lib/figures.mjs'
import { digits, table } from '../markdown.mjs'
import { isAnswered, solveNatively } from '../native.mjs'
import { publicProblems } from '../places.mjs'

export const title = 'Explanations'
const timeout = 10
const percent = 97

/** @returns {import('./section.mjs').Section} */
export function run() {
  const files = publicProblems('minimalloc')
  const searched = [20, 30, 40].map((buffers) => {
    const name = `full:${String(buffers)}:0-9`
    return row(name, [name, '--below'])
  })
  const rows = files.length === 0 ? searched : [overloaded(files), ...searched]
  const head = ['problems', 'explained', 'buffers', 'of them to blame', 'median s', 'worst s']
  return {
    text: `Medians; at most ${String(timeout)} s each. \`full\` is made up, one step below its least height, where that is above
the load. The last column is what a proof that there is no plan takes, times the number of buffers: one
solve for each.

${table([...head, 'a solve for each buffer, s'], rows)}`,
  }
}

/** @param {string[]} files */
function overloaded(files) {
  const args = [...files, '--percent', String(percent)]
  return row(`A to K at ${String(percent)} % of their max load`, args)
}

/**
 * @param {string} name
 * @param {string[]} args
 */
function row(name, args) {
  const limit = ['--timeout', String(timeout)]
  const explained = solveNatively([...args, ...limit, '--explain'])
  const proofs = solveNatively([...args, ...limit])
  const seconds = explained.map((solve) => (isAnswered(solve) ? solve.seconds : Infinity))
  return [
    name,
    `${String(seconds.filter(Number.isFinite).length)} of ${String(seconds.length)}`,
    String(median(explained.map(({ buffers }) => buffers))),
    String(median(explained.map(({ subset = NaN }) => subset))),
    digits(median(seconds)),
    digits(Math.max(...seconds)),
    digits(median(proofs.map((proof) => proof.seconds * proof.buffers))),
  ]
}
