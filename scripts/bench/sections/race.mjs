// One worker beside two that race, in Node, in one process.
import { join } from 'node:path'
import { withFolder } from '../files.mjs'
import { digits, table } from '../markdown.mjs'
import { writeProblem } from '../native.mjs'
import { runInNode } from '../node.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { geometricMean } from '../statistics.mjs'

export const title = 'Workers that race'

/** How long they take depends much on the order of a search's branches, which is where racing pays. */
const madeUp = [0, 1, 2, 3, 4, 5].map((seed) => `fixed:250:${String(seed)}`)

/** @returns {import('./section.mjs').Section} */
export function run() {
  const made = withFolder((folder) =>
    race(
      madeUp.map((name) => {
        const file = join(folder, `${name.replaceAll(':', '-')}.1048576.csv`)
        writeProblem(name, file)
        return file
      }),
    ),
  )
  return {
    text: [
      race(publicProblems('minimalloc')),
      'And perfect problems of 250 buffers with fixed offsets, which mostly take longer:',
      made,
    ].join('\n\n'),
  }
}

/**
 * A table of the problems in `files`.
 * @param {string[]} files
 */
function race(files) {
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
    // Until all that is measured is compiled, in both threads.
    for (let i = 0; i < 100; ++i) {
      await one.solve(problems[0])
      await two.race(problems[0])
      if (i < 20) await Promise.all([two.solve(problems[0]), two.solve(problems[0])])
    }
    for (const problem of problems) {
      const times = [[], []]
      for (let i = 0; i < 9; ++i) {
        // In turn, so that neither always comes second.
        for (const which of i % 2 === 0 ? [0, 1] : [1, 0]) {
          times[which].push(
            await seconds(() => (which === 0 ? one.solve(problem) : two.race(problem))),
          )
        }
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
  return table(['problem', 'one worker, s', 'two that race, s', 'faster by'], rows)
}

/**
 * @param {number} one
 * @param {number} two
 */
function cells(one, two) {
  return [digits(one), digits(two), (one / two).toFixed(2)]
}
