// What gestures and keys do to the camera, the selection and the focused buffer.
import { sentenceOf } from './card.js'
import type { GestureTarget } from './gestures.js'
import type { KeyTarget } from './keyboard.js'
import { type Direction, nearest, neighbour, type Places } from './neighbours.js'
import type { Session, SessionHost } from './session.js'
import { type Axis, contains } from './viewport.js'

export class Navigation implements GestureTarget, KeyTarget {
  readonly #host: SessionHost
  readonly #session: Session

  constructor(host: SessionHost, session: Session) {
    this.#host = host
    this.#session = session
  }

  point(x: number, y: number): void {
    this.#session.hover.pointer = { x, y }
    this.#session.invalidate('pointer')
  }

  leave(): void {
    this.#session.hover.pointer = undefined
    this.#session.invalidate('pointer')
  }

  tap(x: number, y: number, isAdding: boolean): void {
    const { model, camera, element } = this.#host
    const { renderer } = this.#session
    if (!contains(renderer.layout.plot, x, y)) return
    const buffer = this.#session.attempt(
      () => model.view && renderer.pick(model.view, camera.viewport, x, y),
    )
    this.#session.pinTime(renderer.scale(camera.viewport).time(x))
    if (buffer !== undefined) this.#pin(buffer, isAdding)
    else if (!isAdding && element.selection.length > 0) this.#host.select([])
  }

  dragging(isDragging: boolean): void {
    this.#session.setDragging(isDragging)
  }

  drag(dx: number, dy: number, startX: number, startY: number): void {
    const { plot } = this.#session.renderer.layout
    const axis = this.#axisAt(startX, startY)
    const timeShare = axis === 'offset' ? 0 : -dx / plot.width
    const offsetShare = axis === 'time' ? 0 : dy / plot.height
    this.#host.camera.pan(timeShare, offsetShare)
  }

  scroll(dx: number): boolean {
    return this.#host.camera.pan(dx / this.#session.renderer.layout.plot.width, 0)
  }

  zoom(factor: number, axis?: Axis, x?: number, y?: number): boolean {
    const { camera } = this.#host
    if (x === undefined || y === undefined) {
      camera.zoomMiddle(factor, axis ?? 'both')
      return true
    }
    const scale = this.#session.renderer.scale(camera.viewport)
    return camera.zoom(factor, axis ?? this.#axisAt(x, y), scale.time(x), scale.offset(y))
  }

  fit(): void {
    this.#host.camera.fit()
  }

  pan(timeShare: number, offsetShare: number): void {
    this.#host.camera.pan(timeShare, offsetShare)
  }

  walk(direction: Direction): void {
    const { hover } = this.#session
    const places = this.#places()
    if (places === undefined) return
    const density = this.#density()
    const from = hover.focused ?? this.#host.element.selection.at(-1)
    const { timeLower, timeUpper, offsetLower, offsetUpper } = this.#host.camera.viewport
    const next =
      from === undefined
        ? nearest(places, density, (timeLower + timeUpper) / 2, (offsetLower + offsetUpper) / 2)
        : neighbour(places, density, from, direction)
    this.#focus(next ?? from)
  }

  walkToEnd(isLast: boolean): void {
    const places = this.#places()
    if (places === undefined) return
    let found = 0
    places.lower.forEach((lower, i) => {
      const best = places.lower[found] ?? lower
      if (isLast ? lower > best : lower < best) found = i
    })
    this.#focus(places.lower.length > 0 ? found : undefined)
  }

  pin(isAdding: boolean): void {
    const { focused } = this.#session.hover
    if (focused !== undefined) this.#pin(focused, isAdding)
  }

  clear(): void {
    this.forget()
    if (this.#host.element.selection.length > 0) this.#host.select([])
  }

  /** The keyboard is at no buffer any more. */
  forget(): void {
    this.#session.hover.forget()
    this.#session.invalidate('pointer')
  }

  /** Selects a buffer alone, or as well; or no longer, where it was selected so already. */
  #pin(buffer: number, isAdding: boolean): void {
    const { selection } = this.#host.element
    const others = selection.filter((each) => each !== buffer)
    const isPinned = others.length < selection.length
    if (isAdding) this.#host.select(isPinned ? others : [...others, buffer])
    else this.#host.select(isPinned && others.length === 0 ? [] : [buffer])
    const verb = this.#host.element.selection.includes(buffer) ? 'pinned' : 'no longer pinned'
    this.#session.announce(`${this.#host.model.id(buffer)} ${verb}`)
  }

  #focus(buffer: number | undefined): void {
    if (buffer === undefined) return
    const { hover } = this.#session
    hover.focused = buffer
    hover.pointer = undefined
    const place = this.#host.model.placeOf(buffer)
    if (place !== undefined) this.#host.camera.follow(place)
    const content = hover.cardOf(buffer, this.#host.element.nodeIds?.[buffer])
    if (content !== undefined) this.#session.announce(sentenceOf(content))
    this.#session.invalidate('pointer')
  }

  /** Beside or below the rectangles only one axis is meant. */
  #axisAt(x: number, y: number): Axis {
    const { plot } = this.#session.renderer.layout
    if (y >= plot.top + plot.height) return 'time'
    return x < plot.left ? 'offset' : 'both'
  }

  #places(): Places | undefined {
    const { problem, plan } = this.#host.model
    if (problem === null || plan === null) return undefined
    const { lower, upper, size } = problem.columns
    return { lower, upper, size, offset: plan.offsets }
  }

  #density() {
    const { plot } = this.#session.renderer.layout
    const { timeLower, timeUpper, offsetLower, offsetUpper } = this.#host.camera.viewport
    return {
      time: plot.width / (timeUpper - timeLower),
      offset: plot.height / (offsetUpper - offsetLower),
    }
  }
}
