import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test } from './fixtures.js'
import { openExample, rowOf } from './results.js'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`accessible in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('a plan, compared, searched and selected', async ({ page, playground }) => {
      await openExample(page, playground, 'unet')
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Keep this plan' }).click()
      await rowOf(page, 'down1.conv_b').click()
      await page.getByRole('searchbox', { name: 'Find' }).fill('down(')
      await expect(page.locator('#search-result')).not.toBeEmpty()
      await expect(page.getByRole('table')).toBeVisible()
      await expectAccessible(page)
      await page.locator('.export-menu summary').click()
      await page.getByText('Difference', { exact: true }).click({ force: true })
      await expectAccessible(page)
    })

    test('why nothing fits', async ({ page, playground }) => {
      await openExample(page, playground, 'resnet50')
      await page.locator('#capacity').fill('6000000')
      await page.getByRole('button', { name: 'Solve', exact: true }).click()
      const notice = page.getByRole('region', { name: 'Why there is no plan' })
      await expectAccessible(page)
      await notice.getByRole('button', { name: 'Find the fewest' }).click()
      await expect(notice).toContainText('without any one of these')
      await expectAccessible(page)
    })
  })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html }) => html)]),
  ).toEqual([])
}
