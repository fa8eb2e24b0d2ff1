/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { core, type Core } from '../core/core.js'
import type { CoreModule, CorePaint, SceneHandle } from '../core/module.js'
import { StowageError } from '../errors.js'
import { Plan } from '../planner/plan.js'
import { type Problem, problemFrom } from '../planner/problem.js'
import { colorByFrom, finite, maxPixels, rgbFrom, sizeFrom, viewportFrom } from './checks.js'
import type {
  ColorBy,
  ColorClasses,
  Paint,
  PixelSize,
  Profile,
  ProfileColumns,
  Viewport,
  VisibleBuffer,
} from './types.js'

/**
 * A problem, with or without a plan, made ready to be drawn: pixels, and what answers the pointer.
 *
 * It holds memory of the WebAssembly module until `dispose()`. Where the module has died and another
 * was loaded, it moves over to that one by itself.
 */
export class PlanView {
  readonly problem: Problem
  readonly plan: Plan | undefined
  /** From the first start to the last end; from 0 to the height, or the max load without a plan. */
  readonly extent: Viewport
  #using: Core
  #scene: SceneHandle | undefined
  #paint: CorePaint | undefined

  /** Throws `invalid-argument` when `plan` has not an offset for each buffer. O(n log n). */
  constructor(problem: Problem, plan?: Plan) {
    this.problem = problemFrom(problem)
    this.plan = planFor(this.problem, plan)
    this.#using = core()
    this.#scene = this.#make()
    this.extent = this.#call((scene) => {
      const [timeLower = 0, timeUpper = 1, offsetLower = 0, offsetUpper = 1] = scene.extent()
      return Object.freeze({ timeLower, timeUpper, offsetLower, offsetUpper })
    })
  }

  /** What is in use over time. O(steps). */
  profile(): Profile {
    return this.#call((scene) => scene.profile())
  }

  /** The same for a row of pixels that spans a stretch of time. O(log steps + steps in it). */
  profileColumns(timeLower: number, timeUpper: number, columns: number): ProfileColumns {
    const lower = finite('timeLower', timeLower)
    const upper = finite('timeUpper', timeUpper)
    if (!(lower < upper)) throw check.invalid('timeUpper', upper, 'above timeLower')
    const count = check.integer('columns', columns, 1, maxPixels)
    return this.#call((scene) => scene.profileColumns(lower, upper, count))
  }

  /** Sorts the buffers into classes of a colour each. O(n log n). */
  classify(by: ColorBy): ColorClasses {
    const { columns } = this.problem
    const criterion = colorByFrom(by)
    return this.#call((_, module) => module.classify(columns, criterion))
  }

  /** How `draw` paints from now on. Before the first call all is black on white. O(n). */
  setPaint(paint: Paint): void {
    const complete = completePaint(this.problem.length, paint)
    this.#call((scene) => {
      scene.setPaint(complete)
    })
    this.#paint = complete
  }

  /**
   * Draws what is in `viewport` into `pixels`: width * height times red, green, blue and 255, row by
   * row from the top, as `ImageData` has it. See `Scene::draw` (stowage/view/scene.h) for which
   * pixels a buffer takes. O(buffers + pixels).
   */
  draw(viewport: Viewport, size: PixelSize, pixels: Uint8ClampedArray | Uint8Array): void {
    const seen = viewportFrom('viewport', viewport)
    const { width, height } = sizeFrom('size', size)
    const wanted = width * height * 4
    if (pixels.length !== wanted) {
      throw check.invalid('pixels', pixels, `an array of ${String(wanted)} bytes`)
    }
    this.#call((scene) => {
      pixels.set(scene.draw(seen, width, height))
    })
  }

  /**
   * The buffer that `draw` shows at a pixel, also where only the hatching of its gap shows; undefined
   * for none. O(buffers).
   */
  pick(viewport: Viewport, size: PixelSize, x: number, y: number): number | undefined {
    const seen = viewportFrom('viewport', viewport)
    const { width, height } = sizeFrom('size', size)
    const column = check.integer('x', x)
    const row = check.integer('y', y)
    if (column < 0 || column >= width || row < 0 || row >= height) return undefined
    const buffer = this.#call((scene) => scene.pick(seen, width, height, column, row))
    return buffer < 0 ? undefined : buffer
  }

  /**
   * The buffers that take at least `least` pixels, the largest first, at most `limit`: those worth a
   * label. O(buffers log limit).
   */
  visible(viewport: Viewport, size: PixelSize, least: PixelSize, limit: number): VisibleBuffer[] {
    const seen = viewportFrom('viewport', viewport)
    const { width, height } = sizeFrom('size', size)
    const smallest = sizeFrom('least', least)
    const most = check.integer('limit', limit, 0, 1_000_000)
    const numbers = this.#call((scene) =>
      scene.visible(seen, width, height, smallest.width, smallest.height, most),
    )
    const found: VisibleBuffer[] = []
    for (let i = 0; i < numbers.length; i += 5) {
      const [buffer = -1, left = 0, top = 0, right = 0, bottom = 0] = numbers.subarray(i, i + 5)
      found.push({ buffer, left, top, right, bottom })
    }
    return found
  }

  /** The pixels of one buffer, gaps included; undefined when it is out of sight or has no offset. */
  locate(viewport: Viewport, size: PixelSize, buffer: number): VisibleBuffer | undefined {
    const seen = viewportFrom('viewport', viewport)
    const { width, height } = sizeFrom('size', size)
    const index = check.integer('buffer', buffer, 0, this.problem.length - 1)
    const place = this.#call((scene) => scene.locate(seen, width, height, index))
    if (place === null) return undefined
    const [left = 0, top = 0, right = 0, bottom = 0] = place
    return { buffer: index, left, top, right, bottom }
  }

  /** The buffers that hold memory at `time`, those that hold most first. O(buffers). */
  liveAt(time: number): Uint32Array {
    const moment = Math.floor(finite('time', time))
    if (!Number.isSafeInteger(moment)) return new Uint32Array()
    return this.#call((scene) => scene.liveAt(moment))
  }

  /** Gives the memory back. Afterwards everything else throws `disposed`. */
  dispose(): void {
    const scene = this.#scene
    this.#scene = undefined
    if (scene !== undefined && this.#using.alive) {
      this.#using.call(() => {
        scene.delete()
      })
    }
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #make(): SceneHandle {
    const { columns } = this.problem
    const offsets = this.plan?.offsets ?? null
    return this.#using.call((module) => new module.Scene(columns, offsets))
  }

  #call<T>(use: (scene: SceneHandle, module: CoreModule) => T): T {
    if (this.#scene === undefined) throw new StowageError('disposed', 'the view was disposed of')
    if (!this.#using.alive) this.#move()
    const scene = this.#scene
    return this.#using.call((module) => use(scene, module))
  }

  /** To the module that runs now. */
  #move(): void {
    this.#using = core()
    const scene = this.#make()
    this.#scene = scene
    const paint = this.#paint
    if (paint !== undefined) {
      this.#using.call(() => {
        scene.setPaint(paint)
      })
    }
  }
}

