// The marks of time and offset, and the grid.
import { type Colors, cssOf } from './colors.js'
import { bytesFormatter, formatNumber } from './format.js'
import { type Layout, narrow } from './layout.js'
import { binaryTicks, decimalTicks } from './ticks.js'
import { offsetsOf, type Scale, timesOf } from './viewport.js'

/** Lines on whole pixels are crisp. */
function crisp(place: number): number {
  return Math.round(place) + 0.5
}

export function drawAxes(
  context: CanvasRenderingContext2D,
  layout: Layout,
  scale: Scale,
  colors: Colors,
): void {
  context.save()
  context.font = `11px ${colors.font}`
  context.lineWidth = 1
  drawTimes(context, layout, scale, colors)
  drawOffsets(context, layout, scale, colors)
  if (layout.width >= narrow) drawNames(context, layout, colors)
  context.strokeStyle = cssOf(colors.grid)
  for (const box of [layout.plot, layout.load]) {
    if (box === undefined) continue
    context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1)
  }
  context.restore()
}

function drawTimes(
  context: CanvasRenderingContext2D,
  { plot, load, times }: Layout,
  scale: Scale,
  colors: Colors,
): void {
  const { values } = decimalTicks(timesOf(scale.viewport), times.width / 90)
  context.textAlign = 'center'
  context.textBaseline = 'top'
  context.fillStyle = cssOf(colors.text, 0.85)
  let end = -Infinity
  for (const value of values) {
    const x = Math.min(crisp(scale.x(value)), times.left + times.width - 0.5)
    context.strokeStyle = cssOf(colors.text, 0.12)
    context.beginPath()
    for (const box of [plot, load]) {
      if (box === undefined) continue
      context.moveTo(x, box.top)
      context.lineTo(x, box.top + box.height)
    }
    context.stroke()
    context.strokeStyle = cssOf(colors.text, 0.5)
    context.beginPath()
    context.moveTo(x, times.top)
    context.lineTo(x, times.top + 4)
    context.stroke()
    const text = formatNumber(value)
    const half = context.measureText(text).width / 2
    const middle = Math.min(Math.max(x, half + 2), times.left + times.width + 8 - half)
    if (middle - half < end + 6) continue
    context.fillText(text, middle, times.top + 6)
    end = middle + half
  }
}

function drawOffsets(
  context: CanvasRenderingContext2D,
  { plot }: Layout,
  scale: Scale,
  colors: Colors,
): void {
  const range = offsetsOf(scale.viewport)
  const { step, values } = binaryTicks(range, plot.height / 44)
  const format = bytesFormatter(step, range.upper)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.fillStyle = cssOf(colors.text, 0.85)
  for (const value of values) {
    const y = crisp(scale.y(value))
    context.strokeStyle = cssOf(colors.text, 0.12)
    context.beginPath()
    context.moveTo(plot.left, y)
    context.lineTo(plot.left + plot.width, y)
    context.stroke()
    context.strokeStyle = cssOf(colors.text, 0.5)
    context.beginPath()
    context.moveTo(plot.left - 4, y)
    context.lineTo(plot.left, y)
    context.stroke()
    const middle = Math.min(Math.max(y, plot.top + 4), plot.top + plot.height - 3)
    context.fillText(format(value), plot.left - 7, middle, plot.left - 9)
  }
}

function drawNames(
  context: CanvasRenderingContext2D,
  { plot, load, times }: Layout,
  colors: Colors,
): void {
  context.fillStyle = cssOf(colors.text, 0.6)
  context.textAlign = 'right'
  context.textBaseline = 'top'
  context.fillText('time', times.left - 7, times.top + 6)
  context.textAlign = 'center'
  for (const [name, box] of [
    ['offset', plot],
    ['load', load],
  ] as const) {
    if (box === undefined) continue
    context.save()
    context.translate(6, box.top + box.height / 2)
    context.rotate(-Math.PI / 2)
    context.fillText(name, 0, 0)
    context.restore()
  }
}
