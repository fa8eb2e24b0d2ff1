// A plan as an SVG picture: time from left to right, offsets from the bottom up.

const WIDTH = 960
const HEIGHT = 480
const MARGIN = { left: 72, right: 16, top: 36, bottom: 40 }
const FONT = 'font-family="system-ui, sans-serif" font-size="12"'

/**
 * @param {string} title
 * @param {readonly import('stowage').Buffer[]} buffers
 * @param {ArrayLike<number>} offsets one for each buffer
 * @param {number} capacity drawn as a line
 */
export function planToSvg(title, buffers, offsets, capacity) {
  const first = Math.min(...buffers.map((buffer) => buffer.lower))
  const last = Math.max(...buffers.map((buffer) => buffer.upper))
  const highest = Math.max(capacity, ...buffers.map((buffer, i) => offsets[i] + buffer.size))
  const innerWidth = WIDTH - MARGIN.left - MARGIN.right
  const innerHeight = HEIGHT - MARGIN.top - MARGIN.bottom
  const x = (time) => MARGIN.left + ((time - first) / (last - first)) * innerWidth
  const y = (offset) => MARGIN.top + (1 - offset / highest) * innerHeight

  const rectangles = buffers.flatMap((buffer, i) =>
    heldPieces(buffer).map((piece) => {
      const box = {
        left: x(piece.lower),
        right: x(piece.upper),
        top: y(offsets[i] + piece.to),
        bottom: y(offsets[i] + piece.from),
      }
      const text = `${buffer.id}: ${buffer.size} bytes at ${offsets[i]}`
      return rectangle(box, colour(i), text) + label(box, buffer.id)
    }),
  )
  const limit = y(capacity).toFixed(1)
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const offset = Math.round(part * capacity)
    const at = (y(offset) + 4).toFixed(1)
    return `<text x="${MARGIN.left - 6}" y="${at}" text-anchor="end">${bytes(offset)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" ${FONT}>
<title>${escapeXml(title)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${MARGIN.left}" y="20" font-weight="600">${escapeXml(title)}</text>
${ticks.join('\n')}
<text x="${MARGIN.left}" y="${HEIGHT - 14}">step ${first}</text>
<text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 14}" text-anchor="end">step ${last}</text>
${rectangles.join('\n')}
<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${limit}" y2="${limit}" stroke="#b00020"/>
</svg>
`
}

/** The parts of the lifespan with the bytes held in each, from the buffer's own offset. */
function heldPieces({ lower, upper, size, gaps = [] }) {
  const pieces = []
  let from = lower
  for (const gap of gaps) {
    pieces.push({ lower: from, upper: gap.lower, from: 0, to: size })
    const { lower: bottom, upper: top } = gap.window ?? { lower: 0, upper: 0 }
    pieces.push({ lower: gap.lower, upper: gap.upper, from: bottom, to: top })
    from = gap.upper
  }
  pieces.push({ lower: from, upper, from: 0, to: size })
  return pieces.filter((piece) => piece.lower < piece.upper && piece.from < piece.to)
}

function rectangle({ left, right, top, bottom }, fill, text) {
  const numbers = [left, top, right - left, bottom - top].map((value) => value.toFixed(1))
  const [x, y, width, height] = numbers
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" stroke="#ffffff"` +
    ` stroke-width="0.5"><title>${escapeXml(text)}</title></rect>`
  )
}

/** The id, where the rectangle has room for it. */
function label({ left, right, top, bottom }, id) {
  if (bottom - top < 14 || right - left < 7 * id.length + 6) return ''
  const x = ((left + right) / 2).toFixed(1)
  const y = ((top + bottom) / 2 + 4).toFixed(1)
  return `<text x="${x}" y="${y}" text-anchor="middle" fill="#102030">${escapeXml(id)}</text>`
}

/** Neighbours in the list get hues far apart. */
function colour(i) {
  return `hsl(${Math.round((i * 137.508) % 360)} 55% 72%)`
}

function bytes(value) {
  if (value >= 2 ** 20) return `${(value / 2 ** 20).toFixed(1)} MiB`
  return value >= 2 ** 10 ? `${(value / 2 ** 10).toFixed(1)} KiB` : `${value} B`
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
