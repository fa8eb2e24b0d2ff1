// MemoryPool natively, with what build/release/cpp/bench/stowage_pool_bench prints (cpp/bench/pool,
// which has the workloads too), and in Node on the same operations.
import { spawnSync } from 'node:child_process'
import { root, ScriptError } from '../lib/process.mjs'
import { parsed } from './json.mjs'
import { runInNode } from './node.mjs'
import { poolBench } from './places.mjs'

/** @typedef {import('./pool-peers.mjs').PoolResult} PoolResult */

/**
 * Operations in a file.
 * @typedef {object} Trace
 * @property {string} workload
 * @property {string} file
 * @property {number} total of the pool
 * @property {number} setup how many operations are not to be timed
 */

export const policies = ['first-fit', 'best-fit', 'worst-fit', 'next-fit', 'tlsf']

/** @typedef {'calls' | 'replay'} Access */

/**
 * @param {string} workload
 * @param {string} policy
 * @param {Access} access
 * @param {number} seconds of timed work at most
 */
export function runPool(workload, policy, access, seconds) {
  const how = access === 'replay' ? ['--replay'] : []
  const limit = ['--seconds', String(seconds)]
  /** @type {PoolResult} */
  const result = bench(['--policy', policy, ...how, ...limit, workload])
  return result
}

/**
 * Writes the operations of a workload to `file`.
 * @param {string} workload
 * @param {string} file
 * @returns {Trace}
 */
export function writeTrace(workload, file) {
  /** @type {{ total: number, setup: number }} */
  const { total, setup } = bench(['--write', file, workload])
  return { workload, file, total, setup }
}

/**
 * @template T
 * @param {string[]} args
 * @returns {T}
 */
function bench(args) {
  const { stdout, stderr, status } = spawnSync(poolBench, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new ScriptError(`stowage_pool_bench ${args.join(' ')}: ${stderr}`)
  return parsed(stdout)
}

/**
 * The nanoseconds of a pair in Node, as `runPool` measures them natively.
 * @param {Trace} trace
 * @param {string} policy
 * @param {Access} access
 */
export function poolNanosecondsInNode({ file, total, setup }, policy, access) {
  /** @type {number} */
  const nanoseconds = runInNode(program, [file, String(total), String(setup), policy, access])
  return nanoseconds
}

const program = `
  import { readFileSync } from 'node:fs'
  import { load } from 'stowage/pool'
  const [, file, total, setup, policy, access] = process.argv
  const bytes = readFileSync(file)
  const operations = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)
  const { MemoryPool } = await load()
  const pool = new MemoryPool(Number(total), { policy })
  const offsets = new Array(operations.length / 3).fill(null)

  function call(batch) {
    for (let i = 0; i < batch.length; i += 3) {
      const slot = batch[i]
      const size = batch[i + 1]
      if (size > 0) {
        offsets[slot] = batch[i + 2] === 1 ? pool.alloc(size) : pool.allocAligned(size, batch[i + 2])
      } else if (offsets[slot] !== null) {
        pool.free(offsets[slot])
      }
    }
  }

  function play(from, to) {
    for (let at = from; at < to; at += 3 * 1024) {
      const batch = operations.subarray(at, Math.min(at + 3 * 1024, to))
      if (access === 'replay') pool.replay(batch)
      else call(batch)
    }
  }

  play(0, 3 * setup)
  const rounds = []
  const pairs = 65536
  for (let at = 3 * setup; at + 6 * pairs <= operations.length; at += 6 * pairs) {
    const began = process.cpuUsage()
    play(at, at + 6 * pairs)
    const { user, system } = process.cpuUsage(began)
    rounds.push((1000 * (user + system)) / pairs)
  }
  console.log(rounds.sort((a, b) => a - b)[rounds.length >> 1])`
