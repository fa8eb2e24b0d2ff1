import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { expect, root, test } from './fixtures.js'
import { editorOf, expectPlan, openPlayground, stateOf, typeProblem } from './playground-page.js'

const small = readFileSync(join(root, 'examples/input.12.csv'), 'utf8')

test.describe('the first visit', () => {
  test('shows a plan, its problem and its buffers', async ({ page, playground }) => {
    await page.goto(playground)
    await expect(page).toHaveTitle(/Stowage/)
    await expect(stateOf(page)).toHaveText(
      'A plan of height 49,678,852, within the capacity of 49,678,852. No plan is lower.',
    )
    await expect(page.getByLabel('Capacity', { exact: true })).toHaveValue('49678852')
    await expect(page.locator('stowage-plan')).toBeVisible()
    await expect(await editorOf(page)).toContainText('id,lower,upper,size')
    await expect(page.getByRole('gridcell', { name: 'conv1.norm', exact: true })).toBeVisible()
  })

  test('loads less than 400 KB, compressed', async ({ page, playground }) => {
    const sizes = new Map<string, Promise<number>>()
    page.on('response', (response) => {
      sizes.set(
        response.url(),
        response.body().then((body) => gzipSync(body, { level: 9 }).length),
      )
    })
    await openPlayground(page, playground)
    await editorOf(page)
    await page.waitForLoadState('networkidle')
    const loaded = await Promise.all(
      [...sizes].map(async ([url, size]) => ({ url, size: await size })),
    )
    const total = loaded.reduce((sum, { size }) => sum + size, 0)
    const names = loaded.map(({ url }) => url).join(' ')
    expect(names).toMatch(/\.wasm/)
    expect(names).toMatch(/worker-[\w-]+\.js/)
    expect(names).toMatch(/editor-[\w-]+\.js/)
    console.log(`      the first visit loads ${(total / 1000).toFixed(1)} KB, compressed`)
    expect(total).toBeLessThan(400_000)
  })

  test('asks for nothing from elsewhere', async ({ page, playground }) => {
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(playground)) elsewhere.push(request.url())
    })
    await openPlayground(page, playground)
    await editorOf(page)
    expect(elsewhere).toEqual([])
  })

  test('moves nothing once it is shown', async ({ page, playground }) => {
    await page.addInitScript(() => {
      const shifts: string[] = []
      Object.assign(globalThis, { shifts })
      new PerformanceObserver((list) => {
        // The sources are not in the types yet.
        for (const entry of list.getEntries() as (PerformanceEntry & {
          sources: { node: Element | null }[]
        })[]) {
          for (const { node } of entry.sources) shifts.push(node?.className ?? 'something')
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await openPlayground(page, playground)
    await editorOf(page)
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts)
    expect(shifts).toEqual([])
  })

  test('carries its content security policy with it', async ({ page, playground }) => {
    await openPlayground(page, playground)
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content')
    expect(policy).toBe(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
    )
  })
})

test.describe('examples', () => {
  test('are all there, with a line about each', async ({ page, playground }) => {
    await openPlayground(page, playground)
    const options = page.getByRole('combobox', { name: 'Example' }).getByRole('option')
    await expect(options).toHaveCount(10)
    for (const text of await options.allTextContents()) expect(text).toMatch(/\w \w|…$/)
  })

  test('are solved when chosen, and can be linked to', async ({ page, playground }) => {
    await openPlayground(page, playground)
    await page.getByRole('combobox', { name: 'Example' }).selectOption('input')
    await expect(stateOf(page)).toContainText('A plan of height 12')
    await expect(await editorOf(page)).toContainText('b5,0,21,4')
    await expect(page).toHaveURL(/#example=input$/)
    // Once it was changed it can be had again.
    const choice = page.getByRole('combobox', { name: 'Example' })
    await typeProblem(page, 'id,lower,upper,size\na,0,4,5\n')
    await expect(choice).toHaveValue('')
    await choice.selectOption('input')
    await expect(stateOf(page)).toContainText('A plan of height 12')
    await page.goto('about:blank')
    await openPlayground(page, `${playground}#example=unet`)
    await expect(page.getByLabel('Capacity', { exact: true })).toHaveValue('187809792')
  })

  test('that do not exist are named', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=nothing`)
    await expect(page.getByRole('alert').filter({ hasText: 'no example "nothing"' })).toBeVisible()
  })
})

test.describe('the text', () => {
  test('is planned as it is edited', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await typeProblem(page, 'id,lower,upper,size\na,0,4,5\nb,2,6,6\n')
    await expect(stateOf(page)).toContainText('A plan of height 11')
    await expect(page.getByRole('gridcell', { name: 'b', exact: true })).toBeVisible()
    await expect(page).not.toHaveURL(/#/)
  })

  test('has its errors marked, and the last good plan stays', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await typeProblem(page, small.replace('b3,0,9,4', 'b3,0,x9,4'))
    const remark = page.getByRole('alert').filter({ hasText: 'Line 4, column 6' })
    await expect(remark).toContainText("upper 'x9' must be an integer")
    await expect(remark).toContainText('The plan shown is of the last good text.')
    await expect(page.locator('.cm-lintRange-error')).toHaveText('x9')
    await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1)
    await expect(page.getByRole('gridcell', { name: 'b3', exact: true })).toBeVisible()
    await remark.getByRole('button', { name: 'Go to line 4' }).click()
    await expect(page.locator('.cm-activeLine')).toHaveText('b3,0,x9,4')
    await page.locator('.cm-lint-marker-error').hover()
    await expect(page.locator('.cm-tooltip-lint')).toContainText('must be an integer')
    await typeProblem(page, small)
    await expect(page.locator('.cm-lintRange-error')).toHaveCount(0)
    await expectPlan(page)
  })

  test('can be undone, also past another problem', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await editorOf(page)
    await page.getByRole('combobox', { name: 'Example' }).selectOption('unet')
    const editor = await editorOf(page)
    await expect(editor).toContainText('down1.conv_a')
    await editor.focus()
    await page.keyboard.press('Control+Z')
    await expect(editor).toContainText('b5,0,21,4')
    await expect(page.getByRole('gridcell', { name: 'b5', exact: true })).toBeVisible()
  })

  test('says which columns it does not use', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await typeProblem(page, 'id,lower,upper,size,colour\na,0,4,5,red\n')
    await expect(page.getByText('Not used: the column colour.')).toBeVisible()
  })
})

test.describe('the capacity', () => {
  test('takes units, and says what it cannot take', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=unet`)
    const field = page.getByLabel('Capacity', { exact: true })
    await field.fill('200 MiB')
    await field.press('Enter')
    await expect(field).toHaveValue('209715200')
    await expect(stateOf(page)).toContainText('within the capacity of 209,715,200')
    await field.fill('much')
    await field.press('Enter')
    await expect(page.getByText('This is no amount')).toBeVisible()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await field.fill('')
    await field.press('Enter')
    await expect(stateOf(page)).toHaveText('A plan of height 187,809,792. No plan is lower.')
  })

  test('below the max load is explained', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    const slider = page.getByRole('slider', { name: /Capacity/ })
    await expect(slider).toHaveValue('12')
    await slider.press('ArrowLeft')
    await expect(page.getByText('Nothing can fit: at time 0, 3 buffers need 12')).toBeVisible()
    await expect(stateOf(page)).toHaveText('No plan fits within 11.')
    await slider.press('ArrowRight')
    await expectPlan(page)
    await expect(page.getByText('Nothing can fit')).toBeHidden()
  })

  test('must hold the buffers that are fixed', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await typeProblem(page, 'id,lower,upper,size,offset\na,0,4,2,8\nb,0,4,2,\n')
    await expectPlan(page)
    const field = page.getByLabel('Capacity', { exact: true })
    await field.fill('9')
    await field.press('Enter')
    await expect(page.locator('#capacity-note')).toContainText("buffer 'a'")
  })
})

