// The lines across the picture: capacity, height and lower bound.
import type { Plan } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import { type Colors, cssOf } from './colors.js'
import { formatBytes, formatExcess } from './format.js'
import type { Box } from './viewport.js'

export interface Line {
  readonly kind: 'capacity' | 'height' | 'bound'
  readonly value: number
  readonly label: string
  /** Where there is no room for the label. */
  readonly short: string
}

/** Highest first; what is equal is told in one label. `maxLoad` is the bound where no plan knows better. */
export function linesOf(problem: Problem, plan: Plan | null, maxLoad: number): readonly Line[] {
  const lines: Line[] = []
  const add = (kind: Line['kind'], name: string, value: number, remark = ''): void => {
    const short = `${name} ${formatBytes(value)}`
    lines.push({ kind, value, label: short + remark, short })
  }
  if (Number.isFinite(problem.capacity)) add('capacity', 'capacity', problem.capacity)
  if (plan === null) {
    add('bound', 'max load', maxLoad)
  } else if (plan.optimal) {
    add('height', 'height', plan.height, ', the least possible')
  } else {
    const excess = formatExcess(plan.height, plan.lowerBound)
    add('height', 'height', plan.height, excess === '' ? '' : `, ${excess} above the bound`)
    add('bound', 'lower bound', plan.lowerBound)
  }
  return merged(lines.sort((a, b) => b.value - a.value))
}

function merged(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = []
  for (const line of lines) {
    const last = kept.at(-1)
    if (last?.value !== line.value) kept.push(line)
    else {
      const label = `${last.label} · ${line.label}`
      kept[kept.length - 1] = { ...last, label, short: `${last.short} · ${line.short}` }
    }
  }
  return kept
}

const dashes = { capacity: [], height: [7, 4], bound: [2, 3] } as const

/** Draws the lines that lie in `box`, whose `y` gives the place of a value. */
export function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  box: Box,
  y: (value: number) => number,
  colors: Colors,
): void {
  context.save()
  context.lineWidth = 1.5
  for (const { kind, value } of lines) {
    const place = Math.round(y(value)) - 0.25
    if (place < box.top - 1 || place > box.top + box.height + 1) continue
    context.strokeStyle = cssOf(colors[kind])
    context.setLineDash(dashes[kind])
    context.beginPath()
    context.moveTo(box.left, place)
    context.lineTo(box.left + box.width, place)
    context.stroke()
  }
  context.restore()
}

const lineHeight = 15

/** Labels at the right end: above the line, or below it, or further to the left, where there is room. */
export function labelLines(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  box: Box,
  y: (value: number) => number,
  colors: Colors,
): void {
  const taken: Box[] = []
  context.save()
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.font = `600 11px ${colors.font}`
  for (const { kind, value, label, short } of lines) {
    const line = y(value)
    if (line < box.top - 1 || line > box.top + box.height + 1) continue
    for (const text of [label, short]) {
      const place = freePlace(taken, box, line, context.measureText(text).width + 8)
      if (place === undefined) continue
      taken.push(place)
      context.fillStyle = cssOf(colors.background, 0.82)
      context.fillRect(place.left, place.top + 1, place.width, place.height - 2)
      context.fillStyle = cssOf(colors[kind])
      context.fillText(text, place.left + 4, place.top + lineHeight / 2 + 0.5)
      break
    }
  }
  context.restore()
}

function freePlace(taken: readonly Box[], box: Box, line: number, width: number): Box | undefined {
  const right = box.left + box.width - width
  if (right < box.left) return undefined
  const lefts = [right, ...taken.map(({ left }) => left - width - 6)]
  for (const left of lefts) {
    for (const top of [line - lineHeight - 1, line + 1]) {
      const place = { left, top, width, height: lineHeight }
      if (left < box.left || top < box.top || top + lineHeight > box.top + box.height) continue
      if (!taken.some((other) => overlaps(other, place))) return place
    }
  }
  return undefined
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  )
}
