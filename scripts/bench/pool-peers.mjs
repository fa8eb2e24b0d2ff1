// Other pools, measured in the same run. Nothing of theirs is in this repository:
//
//   STOWAGE_POOL_PEERS   a program. Without arguments it prints the names of the pools that it knows,
//                        one a line. `PROGRAM NAME TRACE TOTAL SETUP SECONDS` plays the operations in
//                        the file TRACE (three doubles each: a slot, a size and an alignment; size 0
//                        frees what the slot holds) on a pool of TOTAL bytes, and times those behind
//                        the first SETUP, for at most SECONDS of processor time. It prints JSON with
//                        the fields of `PoolResult`, or null for what the pool cannot do.
import { parsed } from './json.mjs'
import { output } from './output.mjs'

const program = process.env.STOWAGE_POOL_PEERS

export const hasPoolPeers = program !== undefined

/**
 * @typedef {object} PoolResult
 * @property {number} nanoseconds of processor time for a pair of free and alloc, the median of rounds
 * @property {number} pairs in the time given
 * @property {number} blocks at the end
 * @property {number} failures of allocations
 * @property {number} peakEnd the highest end of any block so far
 * @property {number} peakUsed the most bytes allocated at a time so far
 * @property {number} bookkeepingBytes of memory that the pool itself takes
 */

/** The names of the other pools. */
export function poolPeers() {
  return program === undefined ? [] : output(program, []).split('\n').filter(Boolean)
}

/**
 * @param {string} name
 * @param {import('./pools.mjs').Trace} trace
 * @param {number} seconds
 * @returns {PoolResult | null}
 */
export function runPoolPeer(name, { file, total, setup }, seconds) {
  return parsed(output(program ?? '', [name, file, ...[total, setup, seconds].map(String)]))
}
