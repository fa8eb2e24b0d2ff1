// Solving natively, in one process for a whole set, with what build/release/cpp/bench/
// stowage_solve_bench prints about each solve (cpp/bench/solve).
import { spawnSync } from 'node:child_process'
import { root, ScriptError } from '../lib/process.mjs'
import { parsed } from './json.mjs'
import { solveBench } from './places.mjs'

/**
 * @typedef {object} Solve
 * @property {string} problem
 * @property {number} buffers
 * @property {number} capacity
 * @property {'solved' | 'infeasible' | 'unknown' | 'invalid'} status
 * @property {number | null} height
 * @property {number} lowerBound
 * @property {number} maxLoad
 * @property {string} winner
 * @property {number} nodes
 * @property {number} readSeconds of processor time, as all seconds here
 * @property {number} seconds of search
 * @property {number} wallSeconds the same on the clock
 * @property {number} validateSeconds
 * @property {number} peakBytes of memory, of the process so far
 * @property {number} [subset] how many buffers explain that there is no plan
 * @property {[seconds: number, height: number | null, bound: number][]} [trace]
 */

/**
 * @param {string[]} args as `stowage_solve_bench` takes them
 * @returns {Solve[]}
 */
export function solveNatively(args) {
  const { stdout, stderr, status } = spawnSync(solveBench, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new ScriptError(`stowage_solve_bench ${args.join(' ')}: ${stderr}`)
  const solves = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /** @type {Solve} */ (parsed(line)))
  const invalid = solves.find((solve) => solve.status === 'invalid')
  if (invalid) throw new ScriptError(`${invalid.problem}: the plan is not valid`)
  return solves
}

/**
 * Writes a problem as CSV.
 * @param {string} problem as `stowage_solve_bench` names it
 * @param {string} file
 */
export function writeProblem(problem, file) {
  solveNatively([problem, '--write', file])
}

/**
 * Whether the question of a solve was answered in its time.
 * @param {Solve} solve
 */
export function isAnswered({ status }) {
  return status === 'solved' || status === 'infeasible'
}
