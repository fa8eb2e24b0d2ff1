// The element in pages of others, under the content security policy that examples/embed names.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

import { expect, frame, test as base } from './element-page.js'
import { root } from './fixtures.js'
import { serve } from './static-server.js'

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"

const test = base.extend<object, { examples: string }>({
  examples: [
    async ({}, use) => {
      const server = await serve(root, { headers: { 'content-security-policy': policy } })
      await use(`${server.url}/examples`)
      await server.close()
    },
    { scope: 'worker' },
  ],
})

test.describe('beside a graph', () => {
  test.beforeEach(async ({ page, examples }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${examples}/embed/`)
    await expect(page.getByRole('status').first()).toHaveText(/^12 buffers in \d+ KiB/)
  })

  test('a node selects its buffers', async ({ page }) => {
    await page.getByRole('button', { name: 'conv2a' }).click()
    const pressed = page.locator('#graph [aria-pressed=true]')
    await expect(pressed).toHaveAccessibleName('conv2a')
    const selection = await page.locator('stowage-plan').evaluate((element) => {
      const picture = element as typeof globalThis.picture
      return picture.selection.map((buffer) => picture.problem?.at(buffer)?.id)
    })
    expect(selection).toEqual(['conv2a.out', 'conv2a.work'])
    await page.getByRole('button', { name: 'pool2' }).press('Enter')
    await expect(pressed).toHaveAccessibleName('pool2')
  })

  test('a buffer selects its node', async ({ page }) => {
    const element = page.getByRole('application')
    await element.focus()
    await page.keyboard.press('Home')
    await frame(page)
    await expect(page.locator('#graph .is-hovered')).toHaveAccessibleName('input')
    await page.keyboard.press('Enter')
    await expect(page.locator('#graph [aria-pressed=true]')).toHaveAccessibleName('input')
    await page.keyboard.press('Escape')
    await expect(page.locator('#graph [aria-pressed=true]')).toHaveCount(0)
  })
})

base('a bundler keeps the registration', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-element-app-'))
  try {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(root, 'npm'), join(folder, 'node_modules/stowage'))
    writeFileSync(join(folder, 'index.html'), '<script type="module" src="./main.js"></script>')
    // Nothing of it is used but that it was imported.
    writeFileSync(join(folder, 'main.js'), "import 'stowage/element/define'")
    await build({ root: folder, base: './', configFile: false, logLevel: 'silent' })
    const server = await serve(join(folder, 'dist'), {
      headers: { 'content-security-policy': policy },
    })
    await page.goto(`${server.url}/`)
    await page.waitForFunction(() => customElements.get('stowage-plan') !== undefined)
    await server.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
