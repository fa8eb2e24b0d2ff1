import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

import { expect, root, test } from './fixtures.js'
import { openExample, openProblem, stowage } from './results.js'

const example = 'examples/problems/unet.187809792.csv'
const title = 'unet.187809792'

let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-export-'))
})

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
})

test('CSV, PNG and SVG are byte for byte the command’s', async ({ page, playground }) => {
  const plan = stowage('solve', example, '--capacity=187809792')
  const file = join(folder, 'plan.csv')
  writeFileSync(file, plan)
  const render = (format: string, ...options: string[]) =>
    stowage('render', file, '--capacity=187809792', `--format=${format}`, ...options)

  await openExample(page, playground, 'unet')
  expect(await save(page, 'Save CSV')).toEqual({ name: `${title}.plan.csv`, content: plan })
  const png = await save(page, 'Save PNG')
  const asShown = [`--title=${title}`, '--color-by=lifetime']
  expect(png.name).toBe(`${title}.png`)
  expect(png.content.equals(render('png', ...asShown))).toBe(true)
  const svg = await save(page, 'Save SVG')
  expect(svg.name).toBe(`${title}.svg`)
  expect(svg.content.equals(render('svg', ...asShown))).toBe(true)

  // As the page is: dark, and by prefix.
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByLabel('Colour by').selectOption('prefix')
  const options = [`--title=${title}`, '--theme=dark', '--color-by=prefix']
  expect((await save(page, 'Save PNG')).content.equals(render('png', ...options))).toBe(true)
  expect((await save(page, 'Save SVG')).content.equals(render('svg', ...options))).toBe(true)
})

test('JSON has the plan’s figures and buffers', async ({ page, playground }) => {
  await openExample(page, playground, 'unet')
  const { name, content } = await save(page, 'Save JSON')
  expect(name).toBe(`${title}.plan.json`)
  const plan = JSON.parse(content.toString()) as {
    capacity: number
    height: number
    lowerBound: number
    buffers: { id: string; size: number; offset: number; gaps?: unknown }[]
  }
  expect(plan).toMatchObject({
    capacity: 187_809_792,
    height: 187_809_792,
    lowerBound: 175_013_888,
  })
  const rows = stowage('solve', example, '--capacity=187809792').toString().trimEnd().split('\n')
  const offset = rows[0]?.split(',').indexOf('offset') ?? -1
  expect(plan.buffers.map((buffer) => [buffer.id, String(buffer.offset)])).toEqual(
    rows.slice(1).map((row) => [row.split(',')[0], row.split(',')[offset]]),
  )
  expect(plan.buffers[2]?.gaps).toEqual([
    { lower: 3, upper: 28, window: { lower: 12_795_904, upper: 69_795_840 } },
  ])
  await choose(page, 'Copy as JSON')
  expect(await copied(page)).toBe(content.toString())
})

test('C compiles and knows the offsets, whatever the ids are', async ({ page, playground }) => {
  const ids = ['conv/1', 'conv.1', 'conv 1', '3x3', '*/ "q" \\', 'größe', 'buffer_count', '/* ??/']
  const field = (id: string) => `"${id.replaceAll('"', '""')}"`
  const csv = [
    'id,lower,upper,size,alignment',
    ...ids.map((id, i) => `${field(id)},0,9,${String(i + 1)},4`),
  ]
  await openProblem(page, playground, '2-nasty name.64.csv', `${csv.join('\n')}\n`)
  await choose(page, 'Copy as C array')
  const array = await copied(page)
  await choose(page, 'Copy as C struct')
  const struct = await copied(page)
  await choose(page, 'Copy as JSON')
  const { height, buffers } = JSON.parse(await copied(page)) as {
    height: number
    buffers: { id: string; size: number; offset: number }[]
  }

  const offsets = buffers.map(({ offset }) => offset).join(' ')
  const prefix = 'b_2_nasty_name_64'
  const printed = `#include <stdio.h>
int main(void) {
  for (int i = 0; i < ${prefix.toUpperCase()}_BUFFER_COUNT; ++i)
    printf("%d ", (int)${prefix}_offsets[i]);
  printf("%d %d", ${prefix.toUpperCase()}_ARENA_SIZE, ${prefix.toUpperCase()}_CONV_1_3);
}`
  expect(run(`${array}${printed}`)).toBe(`${offsets} ${String(height)} 2`)
  const listed = `#include <stdio.h>
int main(void) {
  for (int i = 0; i < ${prefix.toUpperCase()}_BUFFER_COUNT; ++i)
    printf("%s=%d+%d\\n", ${prefix}_buffers[i].id, (int)${prefix}_buffers[i].offset,
           (int)${prefix}_buffers[i].size);
}`
  expect(run(`${struct}${listed}`)).toBe(
    buffers.map(({ id, offset, size }) => `${id}=${String(offset)}+${String(size)}\n`).join(''),
  )
})

test('the menu is worked by the keyboard, and the link is in it', async ({ page, playground }) => {
  await openExample(page, playground, 'input')
  const menu = page.locator('.export-menu')
  await page.locator('.export-menu summary').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Save CSV' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).not.toHaveAttribute('open')
  await expect(page.locator('.export-menu summary')).toBeFocused()
  await choose(page, 'Share link')
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#v1=/u)
})

test('copies where the browser has no clipboard for pages', async ({ page, playground }) => {
  await openExample(page, playground, 'input')
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
  })
  await choose(page, 'Copy as JSON')
  expect(JSON.parse(await copied(page))).toMatchObject({ capacity: 12, height: 12 })
  await page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the page's last resort
    document.execCommand = () => false
  })
  await choose(page, 'Copy as JSON')
  await expect(page.getByText('does not let this page use the clipboard')).toBeVisible()
})

async function choose(page: Page, entry: string): Promise<void> {
  await page.locator('.export-menu summary').click()
  await page.getByRole('button', { name: entry }).click()
  await expect(page.locator('.export-menu')).not.toHaveAttribute('open')
}

async function save(page: Page, entry: string): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), choose(page, entry)])
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

async function copied(page: Page): Promise<string> {
  await expect(page.getByText('Copied.')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** What a program prints that compiles as C99 and as C++ without a warning. */
function run(source: string): string {
  const file = join(folder, 'plan.c')
  const program = join(folder, 'plan')
  const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Werror', '-Wno-unused']
  writeFileSync(file, source)
  execFileSync('gcc', ['-x', 'c++', '-std=c++17', '-fsyntax-only', ...warnings, file])
  execFileSync('gcc', ['-std=c99', ...warnings, '-o', program, file], { cwd: root })
  return execFileSync(program).toString()
}
