// Other executors of tensors, measured in the same run. Nothing of theirs is in this repository:
//
//   STOWAGE_TENSOR_PEERS   a program. Without arguments it prints the names of those that it knows, one
//                          a line. `PROGRAM NAME WORKLOAD SECONDS` measures for about so long, in one
//                          thread, and prints the median milliseconds (of processor time) of one operation
//                          as JSON, or null for what the other cannot do. tensor-node.mjs has the workloads.
import { parsed } from './json.mjs'
import { output } from './output.mjs'
import { tensorEntry } from './places.mjs'

const program = process.env.STOWAGE_TENSOR_PEERS

export const hasTensorPeers = program !== undefined

/** The names of the others. */
export function tensorPeers() {
  return program === undefined ? [] : output(program, []).split('\n').filter(Boolean)
}

/**
 * @param {string} name
 * @param {string} workload
 * @param {number} seconds
 * @returns {number | null}
 */
export function runTensorPeer(name, workload, seconds) {
  return parsed(output(program ?? '', [name, workload, String(seconds)]))
}

/**
 * The same of this package, in a fresh process.
 * @param {string} workload
 * @param {number} seconds
 * @returns {number}
 */
export function runTensors(workload, seconds) {
  const script = 'scripts/bench/tensor-node.mjs'
  return parsed(output(process.execPath, [script, tensorEntry, workload, String(seconds)]))
}
