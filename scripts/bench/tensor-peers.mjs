// Other executors of tensors, measured in the same run. Nothing of theirs is in this repository:
//
//   STOWAGE_TENSOR_PEERS         a program that measures others in Node. Without arguments it prints the
//                                names of those that it knows, one a line. `PROGRAM NAME WORKLOAD SECONDS`
//                                measures for about so long, in one thread, and prints the milliseconds
//                                of one operation as JSON, as processor-time.mjs takes them, or null for
//                                what the other cannot do. tensor-workloads.mjs has the workloads.
//   STOWAGE_NATIVE_TENSOR_PEERS  the same of native ones.
//   STOWAGE_TENSOR_PEERS_PAGE    a folder with a module peers.mjs for a page (tensor-page.mjs).
import { parsed } from './json.mjs'
import { output } from './output.mjs'

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(workload: string, seconds: number) => number | null} measure in milliseconds
 */

export const peersInNode = peersOf(process.env.STOWAGE_TENSOR_PEERS)
export const nativePeers = peersOf(process.env.STOWAGE_NATIVE_TENSOR_PEERS)

/**
 * @param {string | undefined} program
 * @returns {() => Contender[]}
 */
function peersOf(program) {
  return () =>
    program === undefined
      ? []
      : output(program, [])
          .split('\n')
          .filter(Boolean)
          .map((name) => ({
            name,
            measure: (workload, seconds) =>
              parsed(output(program, [name, workload, String(seconds)])),
          }))
}
