// Names in rectangles that are large enough for them.
import type { VisibleBuffer } from '../view/types.js'
import { textOn } from './colors.js'
import type { Rgb } from '../view/types.js'
import type { Box } from './viewport.js'

/** The least that a name needs, in CSS pixels. */
export const leastForLabel = { width: 30, height: 13 }
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
    const width = (right - left) / ratio - 2 * padding
    const height = (bottom - top) / ratio
    const x = plot.left + left / ratio + padding
    const y = plot.top + (top + bottom) / 2 / ratio
    const name = shortened(context, labelled.id(buffer), width)
    if (name === '') continue
    context.globalAlpha = labelled.isDimmed(buffer) ? 0.3 : 1
    context.fillStyle = textOn(labelled.color(buffer))
    if (height < 2.6 * size) {
      context.fillText(name, x, y + 0.5)
      continue
    }
    context.fillText(name, x, y - 0.6 * size)
    context.globalAlpha *= 0.8
    const detail = labelled.detail(buffer)
    if (widthOf(context, detail) <= width) context.fillText(detail, x, y + 0.7 * size)
  }
  context.restore()
}

/** The middle left out where it must be: the ends of ids tell most. */
function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  const full = widthOf(context, text)
  if (full <= width) return text
  const kept = Math.floor((width / full) * text.length) - 1
  if (kept < 3) return ''
  const head = Math.ceil(kept / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`
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
