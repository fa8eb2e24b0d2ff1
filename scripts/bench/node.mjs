// Solving in Node: with the command in a fresh process, and many times in one.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, ScriptError } from '../lib/process.mjs'
import { withFolder } from './files.mjs'
import { parsed } from './json.mjs'
import { nodeCommand, packageEntry, poolEntry } from './places.mjs'

/**
 * What the command says its search took, in a fresh process.
 * @param {string} file
 * @param {number} capacity
 * @param {number} timeout in seconds
 */
export function freshSeconds(file, capacity, timeout) {
  return withFolder((folder) => {
    const plan = join(folder, 'plan.csv')
    const limits = ['--capacity', String(capacity), '--timeout', String(timeout)]
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [nodeCommand, 'solve', file, ...limits, '--json', '--output', plan],
      { cwd: root, encoding: 'utf8' },
    )
    if (stdout === '') throw new ScriptError(`${file}: ${stderr}`)
    /** @type {{ status: string, seconds: number }} */
    const { status, seconds } = parsed(stdout)
    return status === 'solved' ? seconds : Infinity
  })
}

/**
 * Runs a program that imports the package as `stowage` or `stowage/pool`; it prints JSON.
 * @template T
 * @param {string} program
 * @param {string[]} args
 * @param {string[]} [flags] of Node
 * @returns {T}
 */
export function runInNode(program, args, flags = []) {
  const addressOf = (/** @type {string} */ file) => JSON.stringify(pathToFileURL(file).href)
  const source = program
    .replace("'stowage'", addressOf(packageEntry))
    .replace("'stowage/pool'", addressOf(poolEntry))
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '-e', source, ...args],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  if (status !== 0) throw new ScriptError(stderr)
  return parsed(stdout)
}

/**
 * The seconds of each of `count` searches of a file in one process.
 * @param {string} file
 * @param {number} capacity
 * @param {number} count
 */
export function warmSeconds(file, capacity, count) {
  const program = `
    import { readFileSync } from 'node:fs'
    import { load } from 'stowage'
    const { Problem, Solver } = await load()
    const problem = Problem.fromCsv(readFileSync(process.argv[1]), { capacity: Number(process.argv[2]) })
    const seconds = []
    for (let i = 0; i < Number(process.argv[3]); ++i) {
      const began = performance.now()
      await new Solver({ timeoutSeconds: 60 }).solve(problem)
      seconds.push((performance.now() - began) / 1000)
    }
    console.log(JSON.stringify(seconds))`
  /** @type {number[]} */
  const seconds = runInNode(program, [file, String(capacity), String(count)])
  return seconds
}

/** The seconds that a fresh process takes to load the module. */
export function loadSeconds() {
  /** @type {number} */
  const seconds = runInNode(
    `
    import { load } from 'stowage'
    const began = performance.now()
    await load()
    console.log((performance.now() - began) / 1000)`,
    [],
  )
  return seconds
}
