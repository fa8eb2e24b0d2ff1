// The least height of a small problem, by trying everything. Written for being plainly right.
import type { BufferInit } from 'stowage'

/** A part of a lifespan over which a buffer holds the bytes [bottom, top) from its offset. */
interface Piece {
  readonly lower: number
  readonly upper: number
  readonly bottom: number
  readonly top: number
}

/** Whether all buffers fit within `capacity`. */
export function fits(all: readonly BufferInit[], capacity: number): boolean {
  // Fixed ones first: if they collide, nothing else need be tried.
  const isFixed = ({ offset }: BufferInit): boolean => typeof offset === 'number'
  const buffers = [...all].sort((a, b) => Number(isFixed(b)) - Number(isFixed(a)))
  const pieces = buffers.map(piecesOf)
  const offsets: number[] = []
  const place = (index: number): boolean => {
    const buffer = buffers[index]
    if (buffer === undefined) return true
    const { size, alignment = 1, offset: fixed } = buffer
    for (let offset = 0; offset + size <= capacity; ++offset) {
      if (offset % alignment !== 0 || (fixed ?? offset) !== offset) continue
      if (offsets.some((other, at) => collide(pieces[at], other, pieces[index], offset))) continue
      offsets.push(offset)
      if (place(index + 1)) return true
      offsets.pop()
    }
    return false
  }
  return place(0)
}

/** The least capacity up to `most` that all buffers fit within; undefined if there is none. */
export function leastHeight(buffers: readonly BufferInit[], most: number): number | undefined {
  for (let capacity = 0; capacity <= most; ++capacity) {
    if (fits(buffers, capacity)) return capacity
  }
  return undefined
}

function piecesOf({ lower, upper, size, gaps = [] }: BufferInit): Piece[] {
  const pieces: Piece[] = []
  let from = lower
  for (const gap of gaps) {
    pieces.push({ lower: from, upper: gap.lower, bottom: 0, top: size })
    const { window } = gap
    if (window) {
      pieces.push({ lower: gap.lower, upper: gap.upper, bottom: window.lower, top: window.upper })
    }
    from = gap.upper
  }
  pieces.push({ lower: from, upper, bottom: 0, top: size })
  return pieces.filter((piece) => piece.lower < piece.upper && piece.bottom < piece.top)
}

function collide(
  ones: readonly Piece[] = [],
  oneOffset: number,
  others: readonly Piece[] = [],
  otherOffset: number,
): boolean {
  return ones.some((one) =>
    others.some(
      (other) =>
        one.lower < other.upper &&
        other.lower < one.upper &&
        oneOffset + one.bottom < otherOffset + other.top &&
        otherOffset + other.bottom < oneOffset + one.top,
    ),
  )
}
