// The element while it is in a document: its listeners and its frames.
import { StowageError } from '../errors.js'
import type { PlanView } from '../view/plan-view.js'
import type { Viewport } from '../view/types.js'
import type { Camera } from './camera.js'
import { type Colors, colorsAt, cssOf } from './colors.js'
import { Frame } from './frame.js'
import { listen } from './gestures.js'
import { Hover, type HoverContext } from './hover.js'
import { press } from './keyboard.js'
import { fillLegend, type Hatching } from './legend.js'
import { Lists } from './lists.js'
import { Minimap } from './minimap.js'
import type { Model } from './model.js'
import { Navigation } from './navigation.js'
import { Renderer } from './renderer.js'
import { schemeAt, watchStyle } from './scheme.js'
import type { Stage } from './stage.js'
import type { BufferHoverDetail, LegendEntry, StowagePlan } from './types.js'

/** What a session is told by the element, and tells it. */
export interface SessionHost {
  readonly element: StowagePlan
  readonly model: Model
  readonly camera: Camera
  /** A person selects. */
  select(buffers: readonly number[]): void
  /** The pointer or the keyboard is somewhere else. */
  hovered(detail: BufferHoverDetail): void
}

/** What may have to be done again. Each step brings those after it. */
const steps = ['style', 'paint', 'size', 'picture', 'overlay', 'pointer'] as const
export type Step = (typeof steps)[number]

/** After a frame that took longer, in milliseconds, moving in steps would only delay. */
const slowFrame = 50

