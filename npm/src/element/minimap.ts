// The whole plan in small, with what is seen of it marked.
import type { PlanView } from '../view/plan-view.js'
import type { Viewport } from '../view/types.js'
import { moveTo, resize, type Stage } from './stage.js'
import { type Box, pixelsOf, Scale, viewportOf } from './viewport.js'

const margin = 10

export class Minimap {
  readonly #stage: Stage
  #box: Box = { left: 0, top: 0, width: 0, height: 0 }
  #whole: Viewport | undefined

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** Calls `onMove` with the place of a press or drag, in pixels from the minimap's corner. */
  listen(onMove: (x: number, y: number) => void, signal: AbortSignal): void {
    const { minimap } = this.#stage
    const follow = (event: PointerEvent): void => {
      event.stopPropagation()
      if (event.type === 'pointerdown') minimap.setPointerCapture(event.pointerId)
      else if (!minimap.hasPointerCapture(event.pointerId)) return
      const { left, top } = minimap.getBoundingClientRect()
      onMove(event.clientX - left - 1, event.clientY - top - 1)
    }
    const ignore = (event: Event): void => {
      event.stopPropagation()
    }
    minimap.addEventListener('pointerdown', follow, { signal })
    minimap.addEventListener('pointermove', follow, { signal })
    for (const type of ['pointerup', 'dblclick']) minimap.addEventListener(type, ignore, { signal })
  }

  /** Draws the plan: once for each plan, colours and size. O(buffers + pixels). */
  draw(view: PlanView, whole: Viewport, plot: Box, ratio: number): void {
    const { minimap, minimapPicture: canvas } = this.#stage
    const width = Math.round(Math.min(200, Math.max(96, plot.width * 0.22)))
    const height = Math.round(Math.min(110, Math.max(48, plot.height * 0.24)))
    const left = plot.left + plot.width - width - margin
    this.#box = { left, top: plot.top + margin, width, height }
    this.#whole = whole
    moveTo(minimap, this.#box.left, this.#box.top)
    resize(minimap, width, height)
    const size = pixelsOf(this.#box, ratio)
    canvas.width = size.width
    canvas.height = size.height
    const image = new ImageData(size.width, size.height)
    view.draw(whole, size, image.data)
    canvas.getContext('2d', { alpha: false })?.putImageData(image, 0, 0)
  }

  /** Marks what is seen. */
  mark(viewport: Viewport): void {
    if (this.#whole === undefined) return
    const { width, height } = this.#box
    const scale = new Scale(this.#whole, { left: 0, top: 0, width, height })
    const left = Math.max(0, scale.x(viewport.timeLower))
    const top = Math.max(0, scale.y(viewport.offsetUpper))
    const right = Math.min(width, scale.x(viewport.timeUpper))
    const bottom = Math.min(height, scale.y(viewport.offsetLower))
    moveTo(this.#stage.seen, left - 1, top - 1)
    resize(this.#stage.seen, Math.max(4, right - left), Math.max(4, bottom - top))
  }

  /** `viewport` with its middle where the pointer is, in pixels from the minimap's corner. */
  centred(viewport: Viewport, x: number, y: number): Viewport {
    if (this.#whole === undefined) return viewport
    const { width, height } = this.#box
    const scale = new Scale(this.#whole, { left: 0, top: 0, width, height })
    const time = scale.time(x)
    const offset = scale.offset(y)
    const times = (viewport.timeUpper - viewport.timeLower) / 2
    const offsets = (viewport.offsetUpper - viewport.offsetLower) / 2
    return viewportOf(
      { lower: time - times, upper: time + times },
      { lower: offset - offsets, upper: offset + offsets },
    )
  }
}
