// The most that a core multiplies and adds on 128 bits in WebAssembly: cpp/bench/tensor/ceiling.h.

/** As kCeilingOperations there. */
const operationsOfRound = 224
const rounds = 5_000

/** As kCeilingUnrolls there: workloads of which the fastest counts. */
export const ceilings = ['ceiling:1', 'ceiling:2', 'ceiling:4']

/** Billions of operations a second of a call that takes so long. @param {number} milliseconds */
export function ceilingGflops(milliseconds) {
  return (rounds * operationsOfRound) / milliseconds / 1e6
}

/**
 * @param {BufferSource} bytes of build/wasm/cpp/bench/ceiling.wasm
 * @param {string} workload
 * @returns {Promise<() => void>}
 */
export async function ceilingOf(bytes, workload) {
  const { instance } = await WebAssembly.instantiate(bytes)
  const { ceiling } = /** @type {{ ceiling: (...args: number[]) => number }} */ (
    /** @type {unknown} */ (instance.exports)
  )
  const unroll = Number(workload.split(':')[1])
  return () => {
    ceiling(unroll, rounds, 1)
  }
}
