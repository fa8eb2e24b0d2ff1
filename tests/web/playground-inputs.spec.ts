import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

import { withMaximumMemory } from '../npm/wasm.js'
import { expect, root, test } from './fixtures.js'
import {
  dropFile,
  editorOf,
  endlessProblem,
  expectPlan,
  openPlayground,
  stateOf,
} from './playground-page.js'

const example = join(root, 'examples/problems/squeezenet.3144531.csv')
let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-inputs-'))
})

test.afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('a file is dropped', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'dropped.40.csv', 'id,lower,upper,size\none,0,4,5\ntwo,0,4,6\n')
  await expect(stateOf(page)).toContainText('A plan of height 11, within the capacity of 40.')
  await expect(page.getByText('dropped.40.csv, 2 buffers')).toBeVisible()
  await expect(await editorOf(page)).toContainText('two,0,4,6')
})

test('a file without a capacity in its name is minimised', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'plain.csv', 'id,lower,upper,size\none,0,4,5\ntwo,0,4,6\n')
  await expect(stateOf(page)).toHaveText('A plan of height 11. No plan is lower.')
  await expect(page.getByLabel('Capacity', { exact: true })).toHaveValue('')
})

test('a file is picked', async ({ page, playground }) => {
  await openPlayground(page, playground)
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open file' }).click()
  await (await choosing).setFiles(example)
  await expect(stateOf(page)).toContainText('within the capacity of 3,144,531')
  await expect(page.getByText('squeezenet.3144531.csv, 49 buffers')).toBeVisible()
})

test('a text is pasted outside of the fields', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await page.getByRole('heading', { name: 'Stowage' }).click()
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, 'id,lower,upper,size\npasted,0,4,5\n')
  await expect(stateOf(page)).toContainText('A plan of height 5')
  await expect(page.getByText('pasted.csv, 1 buffer')).toBeVisible()
})

test('a file that has errors is opened where they are', async ({ page, playground }) => {
  await openPlayground(page, `${playground}#example=input`)
  await dropFile(page, 'wrong.12.csv', 'id,lower,upper,size\none,4,4,5\n')
  await expect(page.getByRole('alert').filter({ hasText: 'Line 2, column 7' })).toBeVisible()
  await expect(await editorOf(page)).toContainText('one,4,4,5')
  // The last good problem is still there.
  await expect(page.getByRole('gridcell', { name: 'b5', exact: true })).toBeVisible()
  await expect(stateOf(page)).toContainText('A plan of height 12')
})

test.describe('a file of 200 MB is refused before it is read', () => {
  /** From now on, every way to the bytes of a file is recorded. */
  async function watchReading(page: Page): Promise<() => Promise<string[]>> {
    await page.evaluate(() => {
      const reads: string[] = []
      Object.assign(globalThis, { reads })
      for (const name of ['arrayBuffer', 'text', 'stream', 'slice', 'bytes']) {
        const prototype = Blob.prototype as unknown as Record<string, () => unknown>
        const original = prototype[name]
        if (original === undefined) continue
        prototype[name] = function (this: Blob) {
          reads.push(name)
          return original.call(this)
        }
      }
      for (const name of ['readAsText', 'readAsArrayBuffer'] as const) {
        FileReader.prototype[name] = () => reads.push(name)
      }
    })
    return () => page.evaluate(() => (globalThis as unknown as { reads: string[] }).reads)
  }

  test('when it is picked', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    const file = join(folder, 'huge.csv')
    writeFileSync(file, '')
    truncateSync(file, 200_000_000)
    const reads = await watchReading(page)
    await page.getByLabel('Problem file').setInputFiles(file)
    await expect(page.getByRole('alert').filter({ hasText: 'huge.csv has 200 MB' })).toContainText(
      'This page reads files up to 100 MB: for larger ones use the command, stowage solve huge.csv.',
    )
    expect(await reads()).toEqual([])
    await expect(page.getByRole('gridcell', { name: 'b5', exact: true })).toBeVisible()
    await expectPlan(page)
  })

  test('when it is dropped', async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    const reads = await watchReading(page)
    await page.evaluate(() => {
      const file = new File(['id'], 'huge.csv')
      Object.defineProperty(file, 'size', { value: 200_000_000 })
      const event = new Event('drop', { bubbles: true, cancelable: true })
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [file] } })
      document.body.dispatchEvent(event)
    })
    await expect(page.getByRole('alert').filter({ hasText: 'huge.csv has 200 MB' })).toBeVisible()
    expect(await reads()).toEqual([])
    await page.getByRole('button', { name: 'Close this message' }).click()
    await expect(page.getByText('huge.csv has 200 MB')).toBeHidden()
  })
})

