// What the tests of the playground do to the page.
import { expect, type Locator, type Page } from '@playwright/test'

/** What the page says about the search. */
export function stateOf(page: Page): Locator {
  return page.getByRole('status', { name: 'State of the search' })
}

/** Opens the page and waits for its first plan. */
export async function openPlayground(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expectPlan(page)
}

export async function expectPlan(page: Page): Promise<void> {
  await expect(stateOf(page)).toContainText('A plan of height')
}

/** The editor, unfolded and loaded. */
export async function editorOf(page: Page): Promise<Locator> {
  const editor = page.getByRole('textbox', { name: 'Problem as CSV' })
  if (!(await editor.isVisible())) {
    const details = page.locator('.text-details')
    if (!(await details.evaluate((element: HTMLDetailsElement) => element.open))) {
      await details.getByText('Edit as CSV').click()
    }
  }
  await expect(editor).toBeVisible()
  return editor
}

/** Puts `text` in the place of what is in the editor, as a person would. */
export async function typeProblem(page: Page, text: string): Promise<void> {
  const editor = await editorOf(page)
  await editor.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

/** Drops a file in the middle of the page. */
export async function dropFile(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], name, { type: 'text/csv' }))
      return transfer
    },
    [name, content] as const,
  )
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await expect(page.getByText('Drop the CSV file')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect(page.getByText('Drop the CSV file')).toBeHidden()
}

/**
 * A problem on which minimising does not come to an end: the max load is beyond reach, as all
 * offsets are multiples of 512 and the sizes are not.
 */
export function endlessProblem(count = 300): string {
  let state = 1
  const random = (limit: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor(state / 65536) % limit
  }
  const rows = Array.from({ length: count }, (_, i) => {
    const lower = random(100)
    return [`b${String(i)}`, lower, lower + 5 + random(30), 1000 + random(9000), 512].join(',')
  })
  return `id,lower,upper,size,alignment\n${rows.join('\n')}\n`
}
