// Timing calls in this process.

/**
 * Milliseconds of processor time of a call: a tenth of the samples of about a millisecond stays below.
 * What else runs on the machine interrupts a call of ten milliseconds more often than not, which
 * processor time does not count, and slows the core down, of which the quieter moments show the least.
 * @param {() => unknown} call
 * @param {number} seconds of processor time, after a third of it for warming up
 */
export function callMilliseconds(call, seconds) {
  // A module's code is compiled anew while it is hot; what comes before does not count.
  const warming = 300 * seconds
  let count = 0
  const started = now()
  for (; now() - started < warming; ++count) call()
  // Reading the clock takes some microseconds.
  const calls = Math.ceil(count / warming)
  /** @type {number[]} */
  const samples = []
  const end = now() + 1000 * seconds
  while (now() < end || samples.length < 5) {
    const began = now()
    for (let i = 0; i < calls; ++i) call()
    samples.push((now() - began) / calls)
  }
  return firstDecile(samples)
}

/** @param {number[]} samples */
export function firstDecile(samples) {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 10)] ?? NaN
}

/** Milliseconds of processor time of this process. */
function now() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
