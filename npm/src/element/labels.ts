// Names in rectangles that are large enough for them.
import type { Rgb, VisibleBuffer } from '../view/types.js'
import { textOn } from './colors.js'
import type { Box } from './viewport.js'

/** The least that a name needs in both directions, in CSS pixels. */
export const leastForLabel = 13
export const mostLabels = 400

const size = 11
const padding = 4

/** What the labels are taken from. */
export interface Labelled {
  id(buffer: number): string
  /** The second line, where there is room for one. */
  detail(buffer: number): string
  color(buffer: number): Rgb
  isDimmed(buffer: number): boolean
}

export function drawLabels(
  context: CanvasRenderingContext2D,
  visible: readonly VisibleBuffer[],
  plot: Box,
  ratio: number,
  labelled: Labelled,
  font: string,
): void {
  context.save()
  context.font = `${String(size)}px ${font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const { buffer, left, top, right, bottom } of visible) {
    const box = {
      left: plot.left + left / ratio,
      top: plot.top + top / ratio,
      width: (right - left) / ratio,
      height: (bottom - top) / ratio,
    }
    context.globalAlpha = labelled.isDimmed(buffer) ? 0.3 : 1
    context.fillStyle = textOn(labelled.color(buffer))
    const isUpright =
      box.height > 1.5 * box.width &&
      widthOf(context, labelled.id(buffer)) > box.width - 2 * padding
    if (isUpright) drawUpright(context, box, labelled, buffer)
    else drawLabel(context, box, labelled, buffer)
  }
  context.restore()
}

/** In a tall and narrow rectangle: from the bottom up. */
function drawUpright(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  labelled: Labelled,
  buffer: number,
): void {
  context.save()
  context.translate(left, top + height)
  context.rotate(-Math.PI / 2)
  drawLabel(context, { left: 0, top: 0, width: height, height: width }, labelled, buffer)
  context.restore()
}

function drawLabel(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  labelled: Labelled,
  buffer: number,
): void {
  const room = width - 2 * padding
  const x = left + padding
  const y = top + height / 2
  const name = shortened(context, labelled.id(buffer), room)
  if (name === '') return
  const detail = height < 2.6 * size ? '' : labelled.detail(buffer)
  if (detail === '' || widthOf(context, detail) > room) {
    context.fillText(name, x, y + 0.5)
    return
  }
  context.fillText(name, x, y - 0.6 * size)
  context.globalAlpha *= 0.8
  context.fillText(detail, x, y + 0.7 * size)
}

/** The middle left out where it must be: the ends of ids tell most. */
function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  const full = widthOf(context, text)
  if (full <= width) return text
  let kept = Math.ceil((width / full) * text.length) - 1
  for (; kept >= 3; --kept) {
    const head = Math.ceil(kept / 2)
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`
    if (widthOf(context, short) <= width) return short
  }
  return ''
}

// Measuring is the slowest step of a label.
const widths = new Map<string, number>()

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}\n${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  if (widths.size > 20_000) widths.clear()
  const { width } = context.measureText(text)
  widths.set(key, width)
  return width
}
