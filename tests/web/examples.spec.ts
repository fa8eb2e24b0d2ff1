import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { build, createServer } from 'vite'

import { complaintsOf } from './complaints.js'
import { serve, type StaticServer } from './static-server.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.describe('the HTML page', () => {
  let server: StaticServer
  test.beforeAll(async () => {
    server = await serve(root)
  })
  test.afterAll(async () => {
    await server.close()
  })

  test('shows the offsets and a picture', async ({ page }) => {
    const complaints = complaintsOf(page)
    await page.goto(`${server.url}/examples/html/`)
    await expect(page.getByRole('status')).toHaveText('Height 12 of 12')
    await expect(page.getByRole('listitem')).toHaveCount(5)
    await expect(page.getByRole('listitem').first()).toHaveText(/^b1 at [048]$/)
    await expect(page.locator('svg rect')).toHaveCount(5)
    expect(complaints).toEqual([])
  })

  test('plans what is typed in, and says why there is no plan', async ({ page }) => {
    const complaints = complaintsOf(page)
    await page.goto(`${server.url}/examples/html/`)
    await expect(page.getByRole('listitem')).toHaveCount(5)
    await page.getByLabel('Capacity').fill('11')
    await page.getByRole('button', { name: 'Plan' }).click()
    await expect(page.getByRole('status')).toContainText('the capacity 11')
    await page.getByLabel('Buffers').fill('id,lower,upper,size\na,0,4,zero')
    await page.getByRole('button', { name: 'Plan' }).click()
    await expect(page.getByRole('status')).toContainText('line 2, column 7')
    await page.getByLabel('Buffers').fill('id,lower,upper,size\na,0,4,7')
    await page.getByRole('button', { name: 'Plan' }).click()
    await expect(page.getByRole('listitem')).toHaveText(['a at 0'])
    expect(complaints).toEqual([])
  })
})

test.describe('the Vite project', () => {
  const project = join(root, 'examples/vite')

  async function expectPlanFromWorker(page: Page, url: string): Promise<void> {
    const complaints = complaintsOf(page)
    const worker = page.waitForEvent('worker')
    await page.goto(url)
    await expect(page.getByRole('status')).toHaveText('Height 12')
    await expect(page.locator('tbody tr')).toHaveCount(5)
    expect((await worker).url()).toContain(url)
    expect(complaints).toEqual([])
  }

  test('plans in a worker under its content security policy, built', async ({ page }) => {
    const outDir = mkdtempSync(join(tmpdir(), 'stowage-vite-'))
    const tsc = join(root, 'node_modules/.bin/tsc')
    execFileSync(tsc, ['--project', project], { stdio: 'inherit' })
    await build({ root: project, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
    const server = await serve(outDir)
    try {
      await expectPlanFromWorker(page, server.url)
    } finally {
      await server.close()
      rmSync(outDir, { recursive: true })
    }
  })

  test('does so in development as well', async ({ page }) => {
    const server = await createServer({ root: project, logLevel: 'warn', server: { port: 0 } })
    try {
      await server.listen()
      const url = server.resolvedUrls?.local[0]
      if (url === undefined) throw new Error('the server has no address')
      await expectPlanFromWorker(page, url)
    } finally {
      await server.close()
    }
  })
})
