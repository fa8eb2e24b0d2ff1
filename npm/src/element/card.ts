// The card that tells everything about a buffer.
import type { Buffer, Gap } from '../planner/buffer.js'
import { formatBytes, formatExactly, formatNumber } from './format.js'
import { moveTo } from './stage.js'
import type { Box } from './viewport.js'

/** A title and pairs of a name and a value. */
export interface CardContent {
  readonly title: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

export interface BufferFacts {
  readonly buffer: Buffer
  readonly offset: number | undefined
  /** In the plan that is compared with: NaN where it is not in that. Undefined without one. */
  readonly formerOffset: number | undefined
  readonly nodeId: string | undefined
}

const mostGaps = 4

export function cardOf({ buffer, offset, formerOffset, nodeId }: BufferFacts): CardContent {
  const { id, lower, upper, size, alignment, gaps } = buffer
  const rows: [string, string][] = [
    [
      'lifespan',
      `${formatNumber(lower)} to ${formatNumber(upper)} (${formatNumber(upper - lower)})`,
    ],
    ['size', formatExactly(size)],
  ]
  if (offset !== undefined) {
    rows.push(['offset', formatExactly(offset)], ['end', formatExactly(offset + size)])
  }
  if (formerOffset !== undefined) rows.push(...comparison(offset, formerOffset))
  rows.push(['alignment', formatNumber(alignment)])
  for (const gap of gaps.slice(0, mostGaps)) rows.push(['gap', describeGap(gap)])
  if (gaps.length > mostGaps) rows.push(['', `and ${String(gaps.length - mostGaps)} more gaps`])
  if (nodeId !== undefined) rows.push(['node', nodeId])
  return { title: id, rows }
}

function comparison(offset: number | undefined, former: number): [string, string][] {
  if (Number.isNaN(former)) return [['before', 'not in the other plan']]
  const by = (offset ?? former) - former
  const moved = by === 0 ? 'nowhere' : `${by > 0 ? 'up' : 'down'} ${formatBytes(Math.abs(by))}`
  return [
    ['before', formatExactly(former)],
    ['moved', moved],
  ]
}

function describeGap({ lower, upper, window }: Gap): string {
  const times = `${formatNumber(lower)} to ${formatNumber(upper)}`
  if (window === undefined) return times
  return `${times}, holds ${formatNumber(window.lower)} to ${formatNumber(window.upper)}`
}

/** The same in a sentence, to be read out. */
export function sentenceOf({ title, rows }: CardContent): string {
  return [title, ...rows.map(([name, value]) => `${name} ${value}`)].join(', ')
}

export function fillCard(card: HTMLElement, { title, rows }: CardContent): void {
  const heading = document.createElement('div')
  heading.className = 'card-title'
  heading.textContent = title
  const list = document.createElement('dl')
  for (const [name, value] of rows) {
    const term = document.createElement('dt')
    term.textContent = name
    const description = document.createElement('dd')
    description.textContent = value
    list.append(term, description)
  }
  card.replaceChildren(heading, list)
}

const distance = 14

/**
 * Beside `anchor`, or below or above it, wherever there is room within `bounds`; failing that, at the
 * end of the bounds that is farther away.
 */
export function placeCard(card: HTMLElement, anchor: Box, bounds: Box): void {
  const { offsetWidth: width, offsetHeight: height } = card
  const right = bounds.left + bounds.width - width
  const bottom = bounds.top + bounds.height - height
  const after = anchor.left + anchor.width + distance
  const before = anchor.left - distance - width
  const below = anchor.top + anchor.height + distance
  const above = anchor.top - distance - height
  const top = anchor.height === 0 ? below : anchor.top
  if (after <= right) moveTo(card, after, within(top, bounds.top, bottom))
  else if (before >= bounds.left) moveTo(card, before, within(top, bounds.top, bottom))
  else {
    const isLow = anchor.top + anchor.height / 2 > bounds.top + bounds.height / 2
    const aside = isLow ? Math.max(above, bounds.top) : Math.min(below, bottom)
    moveTo(card, within(anchor.left, bounds.left, right), aside)
  }
}

function within(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(value, most)))
}
