// Tensors in Node, beside other executors.
import { digits, table } from '../markdown.mjs'
import { runTensorPeer, runTensors, tensorPeers } from '../tensor-peers.mjs'

export const title = 'Tensors'

const seconds = 1
const rounds = 3

const products = [
  'gemm:128:128:128',
  'gemm:256:256:256',
  'gemm:512:512:512',
  'gemm:1024:1024:1024',
  'gemm:1:4096:4096',
  'gemm:197:3072:768',
  'gemm:3136:64:576',
]
const million = 2 ** 20
const operations = [
  'matvec:1024:1024',
  ...['add', 'mul', 'relu', 'sum', 'min', 'max', 'softmax', 'sigmoid', 'tanh', 'gelu', 'exp'].map(
    (operation) => `${operation}:${String(million)}`,
  ),
]

/** @returns {import('./section.mjs').Section} */
export function run() {
  const peers = tensorPeers()
  const contenders = [
    { name: 'Stowage', measure: (/** @type {string} */ each) => runTensors(each, seconds) },
    ...peers.map((name) => ({
      name,
      measure: (/** @type {string} */ each) => runTensorPeer(name, each, seconds),
    })),
  ]
  const head = (/** @type {string} */ first) => [
    first,
    ...contenders.map(({ name }) => name),
    ...(peers.length > 0 ? ['fastest other / Stowage'] : []),
  ]
  /** @param {string[]} workloads @param {(workload: string, time: number) => number} figure */
  const rows = (workloads, figure) =>
    workloads.map((workload) => {
      const times = leastInTurn(
        contenders.map(
          ({ measure }) =>
            () =>
              measure(workload),
        ),
      )
      const [own = NaN, ...others] = times
      const best = Math.min(...others)
      return [
        nameOf(workload),
        ...times.map((time) => digits(figure(workload, time))),
        ...(peers.length > 0 ? [digits(best / own)] : []),
      ]
    })
  return {
    text: `Products of an m x k and a k x n matrix in GFLOP/s, one thread, in Node, the best of ${String(rounds)} runs in turn (each
the median of one second):

${table(head('m x n x k'), rows(products, gflops))}

Milliseconds for 2^20 elements, or a matrix of 1024 x 1024:

${table(
  head('operation'),
  rows(operations, (_, time) => time),
)}`,
  }
}

/**
 * The least of what each measures, a turn for each; Infinity for what it cannot do.
 * @param {(() => number | null)[]} measures
 */
function leastInTurn(measures) {
  const least = measures.map(() => Infinity)
  for (let round = 0; round < rounds; ++round) {
    measures.forEach((measure, i) => {
      least[i] = Math.min(least[i] ?? Infinity, measure() ?? Infinity)
    })
  }
  return least
}

/**
 * @param {string} workload
 * @param {number} milliseconds
 */
function gflops(workload, milliseconds) {
  const [m = 0, n = 0, k = 0] = workload.split(':').slice(1).map(Number)
  return (2 * m * n * k) / milliseconds / 1e6
}

/** @param {string} workload */
function nameOf(workload) {
  const [operation = '', ...sizes] = workload.split(':')
  return operation === 'gemm' ? sizes.join(' x ') : operation
}
