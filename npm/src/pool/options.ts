import * as check from '../check.js'
import type { AllocOptions, DefragmentOptions } from './types.js'

/** An empty tag is none. */
export function allocOptionsFrom(options: AllocOptions): {
  alignment: number
  tag: string | undefined
} {
  const { alignment, tag } = check.record('options', options, ['alignment', 'tag'])
  return {
    alignment: alignment === undefined ? 1 : check.integer('alignment', alignment, 1),
    tag: tag === undefined || tag === '' ? undefined : check.text('tag', tag),
  }
}

/** Infinity is no limit. */
export function defragmentOptionsFrom(options: DefragmentOptions): {
  maxBytes: number
  maxMoves: number
  pinned: number[]
} {
  const given = check.record('options', options, ['maxBytes', 'maxMoves', 'pinned'])
  return {
    maxBytes: limitFrom('maxBytes', given.maxBytes),
    maxMoves: limitFrom('maxMoves', given.maxMoves),
    pinned: pinnedFrom(given.pinned),
  }
}

function limitFrom(name: string, value: unknown): number {
  return value === undefined || value === Infinity ? Infinity : check.integer(name, value, 0)
}

function pinnedFrom(pinned: unknown): number[] {
  if (pinned === undefined) return []
  if (!Array.isArray(pinned)) throw check.invalid('pinned', pinned, 'an array of offsets')
  return pinned.map((offset, index) => check.integer(`pinned[${String(index)}]`, offset, 0))
}
