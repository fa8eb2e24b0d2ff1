// Which buffer is next in a direction, for the arrow keys. Pure.

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Where the buffers are, one entry each. */
export interface Places {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly size: Float64Array
  readonly offset: Float64Array
}

/** How many pixels a unit of each axis takes, so that "near" is what looks near. */
export interface Density {
  readonly time: number
  readonly offset: number
}

/**
 * The nearest buffer whose middle lies in `direction` of that of `from`: first by the distance
 * between the rectangles, where stepping aside counts four times, then between their middles, then by
 * position. Undefined at the edge. O(buffers).
 */
export function neighbour(
  places: Places,
  density: Density,
  from: number,
  direction: Direction,
): number | undefined {
  const isTime = direction === 'left' || direction === 'right'
  const sign = direction === 'right' || direction === 'up' ? 1 : -1
  const { lower, upper, size, offset } = places
  const own = rectangle(places, density, from)
  let best: number | undefined
  let bestRank = Infinity
  for (let i = 0; i < lower.length; ++i) {
    if (i === from) continue
    const left = (lower[i] ?? NaN) * density.time
    const right = (upper[i] ?? NaN) * density.time
    const bottom = (offset[i] ?? NaN) * density.offset
    const top = bottom + (size[i] ?? NaN) * density.offset
    const aheadX = (left + right - own.left - own.right) / 2
    const aheadY = (bottom + top - own.bottom - own.top) / 2
    const ahead = sign * (isTime ? aheadX : aheadY)
    if (!(ahead > 0)) continue
    const gapX = Math.max(0, left - own.right, own.left - right)
    const gapY = Math.max(0, bottom - own.top, own.bottom - top)
    const along = isTime ? gapX : gapY
    const aside = isTime ? gapY : gapX
    const rank = along + 4 * aside + 0.01 * (Math.abs(aheadX) + Math.abs(aheadY))
    if (rank < bestRank) {
      best = i
      bestRank = rank
    }
  }
  return best
}

/** The buffer whose rectangle is nearest to a place; undefined where there is none. O(buffers). */
export function nearest(
  places: Places,
  density: Density,
  time: number,
  offset: number,
): number | undefined {
  const x = time * density.time
  const y = offset * density.offset
  let best: number | undefined
  let bestRank = Infinity
  for (let i = 0; i < places.lower.length; ++i) {
    const { left, right, bottom, top } = rectangle(places, density, i)
    const rank = Math.hypot(Math.max(0, left - x, x - right), Math.max(0, bottom - y, y - top))
    if (rank < bestRank) {
      best = i
      bestRank = rank
    }
  }
  return best
}

function rectangle({ lower, upper, size, offset }: Places, density: Density, index: number) {
  const bottom = (offset[index] ?? NaN) * density.offset
  return {
    left: (lower[index] ?? NaN) * density.time,
    right: (upper[index] ?? NaN) * density.time,
    bottom,
    top: bottom + (size[index] ?? NaN) * density.offset,
  }
}
