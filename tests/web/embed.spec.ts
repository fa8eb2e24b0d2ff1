import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

import { expect, pageFolder, root, test } from './fixtures.js'
import { five } from './results.js'
import { serve, type StaticServer } from './static-server.js'

interface Told {
  readonly type: string
  readonly [field: string]: unknown
}

declare global {
  interface Window {
    /** What the host page has been told. */
    told: unknown[]
    send: (message: unknown) => void
  }
}

const hostScript = `
  const frame = document.querySelector('iframe')
  const target = new URL(frame.src).origin
  window.told = []
  window.send = (message) => frame.contentWindow.postMessage(message, target)
  addEventListener('message', ({ source, data }) => {
    if (source === frame.contentWindow) told.push(data)
  })`

let folder: string
let host: StaticServer
let otherHost: StaticServer
/** The playground as deployed by somebody who allows \`host\`. */
let deployed: StaticServer

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-embed-'))
  writeFileSync(join(folder, 'host.js'), hostScript)
  host = await serve(folder)
  otherHost = await serve(folder)
  const copy = join(folder, 'playground')
  cpSync(pageFolder, copy, { recursive: true })
  const index = join(copy, 'index.html')
  const html = readFileSync(index, 'utf8')
  const empty = 'name="stowage-allowed-origins" content=""'
  expect(html).toContain(empty)
  writeFileSync(
    index,
    html.replace(empty, `name="stowage-allowed-origins" content="https://a.example ${host.url}"`),
  )
  deployed = await serve(copy)
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><iframe title="Playground" width="1200" height="900" src="${deployed.url}/"></iframe>
    <script src="host.js"></script>`,
  )
})

test.afterAll(async () => {
  await Promise.all([host.close(), otherHost.close(), deployed.close()])
  rmSync(folder, { recursive: true, force: true })
})

test('an allowed page loads a problem, hears of the plan, and selects with it', async ({
  page,
}) => {
  await shakeHands(page)
  await send(page, { csv: five, name: 'five.12.csv' })
  await expectTold(page, { type: 'loaded', name: 'five.12.csv', buffers: 5 })
  const solved = await expectTold(page, { type: 'solved', name: 'five.12.csv' })
  expect(solved).toMatchObject({ height: 12, lowerBound: 12, optimal: true })

  // It is the host's, and not kept as the visitor's own.
  await page.reload()
  await expect(page.frameLocator('iframe').getByText('resnet20-training')).toBeVisible()
  await shakeHands(page)
  await send(page, { csv: five, name: 'five.12.csv' })
  await expectTold(page, { type: 'solved', name: 'five.12.csv' })

  await send(page, { type: 'getPlan' })
  const { csv } = await expectTold(page, { type: 'plan' })
  expect(csv).toMatch(/^id,lower,upper,size,offset\nb1,0,3,4,\d+\n/u)

  const frame = page.frameLocator('iframe')
  await send(page, { type: 'select', ids: ['b4', 'nobody'] })
  await expect(frame.getByRole('row', { selected: true })).toContainText('b4')
  await frame.getByRole('gridcell', { name: 'b2', exact: true }).click()
  await expectTold(page, { type: 'bufferselect', ids: ['b2'] })
  // Its own selection is no news for the page.
  expect(await toldOf(page)).not.toContainEqual({ type: 'bufferselect', ids: ['b4'] })
})

test('a problem can be shown only, and have no plan', async ({ page }) => {
  await shakeHands(page)
  await send(page, { csv: five, capacity: 11, solve: false })
  await expectTold(page, { type: 'loaded', name: 'problem.csv', buffers: 5 })
  const frame = page.frameLocator('iframe')
  await expect(frame.locator('#capacity')).toHaveValue('11')
  await expect(frame.getByText('Press Solve for a plan.')).toBeVisible()
  await frame.getByRole('button', { name: 'Solve', exact: true }).click()
  await expectTold(page, { type: 'infeasible', name: 'problem.csv' })
})

test('wrong messages are refused with the reason, and change nothing', async ({ page }) => {
  await shakeHands(page)
  for (const [message, reason] of [
    [{ csv: 7 }, 'csv must be a text'],
    [{ csv: five, capacity: 1.5 }, 'capacity must be a whole number from 0 to 2^53 - 1, or null'],
    [{ csv: five, solve: 'yes' }, 'solve must be true or false'],
    [{ csv: five, name: null }, 'name must be a text'],
    [{ type: 'select', ids: [1] }, 'ids must be an array of texts'],
    [{ type: 'explode' }, 'type must be load, select or getPlan'],
    [[], 'stowage must be an object'],
  ] as const) {
    await send(page, message)
    await expectTold(page, { type: 'refused', message: reason })
  }
  await send(page, { csv: 'id,lower\nx\n' })
  const refused = async () => (await toldOf(page)).filter(({ type }) => type === 'refused')
  await expect.poll(async () => (await refused()).length).toBe(8)
  expect((await refused()).at(-1)?.message).toContain('column')
  expect((await toldOf(page)).map(({ type }) => type)).not.toContain('loaded')
})

test('a page that is not allowed gets no answer', async ({ page }) => {
  const notes: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'info') notes.push(message.text())
  })
  await page.goto(`${otherHost.url}/`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByText(/^A plan of height/u)).toBeVisible()
  const name = await frame.locator('.problem-name').innerText()
  for (let i = 0; i < 5; ++i) {
    await page.evaluate(() => {
      window.send('PING')
    })
  }
  await send(page, { csv: five, name: 'five.12.csv' })
  const note = `Stowage ignores messages from ${otherHost.url}: see docs/embedding.md.`
  await expect.poll(() => notes).toEqual([note])
  expect(await page.evaluate(() => window.told)).toEqual([])
  await expect(frame.locator('.problem-name')).toHaveText(name)
})

test('the example page works, from the playground’s own origin', async ({ page }) => {
  const repository = await serve(root)
  await page.goto(`${repository.url}/examples/embed/iframe.html`)
  const status = page.locator('#status')
  await page.getByRole('button', { name: 'Plan the large model' }).click()
  await expect(status).toHaveText(/^large needs \d+, no plan less than \d+\.$/u)
  await page.getByRole('button', { name: 'Select its weights' }).click()
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('region', { name: 'Pinned buffer' })).toContainText('and 2 others')
  await repository.close()
})

/** As docs/embedding.md says: PING again and again, until there is PONG. */
async function shakeHands(page: Page): Promise<void> {
  await page.goto(`${host.url}/`)
  await expect
    .poll(async () =>
      page.evaluate(() => {
        window.send('PING')
        return window.told
      }),
    )
    .toContain('PONG')
}

async function send(page: Page, stowage: unknown): Promise<void> {
  await page.evaluate((message) => {
    window.send({ stowage: message })
  }, stowage)
}

async function toldOf(page: Page): Promise<readonly Told[]> {
  const told = await page.evaluate(() => window.told)
  return told.flatMap((each) =>
    typeof each === 'string' ? [] : (each as { stowage: Told }).stowage,
  )
}

/** The last message that has these fields; waits for it. */
async function expectTold(page: Page, fields: Told): Promise<Told> {
  const isMeant = (told: Told): boolean =>
    Object.entries(fields).every(([name, value]) => {
      return JSON.stringify(told[name]) === JSON.stringify(value)
    })
  await expect.poll(async () => (await toldOf(page)).some(isMeant)).toBe(true)
  const found = (await toldOf(page)).findLast(isMeant)
  if (found === undefined) throw new Error('It was there a moment ago')
  return found
}
