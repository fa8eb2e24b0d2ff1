import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

import { expect, pageFolder, test } from './fixtures.js'
import { editorOf, expectPlan, openPlayground, stateOf } from './playground-page.js'
import { serve } from './static-server.js'

test.use({ serviceWorkers: 'allow' })

test('after one visit the page works without a network', async ({ page, playground, context }) => {
  await openPlayground(page, playground)
  await keptBy(page)
  await context.setOffline(true)
  await page.reload()
  await expectPlan(page)
  await page.getByRole('combobox', { name: 'Example' }).selectOption('unet')
  await expect(stateOf(page)).toContainText('187,809,792')
  await expect(await editorOf(page)).toContainText('down1.conv_a')
  await page.goto(`${playground}#example=input`)
  await expect(stateOf(page)).toContainText('A plan of height 12')
})

test('a newer version is announced', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-page-'))
  cpSync(pageFolder, folder, { recursive: true })
  const server = await serve(folder)
  try {
    await openPlayground(page, `${server.url}/`)
    await keptBy(page)
    appendFileSync(join(folder, 'sw.js'), '\n// Another version.\n')
    await page.reload()
    await expectPlan(page)
    await expect(page.getByText('There is a newer version of this page')).toBeVisible()
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
})

/** Waits until the service worker serves the page. */
async function keptBy(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      })
    }
  })
}
