// Which part of the plan is seen, and its way there.
import type { Viewport } from '../view/types.js'
import {
  type Axis,
  between,
  centredOn,
  clamped,
  following,
  isSame,
  panned,
  united,
  zoomed,
} from './viewport.js'

const duration = 180
const nothing: Viewport = { timeLower: 0, timeUpper: 1, offsetLower: 0, offsetUpper: 1 }

export interface CameraHost {
  /** What shows everything; undefined where there is nothing to see yet. */
  whole(): Viewport | undefined
  /** Whether moving in steps is wanted and quick enough. */
  isAnimated(): boolean
  /** Somebody has moved the camera. */
  moved(): void
}

export class Camera {
  readonly #host: CameraHost
  /** Undefined while everything is to be seen. */
  #viewport: Viewport | undefined
  #step: number | undefined

  constructor(host: CameraHost) {
    this.#host = host
  }

  get isFitted(): boolean {
    return this.#viewport === undefined
  }

  get viewport(): Viewport {
    return this.#viewport ?? this.#host.whole() ?? nothing
  }

  /**
   * Without a word to anybody, and not held within the plan: another picture may be linked. What is
   * seen already is no news, so that a link back does not end a movement half-way.
   */
  set viewport(viewport: Viewport) {
    if (isSame(viewport, this.viewport)) return
    this.stop()
    this.#viewport = this.#unlessWhole(viewport)
  }

  fit(): void {
    this.#travel(this.#host.whole() ?? nothing)
  }

  /** For another plan, which nobody has seen a part of yet. */
  reset(): void {
    this.stop()
    this.#viewport = undefined
  }

  /** Returns whether anything moved: at the end of its way, a wheel belongs to the page. */
  zoom(factor: number, axis: Axis, time: number, offset: number): boolean {
    return this.#move(zoomed(this.viewport, factor, axis, time, offset))
  }

  /** The same around the middle, on a way. */
  zoomMiddle(factor: number, axis: Axis): void {
    const { timeLower, timeUpper, offsetLower, offsetUpper } = this.viewport
    const time = (timeLower + timeUpper) / 2
    const offset = (offsetLower + offsetUpper) / 2
    this.#travel(this.#held(zoomed(this.viewport, factor, axis, time, offset)))
  }

  pan(timeShare: number, offsetShare: number): boolean {
    return this.#move(panned(this.viewport, timeShare, offsetShare))
  }

  moveTo(viewport: Viewport): boolean {
    return this.#move(viewport)
  }

  follow(target: Viewport): void {
    this.#travel(this.#held(following(this.viewport, target)))
  }

  centre(target: Viewport): void {
    this.#travel(this.#held(centredOn(this.viewport, target)))
  }

  stop(): void {
    if (this.#step !== undefined) cancelAnimationFrame(this.#step)
    this.#step = undefined
  }

  #move(viewport: Viewport): boolean {
    this.stop()
    return this.#set(this.#held(viewport))
  }

  /** Within what there is to see, or what is seen already. */
  #held(viewport: Viewport): Viewport {
    return clamped(viewport, united(this.#host.whole() ?? nothing, this.viewport))
  }

  #set(viewport: Viewport): boolean {
    if (isSame(viewport, this.viewport)) return false
    this.#viewport = this.#unlessWhole(viewport)
    this.#host.moved()
    return true
  }

  #unlessWhole(viewport: Viewport): Viewport | undefined {
    const whole = this.#host.whole()
    return whole !== undefined && isSame(viewport, whole) ? undefined : viewport
  }

  #travel(target: Viewport): void {
    this.stop()
    if (!this.#host.isAnimated()) {
      this.#set(target)
      return
    }
    const origin = this.viewport
    const start = performance.now()
    const step = (): void => {
      const share = Math.min(1, (performance.now() - start) / duration)
      this.#step = share < 1 ? requestAnimationFrame(step) : undefined
      this.#set(between(origin, target, 1 - (1 - share) ** 3))
    }
    this.#step = requestAnimationFrame(step)
  }
}
