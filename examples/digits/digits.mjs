// Digits to learn from: each drawn on 8 x 8 pixels, moved, faded, and with noise.

const glyphs = [
  ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  ['.###.', '#...#', '....#', '..##.', '....#', '#...#', '.###.'],
  ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  ['#####', '....#', '...#.', '..#..', '..#..', '.#...', '.#...'],
  ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
]

export const classes = glyphs.length
export const side = 8
export const pixels = side * side

/** Numbers from 0 to 1 that are the same each time (mulberry32, by Tommy Ettinger). */
export function randomNumbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * `count` digits: their labels, and `images`, one row of pixels for each digit.
 */
export function drawDigits(count, seed) {
  const random = randomNumbers(seed)
  const images = new Float32Array(count * pixels)
  const labels = []
  for (let i = 0; i < count; ++i) {
    const label = Math.floor(random() * classes)
    const [right, down] = [Math.floor(random() * 4), Math.floor(random() * 2)]
    const ink = 0.5 + 0.5 * random()
    for (let row = 0; row < side; ++row) {
      for (let column = 0; column < side; ++column) {
        const isInk = glyphs[label][row - down]?.[column - right] === '#'
        images[i * pixels + row * side + column] = (isInk ? ink : 0) + 0.35 * (random() - 0.5)
      }
    }
    labels.push(label)
  }
  return { images, labels }
}

/** A row for each label: 1 at its place, 0 elsewhere. */
export function oneHot(labels) {
  const rows = new Float32Array(labels.length * classes)
  labels.forEach((label, i) => {
    rows[i * classes + label] = 1
  })
  return rows
}
