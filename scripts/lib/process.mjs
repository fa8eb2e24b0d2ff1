// Running other programs. Standard output stays free for results: what tools say goes to standard
// error.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A failure to report in one sentence, without a stack trace. */
export class ScriptError extends Error {}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/**
 * The path of a program found in PATH.
 * @param {string} name
 */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch {
      // Not here.
    }
  }
  return undefined
}

/**
 * Runs a program to its end, with its output on standard error and nothing to read.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function run(program, args, options = {}) {
  const { cwd = root, env = process.env } = options
  const { status, signal, error } = spawnSync(program, args, {
    cwd,
    env,
    stdio: ['ignore', 2, 2],
  })
  if (error) throw new ScriptError(`${program} cannot be run: ${error.message}`)
  if (status !== 0) {
    throw new ScriptError(
      `${program} ${args.join(' ')} failed (${signal ?? `exit status ${String(status)}`})`,
    )
  }
}

/**
 * Runs a program to its end, shows its output as it comes, and returns it.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ status: number, output: string }>} status 128 or more after a signal
 */
export function runAndShow(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text
      process.stdout.write(text)
    })
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text
      process.stderr.write(text)
    })
    child.on('error', (error) => {
      reject(new ScriptError(`${program} cannot be run: ${error.message}`))
    })
    child.on('close', (status) => {
      resolve({ status: status ?? 128, output })
    })
  })
}

/**
 * The body of a script: failures end it with one sentence and exit status 1.
 * @param {() => void | Promise<void>} main
 */
export async function script(main) {
  try {
    await main()
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
