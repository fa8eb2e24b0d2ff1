// This package's tensors, each time in a fresh process: in Node, and natively with Google Benchmark
// (cpp/bench/tensor_bench.cc).
import { parsed } from './json.mjs'
import { output } from './output.mjs'
import { ceilingModule, partsBench, tensorEntry } from './places.mjs'
import { firstDecile } from './processor-time.mjs'
import { ceilingGflops, ceilings } from './tensor-ceiling.mjs'

const nodeScript = 'scripts/bench/tensor-node.mjs'

/**
 * The milliseconds of processor time of an operation in Node, as processor-time.mjs takes them.
 * @param {string} workload
 * @param {number} seconds
 * @returns {number}
 */
export function millisecondsInNode(workload, seconds) {
  return parsed(output(process.execPath, [nodeScript, tensorEntry, workload, String(seconds)]))
}

/**
 * The same natively, of our own kernel or of a plain loop.
 * @param {'Kernel' | 'Plain'} which
 * @param {string} workload
 * @param {number} seconds
 */
export function millisecondsNatively(which, workload, seconds) {
  return benchmark(`${which}/${workload.replaceAll(':', '/')}`, seconds)
}

/**
 * Billions of operations a second that WebAssembly reaches without loading or storing.
 * @param {number} seconds
 */
export function ceilingInNode(seconds) {
  const times = ceilings.map((each) => {
    const limit = String(seconds / ceilings.length)
    /** @type {number} */
    const time = parsed(output(process.execPath, [nodeScript, ceilingModule, each, limit]))
    return time
  })
  return ceilingGflops(Math.min(...times))
}

/**
 * The milliseconds of a benchmark: a tenth of its repetitions stays below.
 * @param {string} name
 * @param {number} seconds
 */
function benchmark(name, seconds) {
  const repetitions = 100
  const text = output(partsBench, [
    `--benchmark_filter=^${name}$`,
    `--benchmark_repetitions=${String(repetitions)}`,
    `--benchmark_min_time=${String(seconds / repetitions)}`,
    '--benchmark_format=json',
  ])
  /** @type {{ benchmarks: { run_type: string, time_unit: string, cpu_time: number }[] }} */
  const { benchmarks } = parsed(text)
  const runs = benchmarks.filter((each) => each.run_type === 'iteration')
  /** @type {Record<string, number>} */
  const units = { ns: 1e-6, us: 1e-3, ms: 1 }
  return firstDecile(runs.map((each) => each.cpu_time * (units[each.time_unit] ?? NaN)))
}
