// Tests of the playground: the built page, served from a path below the root under its content
// security policy. Whatever the page complains about in the console fails the test.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ConsoleMessage, expect, test as base } from '@playwright/test'

import { contentSecurityPolicy } from '../../web/policy.mjs'
import { serve } from './static-server.js'

export { expect }
export const root = fileURLToPath(new URL('../..', import.meta.url))
/** The built page; STOWAGE_PAGE names another build of it. */
export const pageFolder = process.env.STOWAGE_PAGE ?? join(root, 'web/dist')

interface Fixtures {
  /** What the page has complained about. Empty at the end, or the test fails. */
  complaints: string[]
  /** Takes the complaints that match out, and fails if there is none. */
  forgive: (pattern: RegExp) => Promise<void>
}

interface WorkerFixtures {
  /** The address of the page, with a slash at its end. */
  playground: string
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  playground: [
    async ({}, use) => {
      if (!existsSync(join(pageFolder, 'index.html'))) {
        throw new Error('There is no web/dist: `npm run build` makes it.')
      }
      const server = await serve(pageFolder, {
        path: '/some/path',
        headers: { 'content-security-policy': contentSecurityPolicy },
      })
      await use(`${server.url}/`)
      await server.close()
    },
    { scope: 'worker' },
  ],

  // Only the tests of working offline want a service worker.
  serviceWorkers: 'block',

  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      context.on('console', (message: ConsoleMessage) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      context.on('weberror', (error) => complaints.push(error.error().message))
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          console.error(`Against the policy: ${violatedDirective} ${blockedURI}`)
        })
      })
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],

  forgive: async ({ complaints }, use) => {
    await use(async (pattern) => {
      await expect.poll(() => complaints.join('\n')).toMatch(pattern)
      const others = complaints.filter((each) => !pattern.test(each))
      complaints.splice(0, complaints.length, ...others)
    })
  },
})
