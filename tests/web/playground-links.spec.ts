import { deflateRawSync } from 'node:zlib'
import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.js'
import {
  dropFile,
  editorOf,
  endlessProblem,
  expectPlan,
  openPlayground,
  stateOf,
  typeProblem,
} from './playground-page.js'

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  const field = page.getByLabel('Link')
  await expect(field).toHaveValue(/#v1=/)
  const link = await field.inputValue()
  await page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name: 'Close' }).click()
  return link
}

function linkWith(content: unknown): string {
  return `#v1=${deflateRawSync(JSON.stringify(content)).toString('base64url')}`
}

const good = { name: 'linked.csv', csv: 'id,lower,upper,size\nx,0,4,5\n', capacity: 9 }

test('a link brings problem, plan and settings to another browser', async ({
  page,
  playground,
  browser,
}) => {
  await openPlayground(page, playground)
  await page.getByText('Advanced').click()
  await page.getByLabel('Engine').selectOption('valley')
  await dropFile(page, 'größe.20.csv', 'id,lower,upper,size\nα,0,4,5\nβ,2,6,6\n')
  await expect(stateOf(page)).toContainText('A plan of height 11')
  const offsets = await offsetsOn(page)
  const link = await linkOf(page)
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/path\/#v1=[\w-]+$/)

  const context = await browser.newContext({ serviceWorkers: 'block' })
  const other = await context.newPage()
  await openPlayground(other, link)
  await expect(other.getByText('größe.20.csv, 2 buffers')).toBeVisible()
  await expect(other.getByLabel('Capacity', { exact: true })).toHaveValue('20')
  await expect(await editorOf(other)).toContainText('β,2,6,6')
  await other.getByText('Advanced').click()
  await expect(other.getByLabel('Engine')).toHaveValue('valley')
  await expect.poll(() => offsetsOn(other)).toEqual(offsets)
  await expect(other).toHaveURL(playground)
  await context.close()
})

async function offsetsOn(page: Page): Promise<number[]> {
  return page.locator('stowage-plan').evaluate((element) => {
    const { plan } = element as unknown as { plan: { offsets: Float64Array } }
    return [...plan.offsets]
  })
}

test('a link takes the place of what is there, which can be undone', async ({
  page,
  playground,
}) => {
  await openPlayground(page, `${playground}#example=input`)
  await editorOf(page)
  await page.evaluate((hash) => {
    location.hash = hash
  }, linkWith(good))
  await expect(page.getByText('Loaded linked.csv from the link.')).toBeVisible()
  await expect(stateOf(page)).toContainText('A plan of height 5')
  const editor = await editorOf(page)
  await editor.focus()
  await page.keyboard.press('Control+Z')
  await expect(editor).toContainText('b5,0,21,4')
})

for (const [what, hash, message] of [
  ['of a newer version', '#v2=abc', 'made by a newer version'],
  ['of a much newer version', '#v17=', 'made by a newer version'],
  ['that was cut off', linkWith(good).slice(0, -9), 'This link is damaged'],
  ['of wrong characters', '#v1=%%%', 'This link is damaged'],
  ['without anything', '#v1=', 'This link is damaged'],
  ['that holds no problem', linkWith([1, 2]), 'This link is damaged'],
  ['without a text', linkWith({ ...good, csv: 7 }), 'This link is damaged'],
  ['with an odd capacity', linkWith({ ...good, capacity: -1 }), 'This link is damaged'],
  ['with odd offsets', linkWith({ ...good, offsets: ['0'] }), 'This link is damaged'],
] as const) {
  test(`a link ${what} changes nothing`, async ({ page, playground }) => {
    await openPlayground(page, playground)
    await typeProblem(page, 'id,lower,upper,size\nmine,0,4,7\n')
    await expect(stateOf(page)).toContainText('A plan of height 7')
    await page.evaluate((hash) => {
      location.hash = hash
    }, hash)
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible()
    await expect(await editorOf(page)).toContainText('mine,0,4,7')
    await expect(stateOf(page)).toContainText('A plan of height 7')
    await expect(page).toHaveURL(playground)
    // On a fresh load the last problem is there, too.
    await page.goto('about:blank')
    await page.goto(playground + hash)
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible()
    await expect(stateOf(page)).toContainText('A plan of height 7')
  })
}

test('a link with a plan that is not good is solved anew', async ({ page, playground }) => {
  const csv = 'id,lower,upper,size\nx,0,4,5\ny,0,4,3\n'
  await openPlayground(page, playground + linkWith({ ...good, csv, offsets: [0, 0] }))
  await expect(stateOf(page)).toContainText('A plan of height 8')
  await openPlayground(page, `${playground}?again${linkWith({ ...good, csv, offsets: [0] })}`)
  await expect(stateOf(page)).toContainText('A plan of height 8')
})

test('a text with errors comes with its errors', async ({ page, playground }) => {
  await page.goto(playground + linkWith({ ...good, csv: 'id,lower,upper,size\nx,0,zero,5\n' }))
  await expect(page.getByRole('alert').filter({ hasText: 'Line 2, column 5' })).toBeVisible()
})

test('a problem too large for a link is refused with advice', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'large.csv', endlessProblem(9000))
  await expectProblem(page)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'does not fit into a link' }),
  ).toContainText('Export it as CSV')
})

async function expectProblem(page: Page): Promise<void> {
  await expect(page.getByText('large.csv, 9,000 buffers')).toBeVisible()
  await page.keyboard.press('Escape')
}

test('the link can be copied', async ({ page, playground, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlayground(page, `${playground}#example=input`)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await page.getByLabel('Link').inputValue())
  await page.getByRole('button', { name: 'Close' }).click()
  await page.goto('about:blank')
  await page.goto(copied)
  await expectPlan(page)
})
