// What is live at a time, and what is largest at the peak, as lists beside the picture.
import type { PlanView } from '../view/plan-view.js'
import { formatBytes, formatNumber } from './format.js'
import type { Model } from './model.js'
import { type Moment, momentAt } from './moment.js'
import type { Stage } from './stage.js'

/** Longer lists are cut: who wants all of a million has a table. */
const mostItems = 50

interface Held extends Moment {
  /** Those that hold most first. */
  readonly buffers: Uint32Array
}

export class Lists {
  readonly #stage: Stage
  readonly #model: Model
  readonly #select: (buffer: number) => void
  #peak: { view: PlanView; time: number } | undefined
  /** Stays when the pointer leaves. */
  #time: number | undefined
  #key = ''
  #buttons: { readonly buffer: number; readonly button: HTMLButtonElement }[] = []

  constructor(stage: Stage, model: Model, select: (buffer: number) => void) {
    this.#stage = stage
    this.#model = model
    this.#select = select
  }

  /** Lists what is live at `time`, or, without one, at the last. O(buffers). */
  update(view: PlanView, time: number | null, selection: readonly number[]): void {
    if (this.#peak?.view !== view) {
      this.#peak = { view, time: peakOf(view) }
      this.#time = undefined
      this.#key = ''
    }
    this.#time = time ?? this.#time
    const now = this.#time === undefined ? undefined : heldAt(view, this.#time)
    const peak = heldAt(view, this.#peak.time)
    const key = JSON.stringify([now?.time, peak.time])
    if (key !== this.#key) {
      this.#key = key
      this.#buttons = []
      this.#stage.lists.replaceChildren(
        ...this.#section('Live', now),
        ...this.#section('Largest at the peak', peak),
      )
    }
    // In place: the one that was pressed keeps the focus.
    for (const { buffer, button } of this.#buttons) {
      button.setAttribute('aria-pressed', String(selection.includes(buffer)))
    }
  }

  /** Has the lists made anew, as something else is shown. */
  forget(): void {
    this.#peak = undefined
    this.#key = ''
  }

  #section(title: string, held: Held | undefined): HTMLElement[] {
    const heading = make('div', 'list-title', title)
    if (held === undefined) {
      return [
        heading,
        make('div', 'list-note', 'Point at the picture; press a buffer to keep the list.'),
      ]
    }
    heading.textContent = `${title}, time ${formatNumber(held.time)}`
    const { length } = held.buffers
    const count = `${formatNumber(length)} ${length === 1 ? 'buffer' : 'buffers'}`
    const list = document.createElement('ol')
    list.className = 'list'
    list.setAttribute('aria-label', heading.textContent)
    const shown = held.buffers.subarray(0, mostItems)
    list.append(...Array.from(shown, (buffer) => this.#item(buffer, held)))
    const more = length - shown.length
    const rest = more > 0 ? [make('div', 'list-note', `and ${formatNumber(more)} more`)] : []
    const note = make('div', 'list-note', `${count}, ${formatBytes(held.load)} together`)
    return [heading, note, list, ...rest]
  }

  #item(buffer: number, { load }: Held): HTMLLIElement {
    const size = this.#model.size(buffer)
    const button = document.createElement('button')
    button.type = 'button'
    button.setAttribute('part', 'list-item')
    this.#buttons.push({ buffer, button })
    button.append(
      make('span', 'list-id', this.#model.id(buffer)),
      make('span', 'list-size', formatBytes(size)),
    )
    button.style.setProperty('--share', `${String(Math.min(100, (100 * size) / load))}%`)
    button.addEventListener('click', () => {
      this.#select(buffer)
    })
    const item = document.createElement('li')
    item.append(button)
    return item
  }
}

function make(name: 'div' | 'span', className: string, text: string): HTMLElement {
  const element = document.createElement(name)
  element.className = className
  element.textContent = text
  return element
}

function heldAt(view: PlanView, time: number): Held {
  return { ...momentAt(view, time), buffers: view.liveAt(time) }
}

/** The first time with the largest load. */
function peakOf(view: PlanView): number {
  const { time, load } = view.profile()
  let best = 0
  load.forEach((each, i) => {
    if (each > (load[best] ?? 0)) best = i
  })
  return time[best] ?? 0
}
