// What the pointer, or the keyboard, is at: its outline, its card and the line of the cursor.
import type { PlanView } from '../view/plan-view.js'
import type { Viewport } from '../view/types.js'
import { cardOf, type CardContent, fillCard, placeCard } from './card.js'
import { formatBytes, formatExactly, formatNumber } from './format.js'
import type { Model } from './model.js'
import { momentAt } from './moment.js'
import type { Renderer } from './renderer.js'
import { moveTo, resize, type Stage } from './stage.js'
import type { BufferHoverDetail } from './types.js'
import { type Box, contains } from './viewport.js'

export const nowhere: BufferHoverDetail = {
  buffer: undefined,
  id: undefined,
  nodeId: undefined,
  time: undefined,
  offset: undefined,
}

export interface HoverContext {
  readonly view: PlanView
  readonly viewport: Viewport
  readonly selection: readonly number[]
  readonly cursorTime: number | null
  readonly nodeOf: (buffer: number) => string | undefined
}

export class Hover {
  /** Where the pointer is on the stage. */
  pointer: { readonly x: number; readonly y: number } | undefined
  /** The buffer that the keyboard has walked to. */
  focused: number | undefined
  /** Where `update` found the pointer to be. */
  detail: BufferHoverDetail = nowhere
  readonly #stage: Stage
  readonly #renderer: Renderer
  readonly #model: Model
  #cardKey = ''

  constructor(stage: Stage, renderer: Renderer, model: Model) {
    this.#stage = stage
    this.#renderer = renderer
    this.#model = model
  }

  /** Finds what is under the pointer, and shows it. Returns whether that has changed. */
  update(context: HoverContext): boolean {
    const before = this.detail
    this.detail = this.#find(context)
    this.#showOutlines(context)
    this.#showCursor(context)
    this.#showCard(context)
    const { buffer, time, offset } = this.detail
    return buffer !== before.buffer || time !== before.time || offset !== before.offset
  }

  /** The card of a buffer. */
  cardOf(buffer: number, nodeId: string | undefined): CardContent | undefined {
    const facts = this.#model.buffer(buffer)
    if (facts === undefined) return undefined
    return cardOf({
      buffer: facts,
      offset: this.#model.plan?.offsets[buffer],
      formerOffset: this.#model.difference?.offsets[buffer],
      nodeId,
    })
  }

  /** The keyboard is at no buffer any more. */
  forget(): void {
    this.focused = undefined
  }

  hide(): void {
    const { outline, ghost, cursor, cursorLabel, card } = this.#stage
    for (const part of [outline, ghost, cursor, cursorLabel, card]) part.hidden = true
  }

