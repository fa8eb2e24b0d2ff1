import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const problemsFolder = join(root, 'examples/problems')

/** The example problems; the name of each holds its capacity. */
export const problemFiles = readdirSync(problemsFolder).filter((name) => name.endsWith('.csv'))

export function capacityIn(file: string): number {
  return Number(file.split('.').at(-2))
}

/** Runs a program, in the repository's root if no folder is given; rejects when it ends with another status than 0. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string = root,
): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(program, args, { cwd })
}
