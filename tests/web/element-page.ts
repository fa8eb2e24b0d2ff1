// A page with a `<stowage-plan>` and nothing else, under a strict content security policy.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Stowage } from 'stowage'
import type {} from 'stowage/element/define'
import type { BufferHoverDetail, BufferSelectDetail, StowagePlan, Viewport } from 'stowage/element'

import { withMaximumMemory } from '../npm/wasm.js'
import { test as base, root } from './fixtures.js'
import { serve } from './static-server.js'

export { expect } from './fixtures.js'

export interface Heard {
  readonly type: string
  readonly detail: Partial<BufferSelectDetail & BufferHoverDetail & { viewport: Viewport }>
}

declare global {
  // What the page's script sets.
  var stowage: Stowage
  var picture: StowagePlan
  var heard: Heard[]
}

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>A plan</title>
    <link rel="stylesheet" href="page.css" />
  </head>
  <body><main><h1>A plan</h1></main><script type="module" src="page.js"></script></body>
</html>`

const css = `
  html { color-scheme: light dark; }
  html.is-dark { color-scheme: dark; }
  body { margin: 8px; }
  h1 { margin: 0; font-size: 16px; line-height: 20px; }
  stowage-plan { inline-size: 100%; block-size: 400px; }
  .is-odd { --stowage-plan-background: rgb(1 2 3); --stowage-plan-palette-1: hsl(0 100% 50%); }`

const script = `
  import { load } from './stowage/index.js'
  globalThis.stowage = await load()
  globalThis.heard = []
  for (const type of ['bufferselect', 'bufferhover', 'viewchange']) {
    document.addEventListener(type, ({ detail }) => heard.push({ type, detail }))
  }
  globalThis.picture = document.querySelector('main').appendChild(
    document.createElement('stowage-plan'))`

/** Five buffers in a plan of height 12 that is known: each has one place in it. */
export const csv = `id,lower,upper,size,offset
conv/1,0,3,4,8
conv/2,3,9,4,8
norm/1,0,9,4,4
pool/1,9,21,4,4
weights,0,21,4,0
`

interface Fixtures {
  /** The page with the element defined, and the plan in `csv` shown. */
  shown: Page
  /** The page with the element not yet defined. */
  bare: Page
}

export const test = base.extend<Fixtures, { elementPage: string }>({
  elementPage: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'stowage-element-'))
      symlinkSync(join(root, 'npm/dist'), join(folder, 'stowage'))
      writeFileSync(join(folder, 'index.html'), html)
      writeFileSync(join(folder, 'page.css'), css)
      writeFileSync(join(folder, 'page.js'), script)
      // Enough for small plans only: 40 MiB.
      const wasm = readFileSync(join(root, 'npm/dist/core.wasm'))
      writeFileSync(join(folder, 'limited.wasm'), withMaximumMemory(wasm, 640))
      const server = await serve(folder, { headers: { 'content-security-policy': policy } })
      await use(`${server.url}/`)
      await server.close()
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],

  bare: async ({ page, elementPage }, use) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(elementPage)
    await page.waitForFunction(() => 'picture' in globalThis)
    await use(page)
  },

  shown: async ({ bare }, use) => {
    await define(bare)
    await bare.evaluate((text) => {
      picture.plan = stowage.Plan.fromCsv(text, { capacity: 12 })
    }, csv)
    await frame(bare)
    await use(bare)
  },
})

export async function define(page: Page): Promise<void> {
  await page.addScriptTag({ url: './stowage/element-define.js', type: 'module' })
  await page.waitForFunction(() => customElements.get('stowage-plan') !== undefined)
}

/** Waits until what has been asked for is painted. */
export async function frame(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve))
      }),
  )
}

/** Where a time and offset are on the page, by the viewport and the place of the rectangles. */
export function placeOf(
  page: Page,
  time: number,
  offset: number,
): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([time, offset]) => {
      const { timeLower, timeUpper, offsetLower, offsetUpper } = picture.viewport
      const canvas = picture.shadowRoot?.querySelector('[part=picture]')
      const { left, top, width, height } = canvas?.getBoundingClientRect() ?? new DOMRect()
      return {
        x: left + ((time - timeLower) / (timeUpper - timeLower)) * width,
        y: top + ((offsetUpper - offset) / (offsetUpper - offsetLower)) * height,
      }
    },
    [time, offset] as const,
  )
}

export async function pointAt(page: Page, time: number, offset: number): Promise<void> {
  const { x, y } = await placeOf(page, time, offset)
  await page.mouse.move(Math.round(x), Math.round(y))
  await frame(page)
}

export async function clickAt(page: Page, time: number, offset: number): Promise<void> {
  const { x, y } = await placeOf(page, time, offset)
  await page.mouse.click(Math.round(x), Math.round(y))
  await frame(page)
}

/** The colour that the rectangles' canvas has at a time and offset: 0xRRGGBB. */
export async function colorAt(page: Page, time: number, offset: number): Promise<number> {
  const { x, y } = await placeOf(page, time, offset)
  return page.evaluate(
    ([x, y]) => {
      const canvas = picture.shadowRoot?.querySelector<HTMLCanvasElement>('[part=picture]')
      if (!canvas) return -1
      const { left, top } = canvas.getBoundingClientRect()
      const context = canvas.getContext('2d')
      const at = (length: number): number => Math.floor(length * devicePixelRatio)
      const data = context?.getImageData(at(x - left), at(y - top), 1, 1).data
      return data === undefined
        ? -1
        : ((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0)
    },
    [x, y] as const,
  )
}

/** What the element has said since the last call. */
export function listenTo(page: Page, type: string): Promise<Heard[]> {
  return page.evaluate((type) => {
    const found = heard.filter((each) => each.type === type)
    heard = []
    return found
  }, type)
}

export function viewportOf(page: Page): Promise<Viewport> {
  return page.evaluate(() => picture.viewport)
}
