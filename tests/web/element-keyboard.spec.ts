// The element without a pointer: its keys, and what is read out.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, frame, listenTo, test, viewportOf } from './element-page.js'

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
  await frame(page)
}

function status(page: Page) {
  return page.locator('stowage-plan').getByRole('status')
}

test.beforeEach(async ({ shown }) => {
  await shown.keyboard.press('Tab')
})

test('takes the focus, with a name', async ({ shown }) => {
  const element = shown.getByRole('application', { name: 'Memory plan, 5 buffers, height 12 B' })
  await expect(element).toBeFocused()
  await expect(element).toHaveAttribute('aria-roledescription', 'memory plan')
})

test('leaves the name to its author', async ({ shown }) => {
  const label = await shown.evaluate(() => {
    const other = document.createElement('stowage-plan')
    other.setAttribute('aria-label', 'Mine')
    other.setAttribute('role', 'img')
    document.body.append(other)
    other.plan = picture.plan
    return [other.getAttribute('aria-label'), other.getAttribute('role')]
  })
  expect(label).toEqual(['Mine', 'img'])
})

test('arrows walk from buffer to buffer, and each is read out', async ({ shown }) => {
  await press(shown, 'Home')
  await expect(status(shown)).toHaveText(/^conv\/1, lifespan 0 to 3/)
  await press(shown, 'ArrowRight')
  await expect(status(shown)).toHaveText(/^conv\/2, lifespan 3 to 9 \(6\), size 4 B, offset 8 B/)
  await press(shown, 'ArrowDown')
  await expect(status(shown)).toHaveText(/^norm\/1/)
  await press(shown, 'ArrowDown')
  await expect(status(shown)).toHaveText(/^weights/)
  await press(shown, 'ArrowDown')
  await expect(status(shown)).toHaveText(/^weights/)
  await expect(shown.locator('stowage-plan [part=card]')).toContainText('weights')
  const hovered = await listenTo(shown, 'bufferhover')
  expect(hovered.map(({ detail }) => detail.id)).toEqual(['conv/1', 'conv/2', 'norm/1', 'weights'])
  await press(shown, 'End')
  await expect(status(shown)).toHaveText(/^pool\/1/)
})

test('Enter pins, Escape lets go', async ({ shown }) => {
  await press(shown, 'Home', 'Enter')
  await expect(status(shown)).toHaveText('conv/1 pinned')
  await press(shown, 'ArrowRight', 'Shift+Enter')
  expect(await shown.evaluate(() => picture.selection)).toEqual([0, 1])
  await press(shown, 'Shift+Enter')
  await expect(status(shown)).toHaveText('conv/2 no longer pinned')
  await press(shown, 'Escape')
  expect(await shown.evaluate(() => picture.selection)).toEqual([])
  await expect(shown.locator('stowage-plan [part=card]')).toBeHidden()
  const selected = await listenTo(shown, 'bufferselect')
  expect(selected.map(({ detail }) => detail.buffers)).toEqual([[0], [0, 1], [0], []])
})

test('keys zoom, pan and fit', async ({ shown }) => {
  const whole = await viewportOf(shown)
  await press(shown, '+', '+')
  const near = await viewportOf(shown)
  expect(near.timeUpper - near.timeLower).toBeCloseTo(21 / 1.96)
  await press(shown, 'Shift+ArrowRight', 'Shift+ArrowUp')
  const moved = await viewportOf(shown)
  expect(moved.timeLower).toBeGreaterThan(near.timeLower)
  expect(moved.offsetLower).toBeGreaterThan(near.offsetLower)
  await press(shown, 'a')
  expect((await viewportOf(shown)).timeLower).toBeCloseTo(near.timeLower)
  await press(shown, '0')
  expect(await viewportOf(shown)).toEqual(whole)
  await press(shown, 'w')
  const times = await viewportOf(shown)
  expect(times.timeUpper - times.timeLower).toBeCloseTo(15)
  expect(times.offsetUpper).toBe(whole.offsetUpper)
  await press(shown, 'f', 'Shift+W')
  const offsets = await viewportOf(shown)
  expect(offsets.timeUpper).toBe(21)
  expect(offsets.offsetUpper - offsets.offsetLower).toBeCloseTo(whole.offsetUpper / 1.4)
  await press(shown, '-', '-')
  expect(await viewportOf(shown)).toEqual(whole)
})

test('a buffer out of sight comes into sight', async ({ shown }) => {
  await shown.evaluate(() => {
    picture.viewport = { timeLower: 0, timeUpper: 3, offsetLower: 8, offsetUpper: 12 }
  })
  await press(shown, 'End')
  const { timeLower, timeUpper, offsetLower, offsetUpper } = await viewportOf(shown)
  expect(timeUpper - timeLower).toBeCloseTo(3)
  expect(timeLower).toBeGreaterThanOrEqual(9)
  expect(offsetLower).toBeLessThanOrEqual(4)
  expect(offsetUpper).toBeGreaterThanOrEqual(8)
})

test('leaves the browser’s and the page’s keys alone', async ({ shown }) => {
  const before = await viewportOf(shown)
  const refused = await shown.evaluate(() =>
    [
      new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, cancelable: true, bubbles: true }),
      new KeyboardEvent('keydown', { key: 'Tab', cancelable: true, bubbles: true }),
      new KeyboardEvent('keydown', { key: 'toString', cancelable: true, bubbles: true }),
    ].map((event) => picture.dispatchEvent(event)),
  )
  expect(refused).toEqual([true, true, true])
  expect(await viewportOf(shown)).toEqual(before)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe has nothing against it, ${scheme}`, async ({ shown }) => {
    await shown.emulateMedia({ colorScheme: scheme })
    await shown.setViewportSize({ width: 360, height: 600 })
    await shown.evaluate(() => {
      picture.colorBy = 'prefix'
      picture.waste = true
      picture.zoom(2)
    })
    await press(shown, 'Home', 'Enter')
    const { violations } = await new AxeBuilder({ page: shown }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })
}
