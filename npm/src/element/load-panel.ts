// The load over time, below the rectangles.
import type { ProfileColumns } from '../view/types.js'
import { type Colors, cssOf } from './colors.js'
import { bytesFormatter } from './format.js'
import { drawLines, type Line } from './lines.js'
import { binaryTicks } from './ticks.js'
import type { Box } from './viewport.js'

export interface LoadPicture {
  readonly box: Box
  /** One column for each pixel of the screen. */
  readonly profile: ProfileColumns
  /** What the top of the box stands for. */
  readonly most: number
  readonly lines: readonly Line[]
  readonly showsWaste: boolean
}

export function drawLoad(
  context: CanvasRenderingContext2D,
  picture: LoadPicture,
  colors: Colors,
): void {
  const { box, profile, most, lines, showsWaste } = picture
  const bottom = box.top + box.height
  const y = (value: number): number => bottom - (value / most) * box.height
  context.save()
  context.fillStyle = cssOf(colors.background)
  context.fillRect(box.left, box.top, box.width, box.height)
  if (showsWaste) {
    context.fillStyle = hatching(context, colors)
    fill(context, box, profile.top, y)
    context.fillStyle = cssOf(colors.background)
    fill(context, box, profile.load, y)
  }
  context.fillStyle = cssOf(colors.load, 0.28)
  fill(context, box, profile.load, y)
  context.strokeStyle = cssOf(colors.load)
  context.lineWidth = 1.5
  context.lineJoin = 'round'
  context.beginPath()
  outline(context, box, profile.load, y)
  context.stroke()
  drawLines(context, lines, box, y, colors)
  drawMarks(context, picture, y, colors)
  context.restore()
}

/** Steps: each column is level. */
function outline(
  context: CanvasRenderingContext2D,
  box: Box,
  values: Float64Array,
  y: (value: number) => number,
): void {
  const width = box.width / values.length
  let last = NaN
  values.forEach((value, column) => {
    if (value === last) return
    const x = box.left + column * width
    if (column > 0) context.lineTo(x, y(last))
    context.lineTo(x, y(value))
    last = value
  })
  context.lineTo(box.left + box.width, y(last))
}

function fill(
  context: CanvasRenderingContext2D,
  box: Box,
  values: Float64Array,
  y: (value: number) => number,
): void {
  const bottom = box.top + box.height
  context.beginPath()
  context.moveTo(box.left, bottom)
  outline(context, box, values, y)
  context.lineTo(box.left + box.width, bottom)
  context.fill()
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { box, most }: LoadPicture,
  y: (value: number) => number,
  colors: Colors,
): void {
  const { step, values } = binaryTicks({ lower: 0, upper: most }, box.height / 36)
  const format = bytesFormatter(step, most)
  context.font = `11px ${colors.font}`
  context.fillStyle = cssOf(colors.text, 0.85)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  for (const value of values) {
    const middle = Math.min(Math.max(y(value), box.top + 4), box.top + box.height - 3)
    context.fillText(format(value), box.left - 7, middle, box.left - 9)
  }
}

/** As the rectangles have it where no buffer is. */
function hatching(context: CanvasRenderingContext2D, colors: Colors): CanvasPattern | string {
  const side = 6
  const tile = document.createElement('canvas')
  tile.width = tile.height = side
  const lines = tile.getContext('2d')
  if (lines === null) return cssOf(colors.waste)
  lines.strokeStyle = cssOf(colors.waste)
  lines.lineWidth = 1.5
  lines.beginPath()
  for (const shift of [-side, 0, side]) {
    lines.moveTo(shift - 1, -1)
    lines.lineTo(shift + side + 1, side + 1)
  }
  lines.stroke()
  return context.createPattern(tile, 'repeat') ?? cssOf(colors.waste)
}
