// `npm start`, as a person calls it, on a port that is free.
import { spawn } from 'node:child_process'

import { expect, root, test } from './fixtures.js'
import { openPlayground } from './playground-page.js'

test('npm start serves the page on this machine only', async ({ page }) => {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--no-open', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    await expect.poll(() => said, { timeout: 110_000 }).toMatch(/The playground is at http:\S+/)
    const address = /http:\S+/.exec(said)?.[0] ?? ''
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    await openPlayground(page, address)
    const response = await page.request.get(address)
    expect(response.headers()['content-security-policy']).toContain("default-src 'self'")
  } finally {
    child.kill()
  }
})

test('npm start says which options there are not', async () => {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--sideways'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const status = await new Promise((resolve) => child.on('close', resolve))
  expect(status).toBe(1)
  expect(said).toContain('--sideways')
})
