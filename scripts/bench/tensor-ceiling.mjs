// The most that a core multiplies and adds on 128 bits in WebAssembly: cpp/bench/tensor/ceiling.h.

/** As kCeilingOperations there. */
const operationsOfRound = 56
const rounds = 20_000

/** Billions of operations a second of a call that takes so long. @param {number} milliseconds */
export function ceilingGflops(milliseconds) {
  return (rounds * operationsOfRound) / milliseconds / 1e6
}

/**
 * @param {BufferSource} bytes of build/wasm/cpp/bench/ceiling.wasm
 * @returns {Promise<() => void>}
 */
export async function ceilingOf(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes)
  const { ceiling } = /** @type {{ ceiling: (...args: number[]) => number }} */ (
    /** @type {unknown} */ (instance.exports)
  )
  return () => {
    ceiling(rounds, 1)
  }
}
