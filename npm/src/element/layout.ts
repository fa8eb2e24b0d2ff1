// Where the parts of the stage are, in CSS pixels. Pure.
import type { Box } from './viewport.js'

export interface Layout {
  readonly width: number
  readonly height: number
  /** The rectangles. */
  readonly plot: Box
  /** The load curve; undefined when hidden. */
  readonly load: Box | undefined
  /** The marks of time, below both. */
  readonly times: Box
}

const top = 6
const right = 10
const between = 10
const timesHeight = 24

/** Below this width of the stage the axes go without names. */
export const narrow = 520

/** Edges fall on pixels of the screen, so that nothing is blurred. */
export function layoutOf(width: number, height: number, ratio: number, showsLoad: boolean): Layout {
  const snap = (length: number): number => Math.round(length * ratio) / ratio
  const left = snap(width < narrow ? 56 : 82)
  const innerWidth = Math.max(1 / ratio, snap(width - left - right))
  const space = height - top - timesHeight
  const loadHeight = showsLoad ? snap(Math.min(Math.max(0.2 * space, 44), 120)) : 0
  const plotHeight = snap(space - (showsLoad ? loadHeight + between : 0))
  const plot = { left, top, width: innerWidth, height: Math.max(1 / ratio, plotHeight) }
  const loadTop = snap(plot.top + plot.height + between)
  const load = showsLoad ? { left, top: loadTop, width: innerWidth, height: loadHeight } : undefined
  const bottom = load === undefined ? plot.top + plot.height : load.top + load.height
  return {
    width,
    height,
    plot,
    load,
    times: { left, top: bottom, width: innerWidth, height: timesHeight },
  }
}