  #find({ view, viewport, nodeOf }: HoverContext): BufferHoverDetail {
    if (this.pointer === undefined) return this.#detailOf(this.focused, nodeOf)
    const { x, y } = this.pointer
    const { plot, load } = this.#renderer.layout
    const isInPlot = contains(plot, x, y)
    if (!isInPlot && !(load !== undefined && contains(load, x, y))) return nowhere
    const scale = this.#renderer.scale(viewport)
    const buffer = isInPlot ? this.#renderer.pick(view, viewport, x, y) : undefined
    return {
      ...this.#detailOf(buffer, nodeOf),
      time: scale.time(x),
      offset: isInPlot ? scale.offset(y) : undefined,
    }
  }

  #detailOf(buffer: number | undefined, nodeOf: HoverContext['nodeOf']): BufferHoverDetail {
    if (buffer === undefined) return nowhere
    return { ...nowhere, buffer, id: this.#model.id(buffer), nodeId: nodeOf(buffer) }
  }

  #showOutlines({ view, viewport, selection }: HoverContext): void {
    const { outline, ghost } = this.#stage
    const { buffer } = this.detail
    const box = buffer === undefined ? undefined : this.#renderer.boxOf(view, viewport, buffer)
    this.#place(outline, box)
    const former = this.#model.formerPlaceOf(buffer ?? onlyOne(selection) ?? -1)
    const scale = this.#renderer.scale(viewport)
    this.#place(
      ghost,
      former && {
        left: scale.x(former.timeLower),
        top: scale.y(former.offsetUpper),
        width: scale.x(former.timeUpper) - scale.x(former.timeLower),
        height: scale.y(former.offsetLower) - scale.y(former.offsetUpper),
      },
    )
  }

  #place(element: HTMLElement, box: Box | undefined): void {
    element.hidden = box === undefined
    if (box === undefined) return
    const { plot } = this.#renderer.layout
    moveTo(element, box.left - plot.left - 1, box.top - plot.top - 1)
    resize(element, box.width + 2, box.height + 2)
  }

  #showCursor({ viewport, cursorTime }: HoverContext): void {
    const { cursor, cursorLabel } = this.#stage
    const time = this.detail.time ?? cursorTime
    const isSeen = time !== null && time >= viewport.timeLower && time <= viewport.timeUpper
    cursor.hidden = cursorLabel.hidden = !isSeen
    if (!isSeen) return
    const { plot, times, width } = this.#renderer.layout
    const x = Math.round(this.#renderer.scale(viewport).x(time))
    moveTo(cursor, x, plot.top)
    const text = formatNumber(Math.floor(time))
    if (cursorLabel.textContent !== text) cursorLabel.textContent = text
    const half = cursorLabel.offsetWidth / 2
    moveTo(
      cursorLabel,
      Math.round(Math.min(Math.max(x - half, 0), width - 2 * half)),
      times.top + 3,
    )
  }

  #showCard(context: HoverContext): void {
    const { card } = this.#stage
    const { time, buffer } = this.detail
    if (this.pointer !== undefined && buffer === undefined && this.#isOverLoad()) {
      this.#fill(`time ${String(time)}`, () => this.#loadCard(context, time ?? 0))
      this.#placeCard({ left: this.pointer.x, top: this.pointer.y, width: 0, height: 0 })
      return
    }
    const shown = buffer ?? onlyOne(context.selection)
    const box = shown === undefined ? undefined : this.#anchor(context, shown)
    const content =
      box && this.#fill(this.#keyOf(context, shown), () => this.#contentOf(context, shown))
    card.hidden = box === undefined || content === false
    if (box !== undefined && content !== false) this.#placeCard(box)
  }

  #isOverLoad(): boolean {
    const { load } = this.#renderer.layout
    return (
      load !== undefined &&
      this.pointer !== undefined &&
      contains(load, this.pointer.x, this.pointer.y)
    )
  }

  #keyOf({ nodeOf }: HoverContext, buffer = -1): string {
    const offsets = [this.#model.plan?.offsets[buffer], this.#model.difference?.offsets[buffer]]
    return JSON.stringify([buffer, this.#model.id(buffer), offsets, nodeOf(buffer)])
  }

  #contentOf({ nodeOf }: HoverContext, buffer = -1): CardContent | undefined {
    return this.cardOf(buffer, nodeOf(buffer))
  }

  /** Beside the pointer, or where there is none beside the part of the buffer that is seen. */
  #anchor({ view, viewport }: HoverContext, buffer: number): Box | undefined {
    if (this.pointer !== undefined && this.detail.buffer === buffer) {
      return { left: this.pointer.x, top: this.pointer.y, width: 0, height: 0 }
    }
    return this.#renderer.boxOf(view, viewport, buffer)
  }

  #loadCard({ view }: HoverContext, time: number): CardContent {
    const { time: whole, load, top } = momentAt(view, time)
    const rows: [string, string][] = [['load', formatExactly(load)]]
    if (view.plan !== undefined) {
      rows.push(['highest end', formatExactly(top)], ['unused below', formatBytes(top - load)])
    }
    return { title: `time ${formatNumber(whole)}`, rows }
  }

  /** Fills the card unless it says the same already; returns false where there is nothing to say. */
  #fill(key: string, content: () => CardContent | undefined): boolean {
    const { card } = this.#stage
    if (key !== this.#cardKey) {
      const made = content()
      if (made === undefined) return false
      fillCard(card, made)
      this.#cardKey = key
    }
    card.hidden = false
    return true
  }

  #placeCard(anchor: Box): void {
    const { card, stage, frame } = this.#stage
    const { clientWidth: width, clientHeight: height } = frame
    const top = stage.offsetTop
    placeCard(
      card,
      { ...anchor, top: anchor.top + top },
      { left: 4, top: 4, width: width - 8, height: height - 8 },
    )
  }
}

function onlyOne(selection: readonly number[]): number | undefined {
  return selection.length === 1 ? selection[0] : undefined
}
