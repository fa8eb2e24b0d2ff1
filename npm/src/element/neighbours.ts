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
 * The nearest buffer whose middle lies in `direction` of that of `from`. Nearest is what begins just
 * where that ends, in line with it; stepping aside counts four times. Then the distance between the
 * middles decides, then the position. Undefined at the edge. O(buffers).
 */
export function neighbour(
  places: Places,
  density: Density,
  from: number,
  direction: Direction,
): number | undefined {
  const own = rectangle(places, density, from)
  let best: number | undefined
  let bestRank = Infinity
  for (let i = 0; i < places.lower.length; ++i) {
    if (i === from) continue
    const rank = rankOf(own, rectangle(places, density, i), direction)
    if (rank < bestRank) {
      best = i
      bestRank = rank
    }
  }
  return best
}

type Rectangle = ReturnType<typeof rectangle>

/** Infinite where `other` does not lie in the direction. */
function rankOf(own: Rectangle, other: Rectangle, direction: Direction): number {
  const x = (other.left + other.right - own.left - own.right) / 2
  const y = (other.bottom + other.top - own.bottom - own.top) / 2
  const ahead = { right: x, left: -x, up: y, down: -y }[direction]
  if (!(ahead > 0)) return Infinity
  const isTime = direction === 'left' || direction === 'right'
  const along = {
    right: other.left - own.right,
    left: own.left - other.right,
    up: other.bottom - own.top,
    down: own.bottom - other.top,
  }[direction]
  const apart = isTime
    ? Math.max(other.bottom - own.top, own.bottom - other.top)
    : Math.max(other.left - own.right, own.left - other.right)
  const aside = apart < 0 ? 0 : apart + 1
  return Math.abs(along) + 4 * aside + 0.01 * (Math.abs(x) + Math.abs(y))
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
