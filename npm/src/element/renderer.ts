// Paints the canvases.
import type { PlanView } from '../view/plan-view.js'
import type { Viewport } from '../view/types.js'
import { drawAxes } from './axes.js'
import { type Colors, cssOf } from './colors.js'
import { drawLabels, leastForLabel, mostLabels } from './labels.js'
import { type Layout, layoutOf } from './layout.js'
import { drawLines, labelLines } from './lines.js'
import { drawLoad } from './load-panel.js'
import type { Model } from './model.js'
import { moveTo, resize, type Stage } from './stage.js'
import { type Box, pixelsOf, Scale } from './viewport.js'

/** Beyond this many, pinned buffers have no outlines of their own. */
const mostOutlines = 2000

export class Renderer {
  readonly #stage: Stage
  readonly #model: Model
  #image: ImageData | undefined
  #layout: Layout = layoutOf(1, 1, 1, false)
  #ratio = 1

  constructor(stage: Stage, model: Model) {
    this.#stage = stage
    this.#model = model
  }

  get layout(): Layout {
    return this.#layout
  }

  get ratio(): number {
    return this.#ratio
  }

  /** Gives the parts their sizes, in CSS pixels. */
  arrange(width: number, height: number, ratio: number, showsLoad: boolean): void {
    const { picture, overlay, clip, cursor } = this.#stage
    const layout = layoutOf(width, height, ratio, showsLoad && height >= 220)
    const { plot, load } = layout
    this.#layout = layout
    this.#ratio = ratio
    fitCanvas(picture, plot, ratio)
    fitCanvas(overlay, { left: 0, top: 0, width, height }, ratio)
    moveTo(picture, plot.left, plot.top)
    clip.style.left = `${String(plot.left)}px`
    clip.style.top = `${String(plot.top)}px`
    resize(clip, plot.width, plot.height)
    const bottom = load === undefined ? plot.top + plot.height : load.top + load.height
    resize(cursor, 1, bottom - plot.top)
  }

  scale(viewport: Viewport): Scale {
    return new Scale(viewport, this.#layout.plot)
  }

  /** The rectangles. O(buffers + pixels). */
  drawPicture(view: PlanView, viewport: Viewport): void {
    const { width, height } = this.#stage.picture
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height)
    }
    view.draw(viewport, { width, height }, this.#image.data)
    const context = this.#stage.picture.getContext('2d', { alpha: false })
    context?.putImageData(this.#image, 0, 0)
  }

  /** All that lies above the rectangles and does not follow the pointer. */
  drawOverlay(
    view: PlanView,
    viewport: Viewport,
    colors: Colors,
    selection: readonly number[],
    showsWaste: boolean,
  ): void {
    const context = this.#stage.overlay.getContext('2d')
    if (context === null) return
    const { plot, load } = this.#layout
    const scale = this.scale(viewport)
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    context.clearRect(0, 0, this.#layout.width, this.#layout.height)
    const { lines } = this.#model
    if (load !== undefined) {
      this.#drawLoad(context, view, viewport, colors, load, showsWaste)
    }
    drawAxes(context, this.#layout, scale, colors)
    this.#drawLabels(context, view, viewport, colors)
    this.#drawSelection(context, view, viewport, colors, selection)
    const y = (value: number): number => scale.y(value)
    drawLines(context, lines, plot, y, colors)
    labelLines(context, lines, plot, y, colors)
  }

  #drawLoad(
    context: CanvasRenderingContext2D,
    view: PlanView,
    viewport: Viewport,
    colors: Colors,
    box: Box,
    showsWaste: boolean,
  ): void {
    const { width } = pixelsOf(box, this.#ratio)
    const profile = view.profileColumns(viewport.timeLower, viewport.timeUpper, width)
    const most = Math.max(1, this.#model.whole?.offsetUpper ?? 1)
    const { lines } = this.#model
    drawLoad(context, { box, profile, most, lines, showsWaste }, colors)
  }

  #drawLabels(
    context: CanvasRenderingContext2D,
    view: PlanView,
    viewport: Viewport,
    colors: Colors,
  ): void {
    const side = Math.ceil(leastForLabel * this.#ratio)
    const { width, height } = this.#stage.picture
    const visible = view.visible(
      viewport,
      { width, height },
      { width: side, height: side },
      mostLabels,
    )
    drawLabels(context, visible, this.#layout.plot, this.#ratio, this.#model, colors.font)
  }

  #drawSelection(
    context: CanvasRenderingContext2D,
    view: PlanView,
    viewport: Viewport,
    colors: Colors,
    selection: readonly number[],
  ): void {
    const boxes = selection
      .slice(0, mostOutlines)
      .flatMap((buffer) => this.boxOf(view, viewport, buffer) ?? [])
    const { plot } = this.#layout
    context.save()
    context.beginPath()
    context.rect(plot.left, plot.top, plot.width, plot.height)
    context.clip()
    for (const [color, lineWidth] of [
      [colors.background, 4.5],
      [colors.text, 2.5],
    ] as const) {
      context.strokeStyle = cssOf(color)
      context.lineWidth = lineWidth
      for (const { left, top, width, height } of boxes) {
        context.strokeRect(left, top, width, height)
      }
    }
    context.restore()
  }

  /** Where a buffer is on the stage; undefined when it is out of sight. */
  boxOf(view: PlanView, viewport: Viewport, buffer: number): Box | undefined {
    if (buffer < 0 || buffer >= view.problem.length) return undefined
    const { width, height } = this.#stage.picture
    const found = view.locate(viewport, { width, height }, buffer)
    if (found === undefined) return undefined
    const { plot } = this.#layout
    return {
      left: plot.left + found.left / this.#ratio,
      top: plot.top + found.top / this.#ratio,
      width: (found.right - found.left) / this.#ratio,
      height: (found.bottom - found.top) / this.#ratio,
    }
  }

  /** The buffer at a place of the stage. O(buffers). */
  pick(view: PlanView, viewport: Viewport, x: number, y: number): number | undefined {
    const { plot } = this.#layout
    const { width, height } = this.#stage.picture
    const column = Math.floor((x - plot.left) * this.#ratio)
    const row = Math.floor((y - plot.top) * this.#ratio)
    if (column < 0 || column >= width || row < 0 || row >= height) return undefined
    return view.pick(viewport, { width, height }, column, row)
  }

  /** Leaves both canvases empty. */
  clear(): void {
    for (const canvas of [this.#stage.picture, this.#stage.overlay]) {
      canvas.getContext('2d')?.reset()
    }
  }
}

function fitCanvas(canvas: HTMLCanvasElement, box: Box, ratio: number): void {
  const { width, height } = pixelsOf(box, ratio)
  // Setting a size clears, even to what it was.
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  resize(canvas, width / ratio, height / ratio)
}
