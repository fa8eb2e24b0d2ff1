// npm run bench:view: what a frame of pan and zoom, and a hover, cost in headless Chromium without a
// GPU, beside the same picture as an SVG and as a canvas with one call a block, in the same run.
//
// Frames run without a rate limit, each asks for the next, and what is measured is the time from one
// to the next: scripts, rasterising, and handing over to the screen.
import { chromium } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import config from '../playwright.config.mjs'
import { buildPackage } from './lib/build.mjs'
import { median, row } from './lib/figures.mjs'
import { root, script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

const size = { width: 1600, height: 900 }
const frames = 61
const origin = 'http://bench.test'
/** Above these, a version takes minutes or the browser's memory. */
const limits = { element: 1_000_000, canvas: 1_000_000, svg: 100_000 }

/** @typedef {keyof typeof limits} Version */

const html = `<!doctype html><meta charset="utf-8"><title>Frames</title>
<style>html, body { margin: 0; overflow: hidden; background: #fff } body > * { display: block }</style>`

await script(async () => {
  setUp('testing')
  buildPackage()
  const { executablePath, args = [] } = config.use?.launchOptions ?? {}
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  })
  try {
    console.log(`Median ms a frame at ${String(size.width)}x${String(size.height)}, and of a hover`)
    console.log(
      row('buffers', 'element pan', 'zoom', 'hover', 'canvas pan', 'zoom', 'SVG pan', 'zoom'),
    )
    for (const count of [1_000, 10_000, 100_000, 1_000_000]) {
      /** @type {string[]} */
      const cells = []
      for (const version of /** @type {Version[]} */ (['element', 'canvas', 'svg'])) {
        if (count > limits[version]) cells.push('-', '-')
        else cells.push(...(await measure(browser, version, count)))
      }
      console.log(row(String(count), ...cells))
    }
  } finally {
    await browser.close()
  }
})

/**
 * The median pan, the median zoom and, of the element, the median hover.
 * @param {import('@playwright/test').Browser} browser
 * @param {Version} version
 * @param {number} count
 */
async function measure(browser, version, count) {
  const page = await browser.newPage({ viewport: size })
  try {
    page.on('pageerror', (error) => {
      console.error(error)
    })
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: html })
      else {
        const folder = pathname.startsWith('/dist/') ? 'npm' : 'scripts/bench'
        await route.fulfill({
          contentType: 'text/javascript',
          body: await readFile(join(root, folder, pathname)),
        })
      }
    })
    await page.goto(`${origin}/`)
    const times = await page.evaluate(
      async ({ version, count, frames, module }) => {
        /** @type {unknown} */
        const loaded = await import(module)
        const { run } = /** @type {typeof import('./bench/view-page.mjs')} */ (loaded)
        return run(version, count, frames)
      },
      { version, count, frames, module: '/view-page.mjs' },
    )
    const cells = [median(times.pan).toFixed(1), median(times.zoom).toFixed(1)]
    return version === 'element' ? [...cells, (await hover(page)).toFixed(1)] : cells
  } finally {
    await page.close()
  }
}

/**
 * The median time of a hover over the whole plan.
 * @param {import('@playwright/test').Page} page
 */
async function hover(page) {
  for (let i = 0; i < frames; ++i) await page.mouse.move(150 + i * 20, 100 + i * 8)
  const times = await page.evaluate(async (module) => {
    /** @type {unknown} */
    const loaded = await import(module)
    return /** @type {typeof import('./bench/view-page.mjs')} */ (loaded).hovers
  }, '/view-page.mjs')
  return median(times)
}
