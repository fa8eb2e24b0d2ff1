// Pictures of the figures, as SVG that reads on light and dark pages.
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const width = 720
const height = 380
/** Room for the legend above the frame, of a row. */
const legendTop = 44
const legendRow = 16

/** The colors of text and paper; those of the series are chosen to stand out on both papers. */
const style = `
  svg { color: #24292f; background: #ffffff; font: 12px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) { svg { color: #d0d7de; background: #0d1117 } }
`
const colors = ['#3987e5', '#d9731a', '#2a9d6f', '#b657c9', '#c9a227', '#d64550', '#5ab0c4']

/** @typedef {{ x: string | number, y: number, series: string }} Point */

/**
 * Values of some things by name, on a logarithmic scale.
 * @param {Point[]} points
 * @param {{ yLabel: string }} labels
 */
export function scatter(points, { yLabel }) {
  const drawn = points.filter(({ y }) => Number.isFinite(y) && y > 0)
  return draw(drawn, {
    x: { label: null, type: 'point' },
    y: { type: 'log', label: yLabel, labelAnchor: 'center', grid: true, tickFormat: plainNumber },
    marks: [
      Plot.ruleX(
        drawn,
        Plot.groupX({ y1: 'min', y2: 'max' }, { x: 'x', y: 'y', strokeOpacity: 0.25 }),
      ),
      Plot.dot(drawn, { x: 'x', y: 'y', fill: 'series', r: 4.5 }),
    ],
  })
}

/**
 * Values over a quantity, whose scale is logarithmic.
 * @param {Point[]} points
 * @param {{ xLabel: string, yLabel: string, steps?: boolean, isLog?: boolean }} options
 */
export function curves(points, { xLabel, yLabel, steps = false, isLog = false }) {
  const drawn = points.filter(({ y }) => Number.isFinite(y) && (!isLog || y > 0))
  const channels = { x: 'x', y: 'y', stroke: 'series', strokeWidth: 2 }
  const y = { label: yLabel, labelAnchor: /** @type {const} */ ('center'), grid: true }
  return draw(drawn, {
    x: { type: 'log', label: xLabel, labelAnchor: 'center', tickFormat: plainNumber },
    y: isLog ? { ...y, type: 'log', tickFormat: plainNumber } : { ...y, zero: true },
    marks: [
      Plot.line(drawn, { ...channels, curve: steps ? 'step-after' : 'linear' }),
      ...(steps ? [] : [Plot.dot(drawn, { x: 'x', y: 'y', fill: 'series', r: 3 })]),
    ],
  })
}

/**
 * @param {Point[]} points
 * @param {import('@observablehq/plot').PlotOptions} options
 */
function draw(points, { marks = [], ...options }) {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const series = [...new Set(points.map((point) => point.series))]
  const room = width - 40
  const longest = Math.max(...series.map((name) => name.length))
  // About seven pixels a letter.
  const perRow = Math.max(1, Math.min(series.length, Math.floor(room / (7 * longest + 16))))
  const rows = Math.ceil(series.length / perRow)
  const marginTop = legendTop + legendRow * (rows - 1)
  const names = series.map((name, i) => ({
    name,
    left: 30 + ((i % perRow) * room) / perRow,
    top: 10 + legendRow * Math.floor(i / perRow),
  }))
  const svg = Plot.plot({
    document,
    width,
    height,
    marginTop,
    marginLeft: 60,
    marginBottom: 48,
    color: { domain: series, range: colors },
    ...options,
    marks: [
      ...marks,
      ...names.map(({ name, left, top }) =>
        Plot.text([name], {
          text: () => `\u25cf ${name}`,
          fill: () => name,
          frameAnchor: 'top-left',
          dx: left - 60,
          dy: -marginTop + top,
          textAnchor: 'start',
        }),
      ),
    ],
  })
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const own = document.createElement('style')
  own.textContent = style
  svg.append(own)
  return `${svg.outerHTML}\n`
}

/**
 * Names powers of ten only.
 * @param {number} value
 */
function plainNumber(value) {
  const power = Math.log10(value)
  if (!Number.isInteger(Math.round(power * 1e6) / 1e6)) return ''
  return value >= 1e4 ? `10${'⁰¹²³⁴⁵⁶⁷⁸⁹'[Math.round(power)] ?? ''}` : String(value)
}