for (const [what, bytes, why] of [
  ['UTF-16', [0xff, 0xfe, 0x69, 0, 0x64, 0], 'this is UTF-16 text: save it as UTF-8'],
  ['Latin-1', [...Buffer.from('id,lower,upper,size\n'), 0xe9], 'is not UTF-8'],
  ['binary', [0x7f, 0x45, 0x4c, 0x46, 0, 1], 'this is not a text file'],
] as const) {
  test(`a ${what} file is refused with a reason`, async ({ page, playground }) => {
    await openPlayground(page, `${playground}#example=input`)
    await page.getByLabel('Problem file').setInputFiles({
      name: 'odd.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(bytes),
    })
    const message = page.getByRole('alert').filter({ hasText: 'odd.csv is not a CSV file' })
    await expect(message).toContainText(why)
    await expect(await editorOf(page)).toContainText('b5,0,21,4')
    await expectPlan(page)
  })
}

test('a text too long for the editor is shown by its beginning', async ({ page, playground }) => {
  await openPlayground(page, playground)
  const rows = Array.from({ length: 200_000 }, (_, i) => {
    return `a.rather.long.name.of.a.buffer.${String(i)},${String(i)},${String(i + 1)},1`
  })
  const file = join(folder, 'long.1.csv')
  writeFileSync(file, `id,lower,upper,size\n${rows.join('\n')}\n`)
  await page.getByLabel('Problem file').setInputFiles(file)
  await expect(page.getByText('200,001 lines, ')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Beginning of the text' })).toContainText(
    'a.rather.long.name.of.a.buffer.18,18,19,1',
  )
  await expect(stateOf(page)).toContainText('A plan of height 1', { timeout: 60_000 })
  // And the editor is there again for the next problem.
  await page.getByRole('combobox', { name: 'Example' }).selectOption('input')
  await expect(await editorOf(page)).toContainText('b5,0,21,4')
})

test('another problem ends the search for the last', async ({ page, playground }) => {
  await openPlayground(page, playground)
  await dropFile(page, 'endless.csv', endlessProblem())
  await expect(stateOf(page)).toContainText('Looking for the least height')
  await page.getByLabel('Problem file').setInputFiles(example)
  await expect(stateOf(page)).toContainText('within the capacity of 3,144,531')
  expect(readFileSync(example, 'utf8')).toContain('squeeze')
})

test('a problem that there is no memory for leaves the page usable', async ({
  page,
  playground,
}) => {
  // As a device with little memory would have it: 40 MiB.
  await page.route('**/*.wasm', async (route) => {
    const wasm = readFileSync(join(root, 'npm/dist/core.wasm'))
    const body = Buffer.from(withMaximumMemory(wasm, 640))
    await route.fulfill({ contentType: 'application/wasm', body })
  })
  await openPlayground(page, playground)
  const rows = Array.from(
    { length: 300_000 },
    (_, i) => `b${String(i)},${String(i)},${String(i + 9)},64`,
  )
  await dropFile(page, 'large.csv', `id,lower,upper,size\n${rows.join('\n')}\n`)
  await expect(page.getByText('the browser has not enough memory for this problem')).toBeVisible()
  await dropFile(page, 'small.40.csv', 'id,lower,upper,size\none,0,4,5\ntwo,0,4,6\n')
  await expect(stateOf(page)).toContainText('A plan of height 11, within the capacity of 40.')
})
