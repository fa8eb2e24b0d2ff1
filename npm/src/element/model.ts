// What is shown: the plan, made ready to be drawn, and what each buffer looks like and is called.
import { StowageError } from '../errors.js'
import type { Buffer } from '../planner/buffer.js'
import { decodeIds } from '../planner/columns.js'
import type { Plan } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import { PlanView } from '../view/plan-view.js'
import type { ColorBy, ColorClasses, Rgb, Viewport } from '../view/types.js'
import { chosen, type Colors, cssOf } from './colors.js'
import { type Difference, differenceOf, differences } from './difference.js'
import { formatBytes, formatNumber } from './format.js'
import type { Labelled } from './labels.js'
import { type Line, linesOf } from './lines.js'
import { expressionOf, match } from './search.js'
import type { LegendEntry } from './types.js'
import { whole } from './viewport.js'

/** What decides how the buffers are painted. */
export interface Look {
  readonly colorBy: ColorBy
  readonly search: string
  readonly waste: boolean
  readonly marked: readonly number[] | null
}

export class Model implements Labelled {
  #problem: Problem | null = null
  #plan: Plan | null = null
  #reference: Plan | null = null
  #view: PlanView | undefined
  #classes: { by: ColorBy; classes: ColorClasses } | undefined
  #difference: Difference | undefined
  #ids: readonly string[] | undefined
  #matching: { search: string; found: ReturnType<typeof match> | undefined } | undefined
  #painted: { classes: Uint8Array; palette: readonly Rgb[]; dimmed?: Uint8Array | undefined } = {
    classes: new Uint8Array(),
    palette: [],
  }
  legend: readonly LegendEntry[] = []

  get problem(): Problem | null {
    return this.#problem
  }

  get plan(): Plan | null {
    return this.#plan
  }

  get reference(): Plan | null {
    return this.#reference
  }

  set reference(reference: Plan | null) {
    this.#reference = reference
    this.#difference = undefined
  }

  /** Shows something else; returns whether its buffers are other ones than before. */
  show(problem: Problem | null, plan: Plan | null): boolean {
    const isOther = !hasSameBuffers(this.#problem, problem)
    this.release()
    this.#problem = problem
    this.#plan = plan
    this.#difference = undefined
    if (isOther) this.#classes = this.#ids = this.#matching = undefined
    return isOther
  }

  /** The view, made when it is first needed. Undefined without a problem. */
  get view(): PlanView | undefined {
    if (this.#view === undefined && this.#problem !== null) {
      this.#view = new PlanView(this.#problem, this.#plan ?? undefined)
    }
    return this.#view
  }

  /** Gives back the module's memory; the next use of the view makes it anew. */
  release(): void {
    this.#view?.dispose()
    this.#view = undefined
  }

  /** The viewport that shows everything; undefined without a problem, or a module to look at it. */
  get whole(): Viewport | undefined {
    try {
      const { view } = this
      return view && whole(view.extent, view.problem.capacity)
    } catch (error) {
      if (error instanceof StowageError) return undefined
      throw error
    }
  }

  get lines(): readonly Line[] {
    const view = this.view
    return view === undefined
      ? []
      : linesOf(view.problem, this.#plan, this.#plan === null ? view.extent.offsetUpper : 0)
  }

  get difference(): Difference | undefined {
    if (this.#plan === null || this.#reference === null) return undefined
    return (this.#difference ??= differenceOf(this.#plan, this.#reference))
  }

  /** Which buffers match; undefined when `search` asks for none or is no regular expression. */
  matching(search: string): ReturnType<typeof match> | undefined {
    if (this.#problem === null) return undefined
    if (this.#matching?.search !== search) {
      const expression = expressionOf(search)
      this.#ids ??= expression && decodeIds(this.#problem.columns)
      this.#matching = { search, found: expression && match(this.#ids ?? [], expression) }
    }
    return this.#matching.found
  }

  /** Gives the view its colours. O(buffers). */
  paint(look: Look, colors: Colors): void {
    const view = this.view
    this.legend = []
    if (view === undefined) return
    const { classes, palette, legend } = this.#coloured(view, look.colorBy, colors)
    const dimmed = this.#dimmed(view.problem.length, look)
    this.legend = legend
    this.#painted = { classes, palette, dimmed }
    view.setPaint({
      ...this.#painted,
      background: colors.background,
      waste: colors.waste,
      gap: colors.gap,
      showsWaste: look.waste,
    })
  }

  #coloured(view: PlanView, by: ColorBy, colors: Colors) {
    const { difference } = this
    if (difference !== undefined) {
      const labels = differences.map((name, i) => {
        return `${name}: ${formatNumber(difference.counts[i] ?? 0)}`
      })
      const legend = legendOf(labels, colors.difference)
      const isThere = (_: unknown, i: number): boolean => i < 3 || difference.counts[i] !== 0
      return {
        classes: difference.ofBuffer,
        palette: [...colors.difference],
        legend: legend.filter(isThere),
      }
    }
    if (this.#classes?.by !== by) this.#classes = { by, classes: view.classify(by) }
    const { isSequential, labels, ofBuffer } = this.#classes.classes
    const all = isSequential ? colors.sequential : colors.categorical
    const palette = chosen(all, Math.max(1, labels.length), isSequential)
    return { classes: ofBuffer, palette, legend: legendOf(labels, palette) }
  }

  #dimmed(length: number, { marked, search }: Look): Uint8Array | undefined {
    const found = this.matching(search)
    if (found === undefined && marked === null) return undefined
    const dimmed = marked === null ? new Uint8Array(length) : new Uint8Array(length).fill(1)
    for (const buffer of marked ?? []) if (buffer < length) dimmed[buffer] = 0
    found?.isMatch.forEach((isMatch, i) => {
      if (isMatch === 0) dimmed[i] = 1
    })
    return dimmed
  }

  buffer(index: number): Buffer | undefined {
    return this.#problem?.at(index)
  }

  /** The buffer's rectangle, gaps included; undefined without an offset. */
  placeOf(index: number): Viewport | undefined {
    const buffer = this.buffer(index)
    const offset = this.#plan?.offsets[index]
    if (buffer === undefined || offset === undefined) return undefined
    const { lower, upper, size } = buffer
    return { timeLower: lower, timeUpper: upper, offsetLower: offset, offsetUpper: offset + size }
  }

  /** The same in the plan that is compared with. */
  formerPlaceOf(index: number): Viewport | undefined {
    const place = this.placeOf(index)
    const offset = this.difference?.offsets[index] ?? NaN
    if (place === undefined || Number.isNaN(offset)) return undefined
    const size = place.offsetUpper - place.offsetLower
    return { ...place, offsetLower: offset, offsetUpper: offset + size }
  }

  id(buffer: number): string {
    return this.#ids?.[buffer] ?? this.buffer(buffer)?.id ?? ''
  }

  size(buffer: number): number {
    return this.#problem?.columns.size[buffer] ?? 0
  }

  detail(buffer: number): string {
    return formatBytes(this.size(buffer))
  }

  color(buffer: number): Rgb {
    const { classes, palette } = this.#painted
    return palette[classes[buffer] ?? 0] ?? palette.at(-1) ?? 0
  }

  isDimmed(buffer: number): boolean {
    return this.#painted.dimmed?.[buffer] === 1
  }
}

function legendOf(labels: readonly string[], palette: readonly Rgb[]): readonly LegendEntry[] {
  return labels.map((label, i) => ({ label, color: cssOf(palette[i] ?? 0) }))
}

/** Whether positions mean the same in both: the buffers are equal, whatever the capacity. */
function hasSameBuffers(a: Problem | null, b: Problem | null): boolean {
  if (a === null || b === null) return a === b
  const names = ['idBytes', 'lower', 'upper', 'size'] as const
  return names.every((name) => isEqual(a.columns[name], b.columns[name]))
}

function isEqual(a: Float64Array | Uint8Array, b: Float64Array | Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]))
}
