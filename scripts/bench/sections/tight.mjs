// MiniMalloc's own benchmark, natively and in Node, beside it and the others.
import { median } from '../../lib/figures.mjs'
import { digits, table } from '../markdown.mjs'
import { isAnswered, solveNatively } from '../native.mjs'
import { freshSeconds, warmSeconds } from '../node.mjs'
import { hasMinimalloc, minimallocSeconds } from '../peers.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { scatter } from '../plots.mjs'
import { geometricMean, groupBy, mediansInTurn } from '../statistics.mjs'

export const title = 'A to K, seconds to a plan'
const capacity = 1_048_576
const seeds = 20
const repetitions = 3
const timeout = 60
/** Searches in one process before those that count, which let the compiler have its say. */
const warmUp = 30

/** @returns {import('./section.mjs').Section} */
export function run() {
  const files = publicProblems('minimalloc')
  const perSeed = groupBy(
    solveNatively([...files, '--seeds', String(seeds), '--timeout', '20']),
    (solve) => solve.problem,
  )
  const rows = files.map((file) => {
    const measures = [
      () => solveNatively([file])[0]?.wallSeconds ?? NaN,
      () => freshSeconds(file, capacity, timeout),
      () => median(warmSeconds(file, capacity, warmUp + repetitions).slice(warmUp)),
      () => minimallocSeconds(file, capacity, timeout),
    ]
    const [native = NaN, node = NaN, warm = NaN, minimalloc = NaN] = mediansInTurn(
      measures,
      repetitions,
    )
    const name = nameOf(file)
    const solves = perSeed.get(name) ?? []
    const worst = Math.max(...solves.map((solve) => (isAnswered(solve) ? solve.seconds : Infinity)))
    return { name, native, worst, node, warm, minimalloc }
  })
  return { text: text(rows), plots: { 'a-to-k': plot(rows) } }
}

/** @typedef {{ name: string, native: number, worst: number, node: number, warm: number, minimalloc: number }} Row */

/** @param {Row[]} rows */
function text(rows) {
  /** @param {(row: Row) => number} of */
  const mean = (of) => geometricMean(rows.map(of))
  const all = [
    ...rows,
    {
      name: 'geometric mean',
      native: mean((row) => row.native),
      worst: mean((row) => row.worst),
      node: mean((row) => row.node),
      warm: mean((row) => row.warm),
      minimalloc: mean((row) => row.minimalloc),
    },
  ]
  const head = ['problem', 'native', `worst of ${String(seeds)} seeds`, 'Node', 'Node warm']
  if (hasMinimalloc) {
    head.push('MiniMalloc', 'native is faster by', 'worst seed by', 'Node by')
  }
  return table(
    head,
    all.map(({ name, native, worst, node, warm, minimalloc }) => {
      const ratios = [native, worst, node].map((seconds) => digits(minimalloc / seconds))
      const cells = [native, worst, node, warm].map(digits)
      return [name, ...cells, ...(hasMinimalloc ? [digits(minimalloc), ...ratios] : [])]
    }),
  )
}

/** @param {Row[]} rows */
function plot(rows) {
  const points = rows.flatMap(({ name, native, worst, node, minimalloc }) => [
    { x: name, y: native, series: 'Stowage, native' },
    { x: name, y: worst, series: `the worst of ${String(seeds)} seeds` },
    { x: name, y: node, series: 'Stowage in Node' },
    ...(hasMinimalloc ? [{ x: name, y: minimalloc, series: 'MiniMalloc' }] : []),
  ])
  return scatter(points, { yLabel: 'seconds' })
}
