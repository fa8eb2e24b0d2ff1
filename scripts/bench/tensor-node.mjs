// node tensor-node.mjs ENTRY WORKLOAD SECONDS: the median of milliseconds that an operation takes in
// this process, of calls on tensors whose memory is given back after each. WORKLOAD is gemm:M:N:K,
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

const call = callOf()
/** @type {number[]} */
const times = []
// The module's code is compiled anew while it is hot; what comes before does not count.
const warm = performance.now() + 300 * Number(seconds)
while (performance.now() < warm) call().dispose()
const end = performance.now() + 1000 * Number(seconds)
while (performance.now() < end || times.length < 5) {
  const began = performance.now()
  call().dispose()
  times.push(performance.now() - began)
}
times.sort((a, b) => a - b)
console.log(JSON.stringify(times[Math.floor(times.length / 2)]))
