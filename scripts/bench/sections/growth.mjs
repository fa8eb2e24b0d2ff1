// How the time to a first plan grows with the number of buffers.
import { withFolder } from '../files.mjs'
import { digits, table, whole } from '../markdown.mjs'
import { solveNatively, writeProblem } from '../native.mjs'
import { runInNode } from '../node.mjs'
import { curves } from '../plots.mjs'

export const title = 'Growth'
const counts = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]

/** @returns {import('./section.mjs').Section} */
export function run() {
  const rows = counts.map((buffers) => ({
    buffers,
    ...withFolder((folder) => {
      const file = `${folder}/problem.csv`
      writeProblem(`short:${String(buffers)}:1`, file)
      // Without a limit on the capacity the first plan will do.
      const [solve] = solveNatively([file, '--capacity', String(Number.MAX_SAFE_INTEGER)])
      return { native: solve?.seconds ?? NaN, node: firstPlanInNode(file) }
    }),
  }))
  const perBuffer = (/** @type {number} */ seconds, /** @type {number} */ buffers) =>
    digits((1e9 * seconds) / (buffers * Math.log2(buffers)))
  const text = table(
    ['buffers', 'native, s', 'Node, s', 'native, ns / (n log2 n)', 'Node'],
    rows.map(({ buffers, native, node }) => [
      whole(buffers),
      digits(native),
      digits(node),
      perBuffer(native, buffers),
      perBuffer(node, buffers),
    ]),
  )
  const [first] = rows
  const scale = first ? first.native / (first.buffers * Math.log2(first.buffers)) : NaN
  const points = rows.flatMap(({ buffers, native, node }) => [
    { x: buffers, y: native, series: 'native' },
    { x: buffers, y: node, series: 'Node' },
    { x: buffers, y: scale * buffers * Math.log2(buffers), series: 'n log n' },
  ])
  return {
    text,
    plots: { growth: curves(points, { xLabel: 'buffers', yLabel: 'seconds', isLog: true }) },
  }
}

/** @param {string} file */
function firstPlanInNode(file) {
  /** @type {number} */
  const seconds = runInNode(
    `
    import { readFileSync } from 'node:fs'
    import { load } from 'stowage'
    const { Problem, Solver } = await load()
    const problem = Problem.fromCsv(readFileSync(process.argv[1]), { capacity: Infinity })
    const began = performance.now()
    await new Solver().solve(problem)
    console.log((performance.now() - began) / 1000)`,
    [file],
  )
  return seconds
}