test.describe('settings', () => {
  test('survive a reload, as does the problem', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await typeProblem(page, 'id,lower,upper,size\nmine,0,4,5\n')
    await expect(page.getByRole('gridcell', { name: 'mine' })).toBeVisible()
    await page.getByText('Advanced').click()
    await page.getByLabel('Engine').selectOption('valley')
    await page.getByLabel('Seed').fill('7')
    await page.getByLabel('Time limit').fill('5')
    await page.getByLabel('Hatless pruning').uncheck()
    await page.getByLabel('Preordering heuristics').fill('TAW')
    await page.getByLabel('Theme').focus()
    await page.getByLabel('Theme').selectOption('dark')
    await page.reload()
    await expectPlan(page)
    await expect(page.getByRole('gridcell', { name: 'mine' })).toBeVisible()
    await page.getByText('Advanced').click()
    await expect(page.getByLabel('Engine')).toHaveValue('valley')
    await expect(page.getByLabel('Seed')).toHaveValue('7')
    await expect(page.getByLabel('Time limit')).toHaveValue('5')
    await expect(page.getByLabel('Hatless pruning')).not.toBeChecked()
    await expect(page.getByLabel('Preordering heuristics')).toHaveValue('TAW')
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark')
    await page.getByRole('button', { name: 'Back to the defaults' }).click()
    await expect(page.getByLabel('Engine')).toHaveValue('auto')
    await expect(page.getByLabel('Hatless pruning')).toBeChecked()
  })

  test('that cannot be are refused with a reason', async ({ page, playground }) => {
    await openPlayground(page, playground)
    await page.getByText('Advanced').click()
    await page.getByLabel('Seed').fill('-1')
    await page.getByLabel('Time limit').fill('soon')
    await page.getByLabel('Preordering heuristics').fill('QQ')
    await page.getByLabel('Engine').focus()
    await expect(page.getByText('Write a whole number of at least 0.')).toBeVisible()
    await expect(page.getByText('Write a number of seconds')).toBeVisible()
    await expect(page.locator('#heuristics-help')).toContainText('QQ')
  })

  test('of another version, or broken, are left alone', async ({ page, playground }) => {
    await page.addInitScript(() => {
      localStorage.setItem('stowage.settings', '{"version":99,"engine":"valley"}')
      localStorage.setItem('stowage.problem', '{"version":1,"name":3')
    })
    await openPlayground(page, playground)
    await page.getByText('Advanced').click()
    await expect(page.getByLabel('Engine')).toHaveValue('auto')
  })
})

