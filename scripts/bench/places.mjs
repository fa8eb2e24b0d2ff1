// Where the benchmarks find what they run, and what it is run on.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/process.mjs'

export const solveBench = join(root, 'build/release/cpp/bench/stowage_solve_bench')
export const poolBench = join(root, 'build/release/cpp/bench/stowage_pool_bench')
export const partsBench = join(root, 'build/release/cpp/bench/stowage_bench')
export const tests = join(root, 'build/release/tests/cpp/stowage_tests')
export const nativeCommand = join(root, 'build/release/cpp/cli/stowage')
export const nodeCommand = join(root, 'npm/dist/cli/main.js')
export const packageEntry = join(root, 'npm/dist/index.js')
export const poolEntry = join(root, 'npm/dist/pool.js')
export const tensorEntry = join(root, 'npm/dist/tensor.js')
export const ceilingModule = join(root, 'build/wasm/cpp/bench/ceiling.wasm')

const data = process.env.STOWAGE_DATA ?? join(root, '../shared/data')

/**
 * The public problems in a folder of STOWAGE_DATA; none where it is absent.
 * @param {'minimalloc' | 'large'} folder
 */
export function publicProblems(folder) {
  const path = join(data, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(path, name))
}

/**
 * A file's name without its folder, capacity and extension.
 * @param {string} file
 */
export function nameOf(file) {
  return (/([^/\\]+?)(?:\.\d+)?\.csv$/.exec(file)?.[1] ?? file).replace(/~/, ' twin ')
}