export class Session {
  readonly hover: Hover
  readonly renderer: Renderer
  readonly #host: SessionHost
  readonly #stage: Stage
  readonly #minimap: Minimap
  readonly #lists: Lists
  readonly #abort = new AbortController()
  readonly #observer: ResizeObserver
  readonly #frame = new Frame(() => {
    this.#render()
  })
  #colors: Colors | undefined
  /** Where a buffer was pinned: the list of what is live stays at this time. */
  #pinnedTime: number | null = null
  #from = 0
  #lastFrame = 0

  constructor(host: SessionHost, stage: Stage) {
    this.#host = host
    this.#stage = stage
    this.renderer = new Renderer(stage, host.model)
    this.hover = new Hover(stage, this.renderer, host.model)
    this.#minimap = new Minimap(stage)
    this.#lists = new Lists(stage, host.model, (buffer) => {
      host.select([buffer])
    })
    this.#observer = new ResizeObserver(() => {
      this.invalidate('size')
    })
    this.#observer.observe(stage.stage)
    this.#listen()
    this.invalidate('style')
  }

  /** Lets go of everything outside the element. */
  close(): void {
    this.#abort.abort()
    this.#observer.disconnect()
    this.#frame.cancel()
    this.hover.hide()
  }

  /** Has a step done again in the next frame. */
  invalidate(step: Step): void {
    this.#from = Math.min(this.#from, steps.indexOf(step))
    this.#frame.request()
  }

  get isAnimated(): boolean {
    return this.#lastFrame < slowFrame && !matchMedia('(prefers-reduced-motion: reduce)').matches
  }

  /**
   * Does what needs the module. That may have died: then says so, and shows the plan again when there
   * is news of it.
   */
  attempt<T>(act: () => T): T | undefined {
    try {
      return act()
    } catch (error) {
      if (!(error instanceof StowageError)) throw error
      this.#renderNothing()
      this.#show(error.message)
      return undefined
    }
  }

  /** As painted now, even where the frame is still to come. */
  get legend(): readonly LegendEntry[] {
    const { element, model } = this.#host
    this.attempt(() => {
      if (model.view !== undefined && this.#from <= steps.indexOf('paint')) {
        model.paint(element, this.#colors ?? this.#style())
      }
    })
    return model.legend
  }

  /** Tells those who cannot see it. */
  announce(text: string): void {
    this.#stage.status.textContent = text
  }

  /** Keeps the list of what is live at a time; null lets it go. */
  pinTime(time: number | null): void {
    this.#pinnedTime = time
  }

  setDragging(isDragging: boolean): void {
    this.#stage.stage.classList.toggle('is-panning', isDragging)
  }

  #listen(): void {
    const { signal } = this.#abort
    const { element, camera } = this.#host
    const navigation = new Navigation(this.#host, this)
    listen(this.#stage.stage, navigation, signal)
    this.#minimap.listen((x, y) => {
      camera.moveTo(this.#minimap.centred(camera.viewport, x, y))
    }, signal)
    element.addEventListener(
      'keydown',
      (event) => {
        // Not what is pressed in the lists.
        if (event.composedPath()[0] === element && press(event, navigation)) event.preventDefault()
      },
      { signal },
    )
    element.addEventListener(
      'blur',
      () => {
        navigation.forget()
      },
      { signal },
    )
    const restyle = (): void => {
      this.invalidate('style')
    }
    watchStyle(this.#stage.probe, restyle, signal)
    this.#watchRatio()
  }

  /** Tells when the page is zoomed or moved to another screen, once for each ratio. */
  #watchRatio(): void {
    const query = matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`)
    const onChange = (): void => {
      this.invalidate('size')
      this.#watchRatio()
    }
    query.addEventListener('change', onChange, { once: true, signal: this.#abort.signal })
  }

  #render(): void {
    const start = performance.now()
    const from = this.#from
    this.#from = steps.length
    this.#show(undefined)
    this.attempt(() => {
      const { view } = this.#host.model
      if (view === undefined) this.#renderNothing()
      else this.#renderView(view, from)
    })
    if (from <= steps.indexOf('picture')) this.#lastFrame = performance.now() - start
  }

  #renderNothing(): void {
    this.#from = 0
    this.renderer.clear()
    this.hover.hide()
    fillLegend(this.#stage.legend, [], [])
    this.#lists.forget()
    this.#stage.lists.hidden = this.#stage.minimap.hidden = true
  }

  #renderView(view: PlanView, from: number): void {
    const { element, camera } = this.#host
    const includes = (step: Step): boolean => from <= steps.indexOf(step)
    const colors = includes('style') || this.#colors === undefined ? this.#style() : this.#colors
    if (includes('paint')) this.#paint(colors)
    const { clientWidth: width, clientHeight: height } = this.#stage.stage
    if (width === 0 || height === 0) {
      this.#from = from
      return
    }
    const { viewport } = camera
    if (includes('size')) this.#arrange(view, width, height)
    if (includes('picture')) {
      this.renderer.drawPicture(view, viewport)
      this.#stage.minimap.hidden = camera.isFitted || element.hideMinimap
      this.#minimap.mark(viewport)
      this.#stage.stage.classList.toggle('is-zoomed', !camera.isFitted)
    }
    if (includes('overlay')) {
      this.renderer.drawOverlay(view, viewport, colors, element.selection, element.waste)
    }
    if (view.plan === undefined) this.#show('Not planned yet')
    if (this.hover.update(this.#context(view, viewport))) this.#host.hovered(this.hover.detail)
    this.#updateLists(view)
  }

  #updateLists(view: PlanView): void {
    const { lists, selection, cursorTime } = this.#host.element
    this.#stage.lists.hidden = !lists
    if (!lists) return
    const pinnedTime = selection.length > 0 ? this.#pinnedTime : null
    this.#lists.update(view, pinnedTime ?? this.hover.detail.time ?? cursorTime, selection)
  }

  #style(): Colors {
    const { element } = this.#host
    const name = element.theme ?? schemeAt(element)
    const colors = colorsAt(this.#stage.probe, name)
    const { style } = this.#stage.frame
    style.setProperty('--background', cssOf(colors.background))
    style.setProperty('--text', cssOf(colors.text))
    style.setProperty('--grid', cssOf(colors.grid))
    style.setProperty('--font', colors.font)
    style.setProperty('color-scheme', name)
    return (this.#colors = colors)
  }

  #paint(colors: Colors): void {
    const { element, model } = this.#host
    model.paint(element, colors)
    this.#stage.legend.hidden = element.hideLegend
    fillLegend(this.#stage.legend, model.legend, hatchingsOf(element, model, colors))
  }

  #arrange(view: PlanView, width: number, height: number): void {
    const { element, model } = this.#host
    this.renderer.arrange(width, height, devicePixelRatio, !element.hideLoad)
    const { layout, ratio } = this.renderer
    if (model.whole !== undefined) this.#minimap.draw(view, model.whole, layout.plot, ratio)
  }

  #context(view: PlanView, viewport: Viewport): HoverContext {
    const { selection, cursorTime, nodeIds } = this.#host.element
    return { view, viewport, selection, cursorTime, nodeOf: (buffer) => nodeIds?.[buffer] }
  }

  #show(message: string | undefined): void {
    const { message: part } = this.#stage
    part.hidden = message === undefined
    if (part.textContent !== message) part.textContent = message ?? ''
  }
}

function hatchingsOf(
  { waste }: StowagePlan,
  { problem, plan }: Model,
  colors: Colors,
): readonly Hatching[] {
  const hasGaps = plan !== null && (problem?.columns.gapLower.length ?? 0) > 0
  return [
    ...(hasGaps ? [{ label: 'not held', color: cssOf(colors.gap), angle: 135 }] : []),
    ...(waste ? [{ label: 'unused', color: cssOf(colors.waste), angle: 45 }] : []),
  ]
}