test.describe('the keyboard', () => {
  test('solves, minimises and shows what the keys do', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    const field = page.getByLabel('Capacity', { exact: true })
    await field.fill('20')
    await field.press('Control+Enter')
    await expect(stateOf(page)).toContainText('within the capacity of 20')
    await (await editorOf(page)).focus()
    await page.keyboard.press('Control+Shift+Enter')
    await expect(stateOf(page)).toContainText('No plan is lower.')
    expect(await (await editorOf(page)).innerText()).not.toMatch(/^\n/)
    await page.getByRole('button', { name: 'Solve' }).focus()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await expect(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
  })

  test('comes to the plan by the first link', async ({ page, playground }) => {
    await openPlayground(page, playground)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to the plan' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('#plan')).toBeFocused()
  })
})

test('a page of 360 pixels needs no scrolling to the side', async ({ page, playground }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await openPlayground(page, playground)
  await expectNoSidewaysScroll(page)
  await page.getByText('Advanced').click()
  await editorOf(page)
  await expectNoSidewaysScroll(page)
  const menu = page.getByRole('group', { name: 'Take the plan with you' })
  await page.getByText('Export', { exact: true }).click()
  await expect(menu).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keys and help' }).click()
  await expectNoSidewaysScroll(page)
})

test('on a phone, too, the plan is what is seen first', async ({ page, playground }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await openPlayground(page, playground)
  await expect(page.locator('stowage-plan').first()).toBeInViewport({ ratio: 0.9 })
  // For the keyboard, too: what comes first is before what comes later.
  const isBefore = await page.evaluate(() => {
    const [plan, controls] = ['#plan', '.controls'].map((name) => document.querySelector(name))
    return plan && controls
      ? plan.compareDocumentPosition(controls) === Node.DOCUMENT_POSITION_FOLLOWING
      : false
  })
  expect(isBefore).toBe(true)
})

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(360)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('with a plan', async ({ page, playground }) => {
      await openPlayground(page, playground)
      await editorOf(page)
      await page.getByText('Advanced').click()
      await expectAccessible(page)
    })

    test('with an error in the text', async ({ page, playground }) => {
      await openPlayground(page, `${playground}#example=input`)
      await typeProblem(page, 'id,lower,upper,size\na,0,x,5\n')
      await expect(page.locator('.cm-lintRange-error')).toBeVisible()
      await expectAccessible(page)
    })

    test('with too little capacity, and a message', async ({ page, playground }) => {
      await openPlayground(page, `${playground}#example=nothing`)
      await page.getByRole('slider', { name: /Capacity/ }).press('ArrowLeft')
      await expect(stateOf(page)).toContainText('No plan fits')
      await expectAccessible(page)
    })

    test('in the sheets', async ({ page, playground }) => {
      await openPlayground(page, playground)
      await page.getByRole('button', { name: 'Keys and help' }).click()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'Share' }).click()
      await expect(page.getByLabel('Link')).toBeVisible()
      await expectAccessible(page)
    })
  })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary ?? ''}`),
  }))
  expect(found).toEqual([])
}
