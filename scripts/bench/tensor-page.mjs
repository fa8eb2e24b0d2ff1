// The page side of npm run bench:tensor: an operation of one executor, done again and again.
//
// Others come from a module of a folder that STOWAGE_TENSOR_PEERS_PAGE names, peers.mjs. It exports
// `names`, and `prepare(name, workload)`, which resolves to { call, operations }, where a call (which may
// return a promise) does so many operations, or to null for what the other cannot do.
import { ceilingOf, ceilings } from './tensor-ceiling.mjs'
import { callOf } from './tensor-workloads.mjs'

/**
 * @typedef {{ call: () => unknown, operations: number }} Prepared
 * @typedef {{ names: string[], prepare: (name: string, workload: string) => Promise<Prepared | null> }} Peers
 */

/** @type {Prepared | null} */
let prepared = null

/** @returns {Promise<string[]>} */
export async function peerNames() {
  return (await peers()).names
}

/**
 * @param {string} name of who does it: `Stowage`, one of `ceilings`, or one of the others
 * @param {string} workload
 * @returns {Promise<boolean>} whether it can
 */
export async function prepare(name, workload) {
  if (ceilings.includes(name)) {
    const bytes = await (await fetch('/ceiling.wasm')).arrayBuffer()
    prepared = { call: await ceilingOf(bytes, name), operations: 1 }
  } else if (name === 'Stowage') {
    /** @type {unknown} */
    const loaded = await import(/** @type {string} */ ('/dist/tensor.js'))
    const { load } = /** @type {typeof import('stowage/tensor')} */ (loaded)
    const { Executor } = await load()
    prepared = { call: callOf(new Executor(), workload), operations: 1 }
  } else {
    prepared = await (await peers()).prepare(name, workload)
  }
  return prepared !== null
}

/**
 * Does what was prepared for so long.
 * @param {number} seconds
 * @returns {Promise<number>} how many operations that were
 */
export async function run(seconds) {
  if (prepared === null) return 0
  const { call, operations } = prepared
  let calls = 0
  for (const end = performance.now() + 1000 * seconds; performance.now() < end; ++calls) {
    const made = call()
    if (made instanceof Promise) await made
  }
  return calls * operations
}

async function peers() {
  /** @type {unknown} */
  const loaded = await import(/** @type {string} */ ('/peers/peers.mjs'))
  return /** @type {Peers} */ (loaded)
}
