// The page side of npm run bench:view: a plan of lanes in which one buffer follows the other, shown
// by the element, by a canvas with one call a block, or by an SVG.

const size = { width: 1600, height: 900 }
/**
 * The times that hovers took so far, in milliseconds.
 * @type {number[]}
 */
export const hovers = []

const palette = ['#00204d', '#31446b', '#666970', '#958f78', '#cbba69', '#ffea46']

/**
 * @typedef {{ timeLower: number, timeUpper: number, offsetLower: number, offsetUpper: number }} Viewport
 * @typedef {{ lower: number, upper: number, offset: number, size: number }} Block
 * @typedef {{ pan: number[], zoom: number[] }} Times
 */

/**
 * @param {'element' | 'canvas' | 'svg'} version
 * @param {number} count
 * @param {number} frames
 * @returns {Promise<Times>}
 */
export async function run(version, count, frames) {
  const blocks = lanes(count)
  const whole = {
    timeLower: 0,
    timeUpper: Math.max(...blocks.slice(-1000).map((each) => each.upper)),
    offsetLower: 0,
    offsetUpper: blocks.at(-1)?.offset ?? 1,
  }
  const makers = { element: showElement, canvas: showCanvas, svg: showSvg }
  const { show } = await makers[version](blocks)
  const pan = await animate(frames, (step) => {
    show(moved(whole, 0.7, step / frames))
  })
  const zoom = await animate(frames, (step) => {
    show(moved(whole, 1 - (0.9 * step) / frames, 0.5))
  })
  return { pan, zoom }
}

/**
 * About as many lanes as buffers in each; lengths and sizes vary.
 * @param {number} count
 */
function lanes(count) {
  const perLane = Math.round(Math.sqrt(count))
  /** @type {Block[]} */
  const blocks = []
  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let offset = 0; blocks.length < count;) {
    const height = 64 * (1 + Math.floor(random() * 64))
    let time = Math.floor(random() * 20)
    for (let i = 0; i < perLane && blocks.length < count; ++i) {
      const length = 1 + Math.floor(random() * 40)
      blocks.push({ lower: time, upper: time + length, offset, size: height })
      time += length
    }
    offset += height
  }
  return blocks
}

/**
 * A part of the whole, `scale` of it on each side, from the start (`at` 0) to the end (1).
 * @param {Viewport} whole
 * @param {number} scale
 * @param {number} at
 * @returns {Viewport}
 */
function moved(whole, scale, at) {
  const timeLength = whole.timeUpper * scale
  const offsetLength = whole.offsetUpper * scale
  const timeLower = (whole.timeUpper - timeLength) * at
  const offsetLower = (whole.offsetUpper - offsetLength) * at
  return {
    timeLower,
    timeUpper: timeLower + timeLength,
    offsetLower,
    offsetUpper: offsetLower + offsetLength,
  }
}

/**
 * The times from frame to frame, without the first, which may wait for what came before.
 * @param {number} frames
 * @param {(step: number) => void} step
 * @returns {Promise<number[]>}
 */
async function animate(frames, step) {
  /** @type {number[]} */
  const times = []
  for (let i = 0; i <= frames; ++i) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    times.push(performance.now())
    step(i)
  }
  return times.slice(2).map((time, i) => time - (times[i + 1] ?? time))
}

/** @param {Block[]} blocks */
async function showElement(blocks) {
  /** @type {unknown} */
  const loaded = await import(/** @type {string} */ ('/dist/index.js'))
  const { load } = /** @type {typeof import('stowage')} */ (loaded)
  await import(/** @type {string} */ ('/dist/element-define.js'))
  const { Plan } = await load()
  const rows = blocks.map(
    ({ lower, upper, offset, size }, i) =>
      `${String(i)},${String(lower)},${String(upper)},${String(size)},${String(offset)}\n`,
  )
  const csv = `id,lower,upper,size,offset\n${rows.join('')}`
  const element = document.createElement('stowage-plan')
  element.style.width = `${String(size.width)}px`
  element.style.height = `${String(size.height)}px`
  document.body.append(element)
  recordHovers(element)
  Object.assign(element, { plan: Plan.fromCsv(csv, { capacity: Infinity }) })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return {
    /** @param {Viewport} viewport */
    show: (viewport) => {
      Object.assign(element, { viewport })
    },
  }
}

/**
 * From when the page hears of the pointer to the element's answer, for each move that is answered.
 * The browser hands the pointer's moves over once a frame, before the frame is drawn.
 * @param {HTMLElement} element
 */
function recordHovers(element) {
  let heard = NaN
  addEventListener(
    'pointermove',
    () => {
      heard = performance.now()
    },
    { capture: true },
  )
  element.addEventListener('bufferhover', () => {
    hovers.push(performance.now() - heard)
  })
}

/** @param {Block[]} blocks */
function showCanvas(blocks) {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, size)
  document.body.append(canvas)
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  return Promise.resolve({
    /** @param {Viewport} viewport */
    show: ({ timeLower, timeUpper, offsetLower, offsetUpper }) => {
      const x = size.width / (timeUpper - timeLower)
      const y = size.height / (offsetUpper - offsetLower)
      context.clearRect(0, 0, size.width, size.height)
      blocks.forEach(({ lower, upper, offset, size: height }, i) => {
        if (upper <= timeLower || lower >= timeUpper) return
        if (offset + height <= offsetLower || offset >= offsetUpper) return
        context.fillStyle = palette[i % palette.length] ?? ''
        context.fillRect(
          (lower - timeLower) * x,
          (offsetUpper - offset - height) * y,
          Math.max(1, (upper - lower) * x),
          Math.max(1, height * y),
        )
      })
    },
  })
}

/** @param {Block[]} blocks */
function showSvg(blocks) {
  const namespace = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(namespace, 'svg')
  svg.setAttribute('width', String(size.width))
  svg.setAttribute('height', String(size.height))
  svg.setAttribute('preserveAspectRatio', 'none')
  blocks.forEach(({ lower, upper, offset, size: height }, i) => {
    const rect = document.createElementNS(namespace, 'rect')
    rect.setAttribute('x', String(lower))
    rect.setAttribute('y', String(offset))
    rect.setAttribute('width', String(upper - lower))
    rect.setAttribute('height', String(height))
    rect.setAttribute('fill', palette[i % palette.length] ?? '')
    svg.append(rect)
  })
  document.body.append(svg)
  return Promise.resolve({
    /** @param {Viewport} viewport */
    show: ({ timeLower, timeUpper, offsetLower, offsetUpper }) => {
      const box = [timeLower, offsetLower, timeUpper - timeLower, offsetUpper - offsetLower]
      svg.setAttribute('viewBox', box.join(' '))
    },
  })
}
