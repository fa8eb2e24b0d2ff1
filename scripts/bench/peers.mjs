// Other planners, measured in the same run. Nothing of theirs is in this repository:
//
//   STOWAGE_MINIMALLOC   the path of MiniMalloc's command
//   STOWAGE_PEERS        others, as NAME=PROGRAM;NAME=PROGRAM. `PROGRAM FILE CAPACITY SECONDS` reads a
//                        problem in CSV, looks for a plan within the capacity, or for as low a one as
//                        it can, for at most so many seconds, and prints two numbers: the height that
//                        it came to and the seconds that it took without reading the file. It prints
//                        nothing if it found no plan.
import { spawnSync } from 'node:child_process'
import { ScriptError } from '../lib/process.mjs'

const minimalloc = process.env.STOWAGE_MINIMALLOC

export const hasMinimalloc = minimalloc !== undefined

/** How much longer than its limit a peer may run before it is stopped, in seconds. */
const patience = 5

/**
 * @typedef {object} PeerResult
 * @property {number} seconds Infinity when it found no plan
 * @property {number} height
 */

/**
 * What MiniMalloc says its search took; Infinity when its time was up.
 * @param {string} file
 * @param {number} capacity
 * @param {number} timeout in seconds
 */
export function minimallocSeconds(file, capacity, timeout) {
  if (minimalloc === undefined) return NaN
  const options = [`--capacity=${String(capacity)}`, `--input=${file}`, '--output=/dev/null']
  const { stderr, error } = spawnSync(minimalloc, [...options, `--timeout=${String(timeout)}s`], {
    encoding: 'utf8',
    timeout: 1000 * (timeout + patience),
  })
  refuse(error, minimalloc)
  if (/DEADLINE_EXCEEDED|^$/.test(stderr)) return Infinity
  const elapsed = /Elapsed time ([\d.]+)s/.exec(stderr)
  if (!elapsed) throw new ScriptError(`${minimalloc} on ${file}: ${stderr}`)
  // It prints milliseconds; less than one is still something.
  return Math.max(Number(elapsed[1]), 0.0005)
}

/** @type {{ name: string, program: string }[]} */
export const peers = (process.env.STOWAGE_PEERS ?? '')
  .split(';')
  .filter((each) => each.includes('='))
  .map((each) => {
    const at = each.indexOf('=')
    return { name: each.slice(0, at).trim(), program: each.slice(at + 1).trim() }
  })

/**
 * @param {string} program
 * @param {string} file
 * @param {number} capacity
 * @param {number} timeout in seconds
 * @returns {PeerResult}
 */
export function runPeer(program, file, capacity, timeout) {
  const { stdout, error } = spawnSync(program, [file, String(capacity), String(timeout)], {
    encoding: 'utf8',
    timeout: 1000 * (timeout + patience),
  })
  refuse(error, program)
  const [height, seconds] = stdout.trim().split(/\s+/).map(Number)
  if (!height || seconds === undefined) return { seconds: Infinity, height: Infinity }
  return { seconds, height }
}

/**
 * Ends the run where a peer cannot be started; one that was too slow is no mistake.
 * @param {Error & { code?: string } | undefined} error
 * @param {string} program
 */
function refuse(error, program) {
  if (error === undefined || error.code === 'ETIMEDOUT') return
  throw new ScriptError(`${program} cannot be run: ${error.message}`)
}
