// What a pointer, several fingers and a wheel mean.
import type { Axis } from './viewport.js'

/** Places are in CSS pixels from the corner of the surface. */
export interface GestureTarget {
  /** The pointer is over this place. */
  point(x: number, y: number): void
  /** The pointer has left. */
  leave(): void
  /** A press without a move. */
  tap(x: number, y: number, isAdding: boolean): void
  /** By pixels; where the press began decides which axes move. */
  drag(dx: number, dy: number, startX: number, startY: number): void
  /** A drag has begun or ended. */
  dragging(isDragging: boolean): void
  /** Returns whether anything was zoomed. An axis is given where a key asks for it. */
  zoom(factor: number, axis: Axis | undefined, x: number, y: number): boolean
  /** Returns whether anything moved. */
  scroll(dx: number): boolean
  fit(): void
}

interface Finger {
  readonly startX: number
  readonly startY: number
  x: number
  y: number
}

/** Less than this is a tap, in CSS pixels. */
const leastDrag = 4

/** Listens on `surface` until the signal aborts. */
export function listen(surface: HTMLElement, target: GestureTarget, signal: AbortSignal): void {
  const fingers = new Fingers(surface, target)
  const on = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (event: HTMLElementEventMap[Type]) => void,
  ): void => {
    surface.addEventListener(type, listener, { signal, passive: type !== 'wheel' })
  }
  on('pointerdown', (event) => {
    fingers.down(event)
  })
  on('pointermove', (event) => {
    fingers.move(event)
  })
  on('pointerup', (event) => {
    fingers.up(event)
  })
  on('pointercancel', (event) => {
    fingers.cancel(event)
  })
  on('pointerleave', (event) => {
    if (!surface.hasPointerCapture(event.pointerId)) target.leave()
  })
  on('dblclick', () => {
    target.fit()
  })
  on('wheel', (event) => {
    const { x, y } = placeIn(surface, event)
    if (turn(event, target, x, y)) event.preventDefault()
  })
}

class Fingers {
  readonly #surface: HTMLElement
  readonly #target: GestureTarget
  readonly #fingers = new Map<number, Finger>()
  #isDragging = false

  constructor(surface: HTMLElement, target: GestureTarget) {
    this.#surface = surface
    this.#target = target
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return
    const { x, y } = placeIn(this.#surface, event)
    this.#fingers.set(event.pointerId, { startX: x, startY: y, x, y })
    // A quick drag may leave the surface with its first move.
    this.#surface.setPointerCapture(event.pointerId)
    if (this.#fingers.size > 1) this.#drag()
  }

  move(event: PointerEvent): void {
    const { x, y } = placeIn(this.#surface, event)
    const finger = this.#fingers.get(event.pointerId)
    if (finger === undefined) {
      this.#target.point(x, y)
      return
    }
    const isFar = Math.hypot(x - finger.startX, y - finger.startY) >= leastDrag
    if (!this.#isDragging && !isFar) return
    if (!this.#isDragging) this.#drag()
    const before = this.#spread()
    const dx = (x - finger.x) / this.#fingers.size
    const dy = (y - finger.y) / this.#fingers.size
    finger.x = x
    finger.y = y
    this.#target.drag(dx, dy, finger.startX, finger.startY)
    const after = this.#spread()
    if (before.distance > 0 && after.distance > 0) {
      this.#target.zoom(after.distance / before.distance, undefined, after.x, after.y)
    }
    if (event.pointerType === 'mouse') this.#target.point(x, y)
  }

  up(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId)
    if (finger === undefined) return
    const isTap = !this.#isDragging
    this.cancel(event)
    const isAdding = event.ctrlKey || event.metaKey || event.shiftKey
    if (isTap) this.#target.tap(finger.startX, finger.startY, isAdding)
  }

  cancel(event: PointerEvent): void {
    if (!this.#fingers.delete(event.pointerId) || this.#fingers.size > 0) return
    if (this.#isDragging) this.#target.dragging(false)
    this.#isDragging = false
  }

  /** From here on it is no tap. */
  #drag(): void {
    this.#isDragging = true
    this.#target.dragging(true)
  }

  /** The middle of two fingers, and how far they are apart: 0 unless there are two. */
  #spread(): { x: number; y: number; distance: number } {
    const [a, b] = this.#fingers.values()
    if (a === undefined || b === undefined) return { x: 0, y: 0, distance: 0 }
    const distance = Math.hypot(a.x - b.x, a.y - b.y)
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance }
  }
}

/** What a wheel does. Returns whether it did anything. */
function turn(event: WheelEvent, target: GestureTarget, x: number, y: number): boolean {
  const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1
  const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
  const hasKey = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (isSideways && !hasKey) return target.scroll(event.deltaX * unit)
  // With the shift key some platforms turn the wheel sideways.
  const delta = (isSideways ? event.deltaX : event.deltaY) * unit
  // A pinch on a touchpad arrives as a wheel with the control key, in smaller steps.
  const speed = event.ctrlKey && Math.abs(delta) < 40 ? 0.01 : 0.0018
  const axis = event.shiftKey ? 'time' : event.altKey ? 'offset' : hasKey ? 'both' : undefined
  return target.zoom(Math.exp(-delta * speed), axis, x, y)
}

function placeIn(surface: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const { left, top } = surface.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}
