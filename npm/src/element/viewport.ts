// Where a viewport goes when it is moved, and how it maps to pixels. Pure.
import type { PixelSize, Viewport } from '../view/types.js'

export type Axis = 'time' | 'offset' | 'both'

/** A rectangle in CSS pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A stretch of one axis. */
export interface Range {
  readonly lower: number
  readonly upper: number
}

/** The least that is shown of an axis: offsets and times are whole numbers. */
const leastSpan = 1

export function timesOf(viewport: Viewport): Range {
  return { lower: viewport.timeLower, upper: viewport.timeUpper }
}

export function offsetsOf(viewport: Viewport): Range {
  return { lower: viewport.offsetLower, upper: viewport.offsetUpper }
}

export function viewportOf(times: Range, offsets: Range): Viewport {
  return {
    timeLower: times.lower,
    timeUpper: times.upper,
    offsetLower: offsets.lower,
    offsetUpper: offsets.upper,
  }
}

export function isSame(a: Viewport, b: Viewport): boolean {
  return (
    a.timeLower === b.timeLower &&
    a.timeUpper === b.timeUpper &&
    a.offsetLower === b.offsetLower &&
    a.offsetUpper === b.offsetUpper
  )
}

/**
 * What shows a whole plan: its extent, some air above it for the labels of lines, and the capacity
 * where that is not so far up that the plan would become small.
 */
export function whole(extent: Viewport, capacity: number): Viewport {
  const highest = capacity <= 1.5 * extent.offsetUpper ? capacity : 0
  const top = Math.max(extent.offsetUpper, highest)
  return { ...extent, offsetUpper: extent.offsetLower + 1.06 * (top - extent.offsetLower) }
}

/** Zooms by `factor` (2: twice as large) around a place that stays where it is. */
export function zoomed(
  viewport: Viewport,
  factor: number,
  axis: Axis,
  time: number,
  offset: number,
): Viewport {
  const times = timesOf(viewport)
  const offsets = offsetsOf(viewport)
  return viewportOf(
    axis === 'offset' ? times : scaled(times, factor, time),
    axis === 'time' ? offsets : scaled(offsets, factor, offset),
  )
}

function scaled({ lower, upper }: Range, factor: number, around: number): Range {
  const span = Math.max((upper - lower) / factor, Math.min(leastSpan, upper - lower))
  const share = (around - lower) / (upper - lower)
  const start = around - share * span
  return { lower: start, upper: start + span }
}

/** Moves by shares of what is seen: positive towards later times and higher offsets. */
export function panned(viewport: Viewport, timeShare: number, offsetShare: number): Viewport {
  const shifted = ({ lower, upper }: Range, share: number): Range => {
    const by = share * (upper - lower)
    return { lower: lower + by, upper: upper + by }
  }
  return viewportOf(
    shifted(timesOf(viewport), timeShare),
    shifted(offsetsOf(viewport), offsetShare),
  )
}

/** `viewport` moved, and made smaller where it must be, so that it lies within `bounds`. */
export function clamped(viewport: Viewport, bounds: Viewport): Viewport {
  return viewportOf(
    clampedRange(timesOf(viewport), timesOf(bounds)),
    clampedRange(offsetsOf(viewport), offsetsOf(bounds)),
  )
}

function clampedRange({ lower, upper }: Range, bounds: Range): Range {
  const span = upper - lower
  if (span >= bounds.upper - bounds.lower) return bounds
  if (lower < bounds.lower) return { lower: bounds.lower, upper: bounds.lower + span }
  if (upper > bounds.upper) return { lower: bounds.upper - span, upper: bounds.upper }
  return { lower, upper }
}

/** The smallest viewport that holds both. */
export function united(a: Viewport, b: Viewport): Viewport {
  return {
    timeLower: Math.min(a.timeLower, b.timeLower),
    timeUpper: Math.max(a.timeUpper, b.timeUpper),
    offsetLower: Math.min(a.offsetLower, b.offsetLower),
    offsetUpper: Math.max(a.offsetUpper, b.offsetUpper),
  }
}

/**
 * Moves as little as needed to have `target` in sight, with a little room around it. What is larger
 * than the viewport is put in its middle.
 */
export function following(viewport: Viewport, target: Viewport): Viewport {
  const moved = (seen: Range, wanted: Range): Range => {
    const span = seen.upper - seen.lower
    const room = Math.min(0.05 * span, Math.max(0, (span - (wanted.upper - wanted.lower)) / 2))
    if (wanted.upper - wanted.lower > span) return centred(wanted, span)
    if (wanted.lower < seen.lower) {
      return { lower: wanted.lower - room, upper: wanted.lower - room + span }
    }
    if (wanted.upper > seen.upper) {
      return { lower: wanted.upper + room - span, upper: wanted.upper + room }
    }
    return seen
  }
  return viewportOf(
    moved(timesOf(viewport), timesOf(target)),
    moved(offsetsOf(viewport), offsetsOf(target)),
  )
}

/**
 * `target` in the middle: at the present scale, or larger if it would take less than a fifteenth of
 * an axis, or smaller if it would not be in sight as a whole.
 */
export function centredOn(viewport: Viewport, target: Viewport): Viewport {
  const around = (seen: Range, wanted: Range): Range => {
    const length = wanted.upper - wanted.lower
    const span = Math.min(Math.max(seen.upper - seen.lower, 1.25 * length), 15 * length)
    return centred(wanted, Math.max(span, leastSpan))
  }
  return viewportOf(
    around(timesOf(viewport), timesOf(target)),
    around(offsetsOf(viewport), offsetsOf(target)),
  )
}

function centred({ lower, upper }: Range, span: number): Range {
  const start = (lower + upper - span) / 2
  return { lower: start, upper: start + span }
}

/** Part of the way from `a` to `b`; at 1 just `b`. */
export function between(a: Viewport, b: Viewport, share: number): Viewport {
  if (share >= 1) return b
  const mix = (from: number, to: number): number => from + (to - from) * share
  return {
    timeLower: mix(a.timeLower, b.timeLower),
    timeUpper: mix(a.timeUpper, b.timeUpper),
    offsetLower: mix(a.offsetLower, b.offsetLower),
    offsetUpper: mix(a.offsetUpper, b.offsetUpper),
  }
}

/** Times to pixels from the left and back, offsets to pixels from the top and back. */
export class Scale {
  constructor(
    readonly viewport: Viewport,
    readonly box: Box,
  ) {}

  x(time: number): number {
    const { timeLower, timeUpper } = this.viewport
    return this.box.left + ((time - timeLower) / (timeUpper - timeLower)) * this.box.width
  }

  y(offset: number): number {
    const { offsetLower, offsetUpper } = this.viewport
    return this.box.top + ((offsetUpper - offset) / (offsetUpper - offsetLower)) * this.box.height
  }

  time(x: number): number {
    const { timeLower, timeUpper } = this.viewport
    return timeLower + ((x - this.box.left) / this.box.width) * (timeUpper - timeLower)
  }

  offset(y: number): number {
    const { offsetLower, offsetUpper } = this.viewport
    return offsetUpper - ((y - this.box.top) / this.box.height) * (offsetUpper - offsetLower)
  }
}

export function contains(box: Box, x: number, y: number): boolean {
  return x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height
}

/** The pixels of the screen that a box takes. */
export function pixelsOf(box: Box, ratio: number): PixelSize {
  const side = (length: number): number => Math.min(Math.max(1, Math.round(length * ratio)), 16_384)
  return { width: side(box.width), height: side(box.height) }
}
