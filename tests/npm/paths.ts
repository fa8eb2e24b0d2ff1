import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const packageFolder = join(root, 'npm')
export const dist = join(packageFolder, 'dist')
export const nodeCommand = join(dist, 'cli/main.js')

/** The native command, which the release preset builds. */
export const nativeCommand =
  process.env.STOWAGE_NATIVE ?? join(root, 'build/release/cpp/cli/stowage')
export const hasNativeCommand = existsSync(nativeCommand)

/** Public benchmark problems, which are not part of the repository. */
const dataFolder = process.env.STOWAGE_DATA ?? join(root, '../shared/data')
export const hasData = existsSync(join(dataFolder, 'minimalloc'))

/** The files of MiniMalloc's benchmark, each to be solved at `capacity`. */
export function minimallocProblems(): { file: string; name: string; capacity: number }[] {
  if (!hasData) return []
  const folder = join(dataFolder, 'minimalloc')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ file: join(folder, name), name, capacity: 1_048_576 }))
}

/** The example problems; the name of each holds its capacity. */
export function exampleProblems(): { file: string; name: string; capacity: number }[] {
  const folder = join(root, 'examples/problems')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ file: join(folder, name), name, capacity: Number(name.split('.').at(-2)) }))
}
