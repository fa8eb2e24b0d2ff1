// The tests in a browser: the Chromium that is installed (CHROMIUM, or found in PATH).
import { defineConfig } from '@playwright/test'
import { findProgram } from './scripts/lib/process.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome']
const executablePath =
  process.env.CHROMIUM ?? names.map((name) => findProgram(name)).find((path) => path)
if (executablePath === undefined) throw new Error('No Chromium found: install Debian’s chromium.')

export default defineConfig({
  testDir: 'tests/web',
  timeout: 120_000,
  // For slow machines: no test is about how long something takes.
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: {
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
