// The planner's parts by themselves, and loading the package.
import { spawnSync } from 'node:child_process'
import { root, ScriptError } from '../../lib/process.mjs'
import { parsed } from '../json.mjs'
import { digits, table } from '../markdown.mjs'
import { loadSeconds } from '../node.mjs'
import { partsBench } from '../places.mjs'
import { groupBy, mediansInTurn } from '../statistics.mjs'

export const title = 'Parts'

/** @returns {import('./section.mjs').Section} */
export function run() {
  const { stdout, stderr, status } = spawnSync(
    partsBench,
    ['--benchmark_format=json', '--benchmark_filter=ReadCsv|WriteCsv|Sweep|FirstPlan|Validate'],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new ScriptError(stderr)
  /** @type {{ benchmarks: { name: string, cpu_time: number }[] }} */
  const { benchmarks } = parsed(stdout)
  const byCount = groupBy(benchmarks, ({ name }) => name.split('/')[1] ?? '')
  const parts = ['ReadCsv', 'WriteCsv', 'Sweep', 'FirstPlan', 'Validate']
  const counts = [...byCount.keys()].sort((a, b) => Number(a) - Number(b))
  const rows = counts.map((count) => [
    `10^${String(Math.log10(Number(count)))}`,
    ...parts.map((part) => {
      const found = byCount.get(count)?.find(({ name }) => name.startsWith(`${part}/`))
      return found ? digits(found.cpu_time) : ''
    }),
  ])
  const [load = NaN] = mediansInTurn([loadSeconds], 5)
  const head = [
    'buffers',
    'read CSV',
    'write CSV',
    'sweep',
    'first plans (all decoders)',
    'validate',
  ]
  return {
    text: `Milliseconds of processor time.

${table(head, rows)}

\`load()\` takes ${(1000 * load).toFixed(1)} ms in a fresh Node process.`,
  }
}
