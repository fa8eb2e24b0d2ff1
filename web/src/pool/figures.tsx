// The pool at this moment in numbers, and its holes by their sizes.
import { bytes, integer, percent } from '../results/format'
import { moment } from './state'

export function Figures() {
  const now = moment.value
  if (now === undefined) return null
  const { stats } = now
  const figures: readonly (readonly [string, string, string])[] = [
    ['Used', bytes(stats.used), `${integer(stats.used)} bytes`],
    ['Free', bytes(stats.free), `${integer(stats.free)} bytes`],
    ['Largest hole', bytes(stats.largestFree), `${integer(stats.largestFree)} bytes`],
    ['Holes', integer(stats.numFreeBlocks), ''],
    ['Blocks', integer(stats.numBlocks), ''],
    ['Fragmentation', percent(stats.fragmentation), '1 - largest hole / free'],
  ]
  return (
    <>
      <dl class="run-figures pool-figures">
        {figures.map(([name, value, title]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={title}>{value}</dd>
          </div>
        ))}
      </dl>
      <Histogram counts={now.histogram} />
    </>
  )
}

function Histogram({ counts }: { counts: readonly number[] }) {
  const first = counts.findIndex((count) => count > 0)
  if (first < 0) return <p class="quiet">There are no holes.</p>
  const last = counts.findLastIndex((count) => count > 0)
  const most = Math.max(...counts)
  return (
    <table class="histogram">
      <caption>Holes by size</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">From</th>
          <th scope="col">Holes</th>
        </tr>
      </thead>
      <tbody>
        {counts.slice(first, last + 1).map((count, index) => (
          <tr key={first + index}>
            <th scope="row">{bytes(2 ** (first + index))}</th>
            <td>
              <meter min={0} max={most} value={count} aria-hidden="true" /> {integer(count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
