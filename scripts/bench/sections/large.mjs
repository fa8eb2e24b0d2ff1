// Thousands of buffers to a million.
import { withFolder } from '../files.mjs'
import { above, digits, table, whole } from '../markdown.mjs'
import { solveNatively, writeProblem } from '../native.mjs'
import { runInNode } from '../node.mjs'
import { hasMinimalloc, minimallocSeconds, peers, runPeer } from '../peers.mjs'
import { nameOf, publicProblems } from '../places.mjs'
import { minimized, whenLow } from '../traces.mjs'

export const title = 'Large problems'
const timeout = 10
/** For made-up problems, which are read and judged on top. */
const planSeconds = 8

/** @returns {import('./section.mjs').Section} */
export function run() {
  const files = publicProblems('large')
  const rows = files.map((file) => {
    const solve = minimized(file, timeout)
    const height = solve.height ?? Infinity
    return [
      nameOf(file),
      whole(solve.buffers),
      whole(solve.maxLoad),
      above(height, solve.maxLoad),
      digits(whenLow(solve, height)),
      height === solve.lowerBound ? digits(solve.seconds) : '-',
      digits(whenLow(solve, 1.001 * solve.maxLoad)),
      ...(hasMinimalloc ? [digits(minimallocSeconds(file, solve.maxLoad, timeout))] : []),
      ...peers.map(({ program }) => {
        const { height: other, seconds } = runPeer(program, file, solve.maxLoad, timeout)
        return Number.isFinite(other)
          ? `${above(other, solve.maxLoad)} in ${digits(seconds)} s`
          : '-'
      }),
    ]
  })
  const head = ['problem', 'buffers', 'max load', 'height above it', 'found after s']
  head.push('proven after s', 'within 0.1 % after s')
  if (hasMinimalloc) head.push('MiniMalloc at the max load, s')
  return {
    text: `${table([...head, ...peers.map(({ name }) => name)], rows)}

Made-up problems, the least height by the heuristic engine after ${String(planSeconds)} s, and ${String(2 * planSeconds)} s in Node: seconds to read the file, to plan, and to
judge the plan, and the most memory held.

${table(['problem', 'where', 'read', 'plan', 'validate', 'memory, MB', 'height above the max load'], madeUp())}`,
  }
}

function madeUp() {
  return ['dense:60000:1', 'heavy:100000:1', 'heavy:1000000:1', 'short:1000000:1'].flatMap((name) =>
    withFolder((folder) => {
      const file = `${folder}/problem.csv`
      writeProblem(name, file)
      const options = ['--engine', 'heuristic', '--minimize', '--timeout', String(planSeconds)]
      const [native] = solveNatively([file, ...options])
      if (native === undefined) return []
      const inNode = solveInNode(file, 2 * planSeconds)
      return [
        row(name, 'native', native),
        row(name, 'Node', { ...inNode, maxLoad: native.maxLoad }),
      ]
    }),
  )
}

/** @typedef {Pick<import('../native.mjs').Solve, 'readSeconds' | 'seconds' | 'validateSeconds' | 'peakBytes' | 'height' | 'maxLoad'>} Phases */

/**
 * @param {string} name
 * @param {string} where
 * @param {Phases} phases
 */
function row(name, where, { readSeconds, seconds, validateSeconds, peakBytes, height, maxLoad }) {
  const phases = [readSeconds, seconds, validateSeconds].map(digits)
  return [name, where, ...phases, String(Math.round(peakBytes / 1e6)), above(height, maxLoad)]
}

/**
 * @param {string} file
 * @param {number} timeout in seconds
 * @returns {Omit<Phases, 'maxLoad'>}
 */
function solveInNode(file, timeout) {
  return runInNode(
    `
    import { readFileSync } from 'node:fs'
    import { load } from 'stowage'
    const { Problem, Solver, validateSolution } = await load()
    const moments = [performance.now()]
    const mark = () => moments.push(performance.now())
    const problem = Problem.fromCsv(readFileSync(process.argv[1]), { capacity: Infinity })
    mark()
    const plan = await new Solver({ engine: 'heuristic', minimizeCapacity: true, timeoutSeconds: Number(process.argv[2]) })
      .solve(problem).catch((error) => {
        if (error.code !== 'deadline-exceeded') throw error
        return error.incumbent
      })
    mark()
    if (plan && validateSolution(problem, plan) !== 'good') throw new Error('the plan is not valid')
    mark()
    const [readSeconds, seconds, validateSeconds] = [1, 2, 3].map((i) => (moments[i] - moments[i - 1]) / 1000)
    const peakBytes = 1024 * process.resourceUsage().maxRSS
    console.log(JSON.stringify({ readSeconds, seconds, validateSeconds, peakBytes, height: plan?.height ?? null }))`,
    [file, String(timeout)],
  )
}
