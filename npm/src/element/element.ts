import * as check from '../check.js'
import { Plan } from '../planner/plan.js'
import { Problem } from '../planner/problem.js'
import { colorByFrom, finite, viewportFrom } from '../view/checks.js'
import type { ColorBy, Viewport } from '../view/types.js'
import { attributes, describeHost, labelOf, upgrade } from './attributes.js'
import { Camera } from './camera.js'
import { Model } from './model.js'
import { Session, type SessionHost } from './session.js'
import { makeStage, type Stage } from './stage.js'
import type {
  BufferHoverDetail,
  BufferSelectDetail,
  LegendEntry,
  StowagePlan,
  ViewChangeDetail,
} from './types.js'
import type { Axis } from './viewport.js'

// Outside a browser the module can be imported all the same.
const Base: typeof HTMLElement =
  (globalThis as { HTMLElement?: typeof HTMLElement }).HTMLElement ??
  (Object as unknown as typeof HTMLElement)

const properties = [
  ...['problem', 'plan', 'reference', 'nodeIds', 'marked', 'selection', 'viewport', 'cursorTime'],
  ...['colorBy', 'theme', 'search', 'waste', 'lists', 'hideLoad', 'hideMinimap', 'hideLegend'],
]

/** The class of `<stowage-plan>`. Importing it registers nothing: `stowage/element/define` does. */
export class StowagePlanElement extends Base implements StowagePlan {
  static readonly observedAttributes: readonly string[] = Object.keys(attributes)

