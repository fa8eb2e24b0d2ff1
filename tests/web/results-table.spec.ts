import { expect, test } from './fixtures.js'
import { openExample, openProblem, picture, rowOf, expectSelection } from './results.js'

test('sorts by each column, up, down, and not', async ({ page, playground }) => {
  await openExample(page, playground, 'resnet50')
  const header = page.getByRole('columnheader', { name: 'Size' })
  const sizes = page.locator('[role=gridcell].column-size')
  const shown = async () =>
    (await sizes.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))
  const first = await shown()

  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  const isAscending = (sizes: readonly number[]): boolean =>
    sizes.every((size, i) => i === 0 || (sizes[i - 1] ?? 0) <= size)
  await expect.poll(async () => isAscending(await shown())).toBe(true)
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => (await shown())[0]).toBe(3_687_936)
  await header.getByRole('button').click()
  await expect(header).toHaveAttribute('aria-sort', 'none')
  await expect.poll(shown).toEqual(first)

  await page.getByRole('columnheader', { name: 'Offset' }).getByRole('button').click()
  await expect(page.locator('[role=gridcell].column-offset').first()).toHaveText('0')
})

test('is walked by the keyboard', async ({ page, playground }) => {
  await openExample(page, playground, 'resnet50')
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '92')
  await grid.focus()
  const active = () =>
    grid.evaluate((element) => {
      const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
      return row?.getAttribute('aria-rowindex')
    })
  for (const [key, row] of [
    ['ArrowDown', '2'],
    ['ArrowDown', '3'],
    ['End', '92'],
    ['ArrowUp', '91'],
    ['Home', '2'],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(active).toBe(row)
    await expectSelection(picture(page), [Number(row) - 2])
  }
  await page.keyboard.press('PageDown')
  await expect.poll(async () => Number(await active())).toBeGreaterThan(6)
  await page.keyboard.press('PageUp')
  await expect.poll(active).toBe('2')
  await page.keyboard.press('Escape')
  await expectSelection(picture(page), [])
})

test('shows gaps, and several selected', async ({ page, playground }) => {
  await openExample(page, playground, 'unet')
  await expect(rowOf(page, 'down1.conv_b')).toContainText('3-28@12795904:69795840')
  await rowOf(page, 'input').click()
  await rowOf(page, 'down1.conv_b').click({ modifiers: ['ControlOrMeta'] })
  await expectSelection(picture(page), [0, 2])
  await rowOf(page, 'input').click({ modifiers: ['ControlOrMeta'] })
  await expectSelection(picture(page), [2])
})

test('scrolls to the end of more rows than a browser can lay out', async ({ page, playground }) => {
  const count = 200_000
  const lines = Array.from(
    { length: count },
    (_, i) => `t${String(i)},${String(i)},${String(i + 2)},8`,
  )
  await openProblem(page, playground, 'many.16.csv', `id,lower,upper,size\n${lines.join('\n')}\n`)
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  await grid.scrollIntoViewIfNeeded()
  await grid.focus()
  await page.keyboard.press('End')
  const last = rowOf(page, `t${String(count - 1)}`)
  await expect(last).toBeInViewport()
  await expect(last).toHaveAttribute('aria-rowindex', String(count + 1))
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2
  })
  const middle = grid.locator('[aria-selected]').first()
  await expect
    .poll(async () => Math.abs(Number(await middle.getAttribute('aria-rowindex')) - count / 2))
    .toBeLessThan(50)
  // Only what is in sight is there.
  await expect.poll(() => grid.locator('[aria-selected]').count()).toBeLessThan(30)
  await page.keyboard.press('Home')
  await expect(rowOf(page, 't0')).toBeInViewport()
})
