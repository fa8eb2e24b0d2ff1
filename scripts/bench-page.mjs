// npm run bench:page: how soon the playground shows its first plan, and how soon it stops a search, in
// headless Chromium without a GPU, from a local server.
import { chromium } from '@playwright/test'
import { join } from 'node:path'
import { preview } from 'vite'
import config from '../playwright.config.mjs'
import { buildPage } from './lib/build.mjs'
import { median, row } from './lib/figures.mjs'
import { root, script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

const repetitions = 9

await script(async () => {
  setUp('testing')
  buildPage()
  const server = await preview({
    root: join(root, 'web'),
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, open: false },
  })
  const browser = await chromium.launch(config.use?.launchOptions ?? {})
  try {
    const address = server.resolvedUrls?.local[0] ?? ''
    console.log(row('', 'least', 'median', 'most'))
    console.log(row('first plan, ms', ...spread(await firstPlans(browser, address))))
    console.log(row('stopping, ms', ...spread(await stops(browser, address))))
  } finally {
    await browser.close()
    await server.close()
  }
})

/**
 * From the navigation to the frame after the first plan, each time as a first visit.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 */
async function firstPlans(browser, address) {
  /** @type {number[]} */
  const times = []
  for (let i = 0; i < repetitions; ++i) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'commit' })
    const shown = await page.waitForFunction(() => {
      const picture = document.querySelector('stowage-plan')
      const hasPlan = picture !== null && 'plan' in picture && picture.plan !== null
      return hasPlan && new Promise((resolve) => requestAnimationFrame(resolve))
    })
    times.push(Number(await shown.jsonValue()))
    await context.close()
  }
  return times
}

/**
 * From the click to when the page can search again.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 */
async function stops(browser, address) {
  const page = await browser.newPage()
  await page.goto(address)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'endless.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(endlessProblem()),
    })
  /** @type {number[]} */
  const times = []
  for (let i = 0; i < repetitions; ++i) {
    if (i > 0) await page.getByRole('button', { name: 'Minimise' }).click()
    const stop = page.getByRole('button', { name: 'Stop' })
    // At another moment of the search each time.
    await page.waitForTimeout(700 + 130 * i)
    times.push(
      await stop.evaluate(
        (button) =>
          new Promise((resolve) => {
            const began = performance.now()
            new MutationObserver(() => {
              resolve(performance.now() - began)
            }).observe(button, { attributeFilter: ['disabled'] })
            if (button instanceof HTMLElement) button.click()
          }),
      ),
    )
  }
  return times
}

/** Whose least height no search proves soon: alignments keep it above the max load. */
function endlessProblem() {
  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647)
  const rows = Array.from({ length: 300 }, (_, i) => {
    const lower = random() % 100
    const upper = lower + 5 + (random() % 30)
    return `${String(i)},${String(lower)},${String(upper)},${String(1000 + (random() % 9000))},512`
  })
  return `id,lower,upper,size,alignment\n${rows.join('\n')}\n`
}

/** @param {number[]} values */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return [sorted[0] ?? NaN, median(values), sorted.at(-1) ?? NaN].map((each) => each.toFixed(0))
}