  readonly #model = new Model()
  readonly #camera = new Camera({
    whole: () => this.#session && this.#model.whole,
    isAnimated: () => this.#session?.isAnimated ?? false,
    moved: () => {
      this.#session?.invalidate('picture')
      this.#tell('viewchange', { viewport: this.viewport })
    },
  })
  #nodeIds: readonly (string | undefined)[] | null = null
  #marked: readonly number[] | null = null
  #selection: readonly number[] = []
  #cursorTime: number | null = null
  #stage: Stage | undefined
  #session: Session | undefined
  #label: string | undefined

  /** @internal */
  connectedCallback(): void {
    upgrade(this, properties)
    describeHost(this)
    this.#stage ??= makeStage(this.attachShadow({ mode: 'open' }))
    this.#session = new Session(this.#sessionHost(), this.#stage)
    this.#relabel()
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#session?.close()
    this.#session = undefined
    this.#camera.stop()
    this.#model.release()
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    const step = attributes[name]
    if (step !== undefined) this.#session?.invalidate(step)
  }

  get problem(): Problem | null {
    return this.#model.problem
  }

  set problem(value: Problem | null) {
    const problem = instanceFrom('problem', value, Problem)
    const { plan } = this.#model
    this.#show(problem, plan?.problem === problem ? plan : null)
  }

  get plan(): Plan | null {
    return this.#model.plan
  }

  set plan(value: Plan | null) {
    const plan = instanceFrom('plan', value, Plan)
    this.#show(plan?.problem ?? this.#model.problem, plan)
  }

  get reference(): Plan | null {
    return this.#model.reference
  }

  set reference(value: Plan | null) {
    this.#model.reference = instanceFrom('reference', value, Plan)
    this.#session?.invalidate('paint')
  }

  get nodeIds(): readonly (string | undefined)[] | null {
    return this.#nodeIds
  }

  set nodeIds(value: readonly (string | undefined)[] | null) {
    if (value !== null && !Array.isArray(value)) throw check.invalid('nodeIds', value, 'an array')
    this.#nodeIds = value
    this.#session?.invalidate('pointer')
  }

  get marked(): readonly number[] | null {
    return this.#marked
  }

  set marked(value: readonly number[] | null) {
    this.#marked = value === null ? null : positionsFrom('marked', value)
    this.#session?.invalidate('paint')
  }

  get selection(): readonly number[] {
    return this.#selection
  }

  set selection(value: readonly number[]) {
    this.#selection = positionsFrom('selection', value)
    this.#session?.invalidate('overlay')
  }

  get viewport(): Viewport {
    return this.#camera.viewport
  }

  set viewport(value: Viewport) {
    this.#camera.viewport = viewportFrom('viewport', value)
    this.#session?.invalidate('picture')
  }

  get cursorTime(): number | null {
    return this.#cursorTime
  }

  set cursorTime(value: number | null) {
    this.#cursorTime = value === null ? null : finite('cursorTime', value)
    this.#session?.invalidate('pointer')
  }

  get colorBy(): ColorBy {
    const value = this.getAttribute('color-by')
    return value === 'lifetime' || value === 'alignment' || value === 'prefix' ? value : 'size'
  }

  set colorBy(value: ColorBy) {
    this.setAttribute('color-by', colorByFrom(value))
  }

  get theme(): 'light' | 'dark' | null {
    const value = this.getAttribute('theme')
    return value === 'light' || value === 'dark' ? value : null
  }

  set theme(value: 'light' | 'dark' | null) {
    if (value === null) this.removeAttribute('theme')
    else this.setAttribute('theme', value)
  }

  get search(): string {
    return this.getAttribute('search') ?? ''
  }

  set search(value: string) {
    this.setAttribute('search', value)
  }

  get waste(): boolean {
    return this.hasAttribute('waste')
  }

  set waste(value: boolean) {
    this.toggleAttribute('waste', value)
  }

  get lists(): boolean {
    return this.hasAttribute('lists')
  }

  set lists(value: boolean) {
    this.toggleAttribute('lists', value)
  }

  get hideLoad(): boolean {
    return this.hasAttribute('hide-load')
  }

  set hideLoad(value: boolean) {
    this.toggleAttribute('hide-load', value)
  }

  get hideMinimap(): boolean {
    return this.hasAttribute('hide-minimap')
  }

  set hideMinimap(value: boolean) {
    this.toggleAttribute('hide-minimap', value)
  }

  get hideLegend(): boolean {
    return this.hasAttribute('hide-legend')
  }

  set hideLegend(value: boolean) {
    this.toggleAttribute('hide-legend', value)
  }

  get legend(): readonly LegendEntry[] {
    return this.#session?.legend ?? []
  }

  get matchCount(): number | undefined {
    return this.#model.matching(this.search)?.count
  }

  fit(): void {
    this.#camera.fit()
  }

  zoom(factor: number, axis: Axis = 'both'): void {
    if (!(finite('factor', factor) > 0)) throw check.invalid('factor', factor, 'above 0')
    this.#camera.zoomMiddle(factor, axis)
  }

  reveal(buffer: number): void {
    const last = (this.problem?.length ?? 0) - 1
    const place = this.#model.placeOf(check.integer('buffer', buffer, 0, last))
    if (place !== undefined) this.#camera.centre(place)
  }

  selectNode(nodeId: string): void {
    const isInProblem = (buffer: number): boolean => buffer < (this.problem?.length ?? 0)
    const found = (this.#nodeIds ?? []).flatMap((id, i) => (id === nodeId ? [i] : []))
    const buffers = found.filter(isInProblem)
    this.#select(buffers)
    const [first] = buffers
    if (first !== undefined && !buffers.some((buffer) => this.#isInSight(buffer))) {
      this.reveal(first)
    }
  }

  #isInSight(buffer: number): boolean {
    const place = this.#model.placeOf(buffer)
    const { timeLower, timeUpper, offsetLower, offsetUpper } = this.viewport
    return (
      place !== undefined &&
      place.timeLower < timeUpper &&
      place.timeUpper > timeLower &&
      place.offsetLower < offsetUpper &&
      place.offsetUpper > offsetLower
    )
  }

  #sessionHost(): SessionHost {
    return {
      element: this,
      model: this.#model,
      camera: this.#camera,
      select: (buffers) => {
        this.#select(buffers)
      },
      hovered: (detail) => {
        this.#tell('bufferhover', detail)
      },
    }
  }

  #show(problem: Problem | null, plan: Plan | null): void {
    if (this.#model.show(problem, plan)) {
      this.#camera.reset()
      this.#selection = []
      this.#marked = null
      this.#session?.hover.forget()
    }
    this.#relabel()
    this.#session?.invalidate('paint')
  }

  /** Names the element by what it shows, unless its author has named it. */
  #relabel(): void {
    if (!this.isConnected || this.getAttribute('aria-label') !== (this.#label ?? null)) return
    this.#label = labelOf(this.#model)
    this.setAttribute('aria-label', this.#label)
  }

  #select(buffers: readonly number[]): void {
    this.#selection = buffers
    this.#session?.invalidate('overlay')
    const detail: BufferSelectDetail = {
      buffers,
      ids: buffers.map((buffer) => this.#model.id(buffer)),
      nodeIds: buffers.map((buffer) => this.#nodeIds?.[buffer]),
    }
    this.#tell('bufferselect', detail)
  }

  #tell(type: string, detail: BufferSelectDetail | BufferHoverDetail | ViewChangeDetail): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }
}

function instanceFrom<T>(
  name: string,
  value: unknown,
  type: abstract new (...args: never[]) => T,
): T | null {
  if (value === null || value instanceof type) return value
  throw check.invalid(name, value, `a ${type.name} of this package, or null`)
}

function positionsFrom(name: string, value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw check.invalid(name, value, 'an array of positions')
  return Object.freeze(
    value.map((each: unknown, i) => check.integer(`${name}[${String(i)}]`, each, 0)),
  )
}
