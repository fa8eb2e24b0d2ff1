// npm run bench [-- DATA]: the planner's parts (Google Benchmark), then the public benchmark problems
// through the native and the Node command. DATA is a folder of problems named NAME.CAPACITY.csv; by
// default minimalloc in STOWAGE_DATA, or in ../shared/data beside the repository. With the path of a
// MiniMalloc binary in STOWAGE_MINIMALLOC, it solves them in turn with the others, natively.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildPackage, buildPreset } from './lib/build.mjs'
import { median, row } from './lib/figures.mjs'
import { root, runAndShow, say, script, ScriptError } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

const repetitions = Number(process.env.STOWAGE_REPETITIONS ?? 5)
const timeout = 60
const bench = 'build/release/cpp/bench/stowage_bench'
const node = [process.execPath, 'npm/dist/cli/main.js']
const native = ['build/release/cpp/cli/stowage']
const minimalloc = process.env.STOWAGE_MINIMALLOC

await script(async () => {
  setUp('testing')
  buildPreset('release', ['stowage', 'stowage_bench'])
  buildPackage()
  const { status } = await runAndShow(bench, [])
  if (status !== 0) throw new ScriptError(`The native benchmarks failed (${String(status)})`)
  console.log(`\nload(): ${(1000 * loadSeconds()).toFixed(1)} ms in Node`)
  benchProblems()
})

/** The median time that a fresh process takes to load the module. */
function loadSeconds() {
  const program = `
    const { load } = await import('./npm/dist/index.js')
    const started = performance.now()
    await load()
    console.log((performance.now() - started) / 1000)`
  const load = () => Number(output([process.execPath, '--input-type=module', '-e', program]))
  return mediansInTurn([load])[0] ?? NaN
}

function benchProblems() {
  const data = process.env.STOWAGE_DATA ?? join(root, '../shared/data')
  const folder = resolve(process.argv[2] ?? join(data, 'minimalloc'))
  if (!existsSync(folder)) {
    say(`No benchmark problems in ${folder}: set STOWAGE_DATA, or name a folder.`)
    return
  }
  const columns = minimalloc === undefined ? [] : ['MiniMalloc', 'times native', 'times Node']
  console.log(`\nSeconds of search, the median of ${String(repetitions)} runs, --engine auto`)
  console.log(row('problem', 'native', 'Node', 'ratio', 'Node warm', 'ratio', ...columns))
  /** @type {number[][]} */
  const all = []
  for (const name of readdirSync(folder).filter((each) => /\.\d+\.csv$/.test(each))) {
    const file = join(folder, name)
    const measures = [
      () => searchSeconds(native, file),
      () => searchSeconds(node, file),
      () => warmSeconds(file),
    ]
    if (minimalloc !== undefined) measures.push(() => minimallocSeconds(minimalloc, file))
    const times = mediansInTurn(measures)
    all.push(times)
    console.log(row(name, ...seconds(times)))
  }
  const means = (all[0] ?? []).map((_, which) => geometricMean(all, which))
  console.log(row('geometric mean', ...seconds(means)))
}

/**
 * What the command itself says its search took.
 * @param {string[]} command
 * @param {string} file named NAME.CAPACITY.csv
 */
function searchSeconds(command, file) {
  const capacity = /\.(\d+)\.csv$/.exec(file)?.[1] ?? ''
  const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-'))
  const plan = join(folder, 'plan.csv')
  const options = ['--capacity', capacity, '--timeout', String(timeout), '--json', '--output', plan]
  try {
    /** @type {unknown} */
    const answer = JSON.parse(output([...command, 'solve', file, ...options]))
    const { status, seconds } = /** @type {{ status: string, seconds: number }} */ (answer)
    if (status !== 'solved') throw new ScriptError(`${file}: ${status} after ${String(seconds)} s`)
    return seconds
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The median search in one process, after one that lets the engine compile the module in full.
 * @param {string} file named NAME.CAPACITY.csv
 */
function warmSeconds(file) {
  const capacity = /\.(\d+)\.csv$/.exec(file)?.[1] ?? ''
  const program = `
    const { readFileSync } = await import('node:fs')
    const { load } = await import('./npm/dist/index.js')
    const { Problem, Solver } = await load()
    const problem = Problem.fromCsv(readFileSync(process.argv[1]), { capacity: ${capacity} })
    const times = []
    for (let i = 0; i < ${String(repetitions + 1)}; ++i) {
      const started = performance.now()
      await new Solver({ timeoutSeconds: ${String(timeout)} }).solve(problem)
      if (i > 0) times.push((performance.now() - started) / 1000)
    }
    console.log(times.sort((a, b) => a - b)[${String(Math.floor(repetitions / 2))}])`
  return Number(output([process.execPath, '--input-type=module', '-e', program, file]))
}

/**
 * What MiniMalloc says its search took.
 * @param {string} binary
 * @param {string} file named NAME.CAPACITY.csv
 */
function minimallocSeconds(binary, file) {
  const capacity = /\.(\d+)\.csv$/.exec(file)?.[1] ?? ''
  const options = [`--capacity=${capacity}`, `--input=${file}`, '--output=/dev/null']
  const { stderr } = spawnSync(binary, [...options, `--timeout=${String(timeout)}s`], {
    encoding: 'utf8',
  })
  const elapsed = /Elapsed time ([\d.]+)s/.exec(stderr)
  if (!elapsed) throw new ScriptError(`${binary} on ${file}: ${stderr}`)
  return Number(elapsed[1])
}

/**
 * What a program prints.
 * @param {string[]} command
 */
function output([program = '', ...args]) {
  const { stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return stdout
}

/**
 * Takes one measurement of each in turn, so that a change of the machine's pace hits all alike.
 * @param {(() => number)[]} measures
 */
function mediansInTurn(measures) {
  const rounds = Array.from({ length: repetitions }, () => measures.map((measure) => measure()))
  return measures.map((_, which) => median(rounds.map((round) => round[which] ?? NaN)))
}

/**
 * @param {number[][]} rows
 * @param {number} column
 */
function geometricMean(rows, column) {
  // A search may be too short for the clock.
  const logarithms = rows.map((each) => Math.log(Math.max(each[column] ?? NaN, 1e-6)))
  return Math.exp(logarithms.reduce((sum, each) => sum + each, 0) / rows.length)
}

/**
 * @param {number[]} times of the native command, of Node's, of the module once compiled, and of
 *   MiniMalloc if it is there
 */
function seconds([first = NaN, second = NaN, warm = NaN, peer]) {
  const cells = [first, second, second / first, warm, warm / first]
  if (peer !== undefined) cells.push(peer, peer / first, peer / second)
  return cells.map((each, which) => each.toFixed([0, 1, 3].includes(which) ? 4 : 2))
}