function planFor(problem: Problem, plan: unknown): Plan | undefined {
  if (plan === undefined) return undefined
  if (!(plan instanceof Plan)) throw check.invalid('plan', plan, 'a Plan')
  if (plan.length === problem.length) return plan
  throw new StowageError(
    'invalid-argument',
    `plan has ${String(plan.length)} offsets; it must have ${String(problem.length)}, ` +
      'one for each buffer',
  )
}

const paintNames = [
  'classes',
  'palette',
  'dimmed',
  'background',
  'waste',
  'gap',
  'showsWaste',
] as const

function completePaint(length: number, paint: unknown): CorePaint {
  const given = check.record('paint', paint, paintNames)
  const { palette } = given
  if (!Array.isArray(palette) || palette.length === 0 || palette.length > 256) {
    throw check.invalid('paint.palette', palette, 'an array of 1 to 256 colours')
  }
  return {
    classes: bytesFrom('paint.classes', given.classes, length),
    palette: palette.map((color: unknown, i) => rgbFrom(`paint.palette[${String(i)}]`, color)),
    dimmed: given.dimmed === undefined ? null : bytesFrom('paint.dimmed', given.dimmed, length),
    background: rgbFrom('paint.background', given.background),
    waste: rgbFrom('paint.waste', given.waste),
    gap: rgbFrom('paint.gap', given.gap),
    showsWaste:
      given.showsWaste !== undefined && check.boolean('paint.showsWaste', given.showsWaste),
  }
}

function bytesFrom(name: string, value: unknown, length: number): Uint8Array {
  if (value instanceof Uint8Array && value.length === length) return value
  throw check.invalid(name, value, `a Uint8Array of ${String(length)}, one for each buffer`)
}
