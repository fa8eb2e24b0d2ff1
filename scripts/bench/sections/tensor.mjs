// Tensors: in Node beside other executors, natively beside other libraries, and both beside what the
// processor and its memory allow.
import { digits, table } from '../markdown.mjs'
import { ceilingInNode, millisecondsInNode, millisecondsNatively } from '../tensor-own.mjs'
import { nativePeers, peersInNode } from '../tensor-peers.mjs'
import { gflops, memoryBound, nameOf, operations, products } from '../tensor-workloads.mjs'

/** @typedef {import('../tensor-peers.mjs').Contender} Contender */

export const title = 'Tensors'

const seconds = 0.5
const rounds = 3

const inNode = { name: 'Stowage', measure: millisecondsInNode }
const natively = { name: 'Stowage', measure: kernel }
/** Negative, as the least of all counts. @type {Contender} */
const ceiling = { name: 'ceiling', measure: (_, time) => -ceilingInNode(time) }

/** @returns {import('./section.mjs').Section} */
export function run() {
  const peers = peersInNode()
  return {
    text: `One thread, processor time, the least of ${String(rounds)} rounds in turn; all ratios are of speeds. Products of an m x k
and a k x n matrix in Node, in GFLOP/s; the ceiling is what WebAssembly multiplies and adds 128 bits wide
without loading, storing or fusing the two:

${productTable([inNode, ...peers], ceiling)}

The same natively, where Stowage uses 256 bits if the processor has AVX, and never fuses:

${productTable([natively, ...nativePeers()])}

Milliseconds for 2^20 elements, or a matrix of 1024 x 1024, in Node:

${operationTable([inNode, ...peers])}

The operations that memory bounds, natively beside a plain loop as g++ compiles it (-O3 -ffast-math, 128
bits, eight registers for what becomes one number), in milliseconds:

${memoryTable()}`,
  }
}

/**
 * @param {string} workload
 * @param {number} time
 */
function kernel(workload, time) {
  return millisecondsNatively('Kernel', workload, time)
}

/**
 * @param {Contender[]} contenders our own first
 * @param {Contender} [limit]
 */
function productTable(contenders, limit) {
  const hasPeers = contenders.length > 1
  const rows = products.map((workload) => {
    const all = leastInTurn(limit ? [...contenders, limit] : contenders, workload)
    const times = all.slice(0, contenders.length)
    const speeds = times.map((time) => gflops(workload, time))
    const most = -(all[contenders.length] ?? NaN)
    return [
      nameOf(workload),
      ...speeds.map(digits),
      ...(hasPeers ? [ratioToFastest(times)] : []),
      ...(limit ? [digits(most), percent((speeds[0] ?? NaN) / most)] : []),
    ]
  })
  return table(
    [
      'm x n x k',
      ...contenders.map(({ name }) => name),
      ...(hasPeers ? ['Stowage / fastest other'] : []),
      ...(limit ? ['ceiling', 'share of it'] : []),
    ],
    rows,
  )
}

/** @param {Contender[]} contenders our own first */
function operationTable(contenders) {
  const hasPeers = contenders.length > 1
  const rows = operations.map((workload) => {
    const times = leastInTurn(contenders, workload)
    return [nameOf(workload), ...times.map(digits), ...(hasPeers ? [ratioToFastest(times)] : [])]
  })
  const head = ['operation', ...contenders.map(({ name }) => name)]
  return table([...head, ...(hasPeers ? ['Stowage / fastest other'] : [])], rows)
}

function memoryTable() {
  /** @type {Contender} */
  const loop = {
    name: 'plain loop',
    measure: (workload, time) => millisecondsNatively('Plain', workload, time),
  }
  const rows = memoryBound.map((workload) => {
    const times = leastInTurn([loop, natively, inNode], workload)
    const [plain = NaN, native = NaN, node = NaN] = times
    return [nameOf(workload), ...times.map(digits), digits(plain / native), digits(plain / node)]
  })
  const head = ['operation', 'plain loop', 'Stowage', 'Stowage in Node']
  return table([...head, 'Stowage / loop', 'in Node / loop'], rows)
}

/**
 * How many times as fast as the fastest of the others.
 * @param {number[]} times our own first
 */
function ratioToFastest([own = NaN, ...others]) {
  return digits(Math.min(...others) / own)
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(0)} %`
}

/**
 * The least of what each measures, a turn for each; Infinity for what it cannot do.
 * @param {Contender[]} contenders
 * @param {string} workload
 */
function leastInTurn(contenders, workload) {
  const least = contenders.map(() => Infinity)
  for (let round = 0; round < rounds; ++round) {
    contenders.forEach(({ measure }, i) => {
      least[i] = Math.min(least[i] ?? Infinity, measure(workload, seconds) ?? Infinity)
    })
  }
  return least
}
