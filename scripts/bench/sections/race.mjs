// One worker beside two that race, in Node, in one process.
import { digits, table } from '../markdown.mjs'
import { runInNode } from '../node.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { geometricMean } from '../statistics.mjs'

export const title = 'Workers that race'

/** @returns {import('./section.mjs').Section} */
export function run() {
  const files = publicProblems('minimalloc')
  /** @type {[one: number, two: number][]} */
  const seconds = runInNode(
    `
    import { readFileSync } from 'node:fs'
    import { load } from 'stowage'
    const { Problem, SolverPool } = await load()
    const one = new SolverPool({ size: 1 })
    const two = new SolverPool({ size: 2 })
    const seconds = async (work) => {
      const began = performance.now()
      await work()
      return (performance.now() - began) / 1000
    }
    const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]
    const result = []
    const files = process.argv.slice(1)
    const problems = files.map((file) => Problem.fromCsv(readFileSync(file), { capacity: 1048576 }))
    for (let i = 0; i < 20; ++i) {
      await one.solve(problems[0])
      await Promise.all([two.solve(problems[0]), two.solve(problems[0])])
    }
    for (const problem of problems) {
      const times = [[], []]
      for (let i = 0; i < 9; ++i) {
        times[0].push(await seconds(() => one.solve(problem)))
        times[1].push(await seconds(() => two.race(problem)))
      }
      result.push(times.map((each) => median(each.slice(2))))
    }
    one.dispose()
    two.dispose()
    console.log(JSON.stringify(result))`,
    files,
  )
  const rows = files.map((file, i) => [nameOf(file), ...cells(...(seconds[i] ?? [NaN, NaN]))])
  const mean = /** @type {const} */ ([0, 1]).map((which) =>
    geometricMean(seconds.map((each) => each[which])),
  )
  rows.push(['geometric mean', ...cells(mean[0] ?? NaN, mean[1] ?? NaN)])
  return { text: table(['problem', 'one worker, s', 'two that race, s', 'faster by'], rows) }
}

/**
 * @param {number} one
 * @param {number} two
 */
function cells(one, two) {
  return [digits(one), digits(two), (one / two).toFixed(2)]
}
