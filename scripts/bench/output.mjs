// What a program prints.
import { spawnSync } from 'node:child_process'
import { root, ScriptError } from '../lib/process.mjs'

/**
 * @param {string} program
 * @param {string[]} args
 */
export function output(program, args) {
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
  })
  if (error) throw new ScriptError(`${program} cannot be run: ${error.message}`)
  if (status !== 0) throw new ScriptError(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout
}
