// Operations on tensors to measure, in Node and in pages. A workload is gemm:M:N:K (the product of an
// M x K and a K x N matrix), matvec:M:N or OPERATION:N.

export const products = [
  'gemm:128:128:128',
  'gemm:256:256:256',
  'gemm:512:512:512',
  'gemm:1024:1024:1024',
  'gemm:1:4096:4096',
  'gemm:197:3072:768',
  'gemm:3136:64:576',
]
const million = 2 ** 20
const ofMillion = (/** @type {string} */ operation) => `${operation}:${String(million)}`

/** What takes as long as reading and writing memory does. */
export const memoryBound = [
  'matvec:1024:1024',
  ...['add', 'mul', 'relu', 'sum', 'min', 'max'].map(ofMillion),
]
export const operations = [
  ...memoryBound,
  ...['softmax', 'sigmoid', 'tanh', 'gelu', 'exp'].map(ofMillion),
]

/** @param {string} workload */
export function nameOf(workload) {
  const [operation = '', ...sizes] = workload.split(':')
  return operation === 'gemm' ? sizes.join(' x ') : operation
}

/**
 * Billions of operations a second of a product that takes so long.
 * @param {string} workload
 * @param {number} milliseconds
 */
export function gflops(workload, milliseconds) {
  const [m = 0, n = 0, k = 0] = workload.split(':').slice(1).map(Number)
  return (2 * m * n * k) / milliseconds / 1e6
}

/**
 * What does the operation once, and gives back the memory of its result.
 * @param {import('stowage/tensor').Executor} executor
 * @param {string} workload
 * @returns {() => void}
 */
export function callOf(executor, workload) {
  const operation = operationOf(executor, workload)
  return () => {
    operation().dispose()
  }
}

/**
 * @param {import('stowage/tensor').Executor} executor
 * @param {string} workload
 * @returns {() => import('stowage/tensor').Tensor}
 */
function operationOf(executor, workload) {
  const tensor = (/** @type {number[]} */ ...shape) => {
    const length = shape.reduce((product, each) => product * each, 1)
    const values = Float32Array.from({ length }, (_, i) => 3 * Math.sin(i * 12.9898))
    return executor.tensor(values, shape)
  }
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
