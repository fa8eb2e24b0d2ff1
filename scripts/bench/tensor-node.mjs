// node tensor-node.mjs ENTRY WORKLOAD SECONDS: the median of milliseconds of processor time that an
// operation takes in this process, of calls on tensors whose memory is given back after each. WORKLOAD is gemm:M:N:K,
// matvec:M:N, or OPERATION:N.
const [entry = '', workload = '', seconds = '1'] = process.argv.slice(2)
/** @type {unknown} */
const imported = await import(entry)
const { load } = /** @type {typeof import('stowage/tensor')} */ (imported)
const { Executor } = await load()
const executor = new Executor()

/** @param {number[]} shape */
function tensor(...shape) {
  const length = shape.reduce((product, each) => product * each, 1)
  const values = Float32Array.from({ length }, (_, i) => 3 * Math.sin(i * 12.9898))
  return executor.tensor(values, shape)
}

/** @returns {() => import('stowage/tensor').Tensor} */
function callOf() {
  const [operation = '', ...sizes] = workload.split(':')
  const [m = 1, n = 1, k = 1] = sizes.map(Number)
  if (operation === 'gemm') {
    const [a, b] = [tensor(m, k), tensor(k, n)]
    return () => a.matmul(b)
  }
  if (operation === 'matvec') {
    const [a, x] = [tensor(m, n), tensor(n, 1)]
    return () => a.matmul(x)
  }
  const [x, y] = [tensor(m), tensor(m)]
  switch (operation) {
    case 'add':
    case 'mul':
      return () => x[operation](y)
    case 'relu':
    case 'exp':
    case 'sigmoid':
    case 'tanh':
    case 'gelu':
    case 'softmax':
    case 'sum':
    case 'min':
    case 'max':
      return () => x[operation]()
    default:
      throw new Error(`no operation ${operation}`)
  }
}

/**
 * Milliseconds of processor time of this process: what else runs on the machine hardly changes it, where
 * a call of ten milliseconds is interrupted more often than not.
 */
function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const call = callOf()
// The module's code is compiled anew while it is hot; what comes before does not count.
const warming = 300 * Number(seconds)
let count = 0
const started = processorTime()
for (; processorTime() - started < warming; ++count) call().dispose()
// The clock is read about once a millisecond at most, as reading it takes some microseconds.
const calls = Math.ceil(count / warming)
/** @type {number[]} */
const times = []
const end = processorTime() + 1000 * Number(seconds)
while (processorTime() < end || times.length < 5) {
  const began = processorTime()
  for (let i = 0; i < calls; ++i) call().dispose()
  times.push((processorTime() - began) / calls)
}
times.sort((a, b) => a - b)
console.log(JSON.stringify(times[Math.floor(times.length / 2)]))
