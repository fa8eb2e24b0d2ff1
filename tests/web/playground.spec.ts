import { expect, test } from './fixtures.js'

test('the page comes up below a path', async ({ page, playground }) => {
  await page.goto(playground)
  await expect(page.getByRole('heading', { name: 'Stowage' })).toBeVisible()
})
