// What the keys mean.
import type { Direction } from './neighbours.js'
import type { Axis } from './viewport.js'

export interface KeyTarget {
  /** To the nearest buffer in a direction. */
  walk(direction: Direction): void
  /** To the buffer that starts first, or last. */
  walkToEnd(isLast: boolean): void
  pan(timeShare: number, offsetShare: number): void
  zoom(factor: number, axis: Axis): void
  fit(): void
  pin(isAdding: boolean): void
  clear(): void
}

type Action = (target: KeyTarget) => void

const share = 0.15
const factor = 1.4

const plain: Readonly<Record<string, Action>> = {
  ArrowLeft: (target) => {
    target.walk('left')
  },
  ArrowRight: (target) => {
    target.walk('right')
  },
  ArrowUp: (target) => {
    target.walk('up')
  },
  ArrowDown: (target) => {
    target.walk('down')
  },
  Home: (target) => {
    target.walkToEnd(false)
  },
  End: (target) => {
    target.walkToEnd(true)
  },
  Enter: (target) => {
    target.pin(false)
  },
  ' ': (target) => {
    target.pin(false)
  },
  Escape: (target) => {
    target.clear()
  },
  '+': zoomer(factor, 'both'),
  '=': zoomer(factor, 'both'),
  '-': zoomer(1 / factor, 'both'),
  w: zoomer(factor, 'time'),
  s: zoomer(1 / factor, 'time'),
  a: panner(-share, 0),
  d: panner(share, 0),
  0: fit,
  f: fit,
}

const shifted: Readonly<Record<string, Action>> = {
  ArrowLeft: panner(-share, 0),
  ArrowRight: panner(share, 0),
  ArrowUp: panner(0, share),
  ArrowDown: panner(0, -share),
  '+': zoomer(factor, 'both'),
  _: zoomer(1 / factor, 'both'),
  W: zoomer(factor, 'offset'),
  S: zoomer(1 / factor, 'offset'),
  Enter: (target) => {
    target.pin(true)
  },
}

function zoomer(by: number, axis: Axis): Action {
  return (target) => {
    target.zoom(by, axis)
  }
}

function panner(timeShare: number, offsetShare: number): Action {
  return (target) => {
    target.pan(timeShare, offsetShare)
  }
}

function fit(target: KeyTarget): void {
  target.fit()
}

/** Does what a key asks for; returns whether it asks for anything. */
export function press(event: KeyboardEvent, target: KeyTarget): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const actions = event.shiftKey ? shifted : plain
  const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
  action?.(target)
  return action !== undefined
}
