// The shadow tree of the element.
import { styleSheet } from './styles.js'

export interface Stage {
  readonly frame: HTMLElement
  readonly legend: HTMLElement
  /** Everything below the legend: what the pointer works on. */
  readonly stage: HTMLElement
  readonly picture: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  /** The place of the rectangles, beyond which no outline reaches. */
  readonly clip: HTMLElement
  readonly outline: HTMLElement
  readonly ghost: HTMLElement
  readonly cursor: HTMLElement
  readonly cursorLabel: HTMLElement
  readonly minimap: HTMLElement
  readonly minimapPicture: HTMLCanvasElement
  readonly seen: HTMLElement
  readonly card: HTMLElement
  readonly message: HTMLElement
  /** Beside the stage. */
  readonly lists: HTMLElement
  /** Read out when it changes. */
  readonly status: HTMLElement
  readonly probe: HTMLElement
}

export function makeStage(root: ShadowRoot): Stage {
  root.adoptedStyleSheets = [styleSheet()]
  const picture = make('canvas', 'picture')
  const overlay = make('canvas', 'overlay')
  const minimapPicture = make('canvas')
  const stage: Stage = {
    frame: make('div', 'frame'),
    legend: make('ul', 'legend'),
    stage: make('div', 'stage'),
    picture,
    overlay,
    clip: make('div'),
    outline: make('div', 'outline'),
    ghost: make('div', 'ghost'),
    cursor: make('div', 'cursor'),
    cursorLabel: make('div', 'cursor-label'),
    minimap: make('div', 'minimap'),
    minimapPicture,
    seen: make('div'),
    card: make('div', 'card'),
    message: make('div', 'message'),
    lists: make('div', 'lists'),
    status: make('div'),
    probe: make('div'),
  }
  for (const name of names) if (stage[name].className === '') stage[name].className = name
  stage.status.setAttribute('role', 'status')
  stage.status.setAttribute('aria-live', 'polite')
  stage.clip.append(stage.ghost, stage.outline)
  stage.minimap.append(minimapPicture, stage.seen)
  stage.stage.append(picture, overlay, stage.clip, stage.cursor, stage.cursorLabel)
  stage.stage.append(stage.minimap, stage.message)
  const body = make('div')
  body.className = 'body'
  body.append(stage.stage, stage.lists)
  stage.frame.append(stage.legend, body, stage.card)
  for (const name of hidden) stage[name].hidden = true
  stage.stage.setAttribute('aria-hidden', 'true')
  stage.card.setAttribute('aria-hidden', 'true')
  root.append(stage.frame, stage.status, stage.probe)
  return stage
}

const names = ['clip', 'seen', 'status', 'probe'] as const
const hidden = [
  ...(['outline', 'ghost', 'cursor', 'cursorLabel', 'minimap', 'card', 'message'] as const),
  'lists',
] as const

function make<Name extends 'div' | 'ul' | 'canvas'>(
  name: Name,
  part = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  if (part !== '') {
    element.className = part
    element.setAttribute('part', part)
  }
  return element
}

/** Puts an element of the tree at a place without making the browser lay out anything else. */
export function moveTo(element: HTMLElement, x: number, y: number): void {
  element.style.transform = `translate(${String(x)}px, ${String(y)}px)`
}

export function resize(element: HTMLElement, width: number, height: number): void {
  element.style.width = `${String(width)}px`
  element.style.height = `${String(height)}px`
}
