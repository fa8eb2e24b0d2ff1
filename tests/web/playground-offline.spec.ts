import { expect, test } from './fixtures.js'
import { editorOf, expectPlan, openPlayground, stateOf } from './playground-page.js'

test.use({ serviceWorkers: 'allow' })

test('after one visit the page works without a network', async ({ page, playground, context }) => {
  await openPlayground(page, playground)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      })
    }
  })
  await context.setOffline(true)
  await page.reload()
  await expectPlan(page)
  await page.getByRole('combobox', { name: 'Example' }).selectOption('unet')
  await expect(stateOf(page)).toContainText('187,809,792')
  await expect(await editorOf(page)).toContainText('down1.conv_a')
  await page.goto(`${playground}#example=input`)
  await expect(stateOf(page)).toContainText('A plan of height 12')
})
