// What the tests of results have in common: opening problems, and looking into the picture.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import type { StowagePlan } from 'stowage/element'
import type { Viewport } from 'stowage'

import { root } from './fixtures.js'

/** Five buffers that need just 12. */
export const five = 'id,lower,upper,size\nb1,0,3,4\nb2,3,9,4\nb3,0,9,4\nb4,9,21,4\nb5,0,21,4\n'

/** Opens the page with an example and waits for its plan. */
export async function openExample(page: Page, playground: string, name: string): Promise<void> {
  await page.goto(`${playground}#example=${name}`)
  await expect(page.getByText(/^A plan of height/u)).toBeVisible()
}

/** Gives the page a file; its name may hold the capacity. */
export async function openFile(page: Page, name: string, csv: string): Promise<void> {
  await page
    .getByLabel('Problem file')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) })
}

/** Opens the page with a problem of one's own and waits for its plan. */
export async function openProblem(
  page: Page,
  playground: string,
  name: string,
  csv: string,
): Promise<void> {
  await openExample(page, playground, 'input')
  await openFile(page, name, csv)
  await expect(page.locator('.problem-name')).toContainText(name)
  await expect(page.getByText(/^A plan of height/u)).toBeVisible()
}

/** The picture, or the second of two. */
export function picture(page: Page, which = 0): Locator {
  return page.locator('stowage-plan').nth(which)
}

export async function viewportOf(picture: Locator): Promise<Viewport> {
  return picture.evaluate((element) => ({ ...(element as StowagePlan).viewport }))
}

export async function selectionOf(picture: Locator): Promise<readonly number[]> {
  return picture.evaluate((element) => [...(element as StowagePlan).selection])
}

/** Expects the picture to have this selection, once the page's state has reached it. */
export async function expectSelection(picture: Locator, buffers: readonly number[]): Promise<void> {
  await expect.poll(() => selectionOf(picture)).toEqual(buffers)
}

export function timeSpan({ timeLower, timeUpper }: Viewport): number {
  return timeUpper - timeLower
}

export function offsetSpan({ offsetLower, offsetUpper }: Viewport): number {
  return offsetUpper - offsetLower
}

/** What the command for Node writes to its standard output. */
export function stowage(...args: string[]): Buffer {
  return execFileSync(process.execPath, [join(root, 'npm/bin/stowage.js'), ...args], {
    cwd: root,
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** A row of the table by the id of its buffer. */
export function rowOf(page: Page, id: string): Locator {
  const cell = page.getByRole('gridcell', { name: id, exact: true })
  return page.getByRole('row').filter({ has: cell })
}
