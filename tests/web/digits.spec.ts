// The example that trains a network in the page.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

import { complaintsOf } from './complaints.js'
import { serve, type StaticServer } from './static-server.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
let server: StaticServer

test.beforeAll(async () => {
  server = await serve(root)
})
test.afterAll(async () => {
  await server.close()
})

test('trains to the same accuracy as in Node', async ({ page }) => {
  const complaints = complaintsOf(page)
  const output = execFileSync('node', ['examples/digits/train.mjs'], {
    cwd: root,
    encoding: 'utf8',
  })
  const percent = /reads ([\d.]+ %)/.exec(output)?.[1] ?? 'none'
  await page.goto(`${server.url}/examples/digits/`)
  await expect(page.getByRole('status')).toHaveText(`It reads ${percent} of new digits.`)
  await expect(page.getByRole('listitem')).toHaveCount(16)
  expect(complaints).toEqual([])
})
