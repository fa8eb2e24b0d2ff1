// The package in a browser, on pages with a strict content security policy: on the main thread, in a
// module worker, and in an application built with Vite. Any error on the console fails.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, type Page, test } from '@playwright/test'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

const solve = `
  const problem = Problem.fromCsv('id,lower,upper,size\\na,0,2,4\\nb,1,3,4\\n', { capacity: 8 })`

const mainThread = `${solve}
  const plan = await new Solver({ timeoutSeconds: 60 }).solve(problem)
  document.title = 'height ' + plan.height`

const inWorker = `${solve}
  const plan = await solveInWorker(problem)
  document.title = 'height ' + plan.height`

let folder: string
let server: Server
let origin: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-web-'))
  symlinkSync(join(root, 'npm/dist'), join(folder, 'stowage'))
  writePage('main', "import { load } from './stowage/index.js'", mainThread)
  writePage('worker', "import { load } from './stowage/index.js'", inWorker)
  writeFileSync(
    join(folder, 'slim.js'),
    `import { load } from './stowage/slim.js'
    const { Problem, Solver } = await load(fetch('./stowage/core.wasm'));${mainThread}`,
  )
  writeHtml('slim')
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(folder, path)
    if (!existsSync(file) || extname(file) === '') {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'text/plain',
      'content-security-policy': policy,
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
})

test.afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('on the main thread', async ({ page }) => {
  await expectHeight(page, 'main.html')
})

test('in a module worker', async ({ page }) => {
  await expectHeight(page, 'worker.html')
})

test('slim, with the module fetched', async ({ page }) => {
  await expectHeight(page, 'slim.html')
})

test('built by Vite, on the main thread and in a worker', async ({ page }) => {
  const app = join(folder, 'app')
  mkdirSync(join(app, 'node_modules'), { recursive: true })
  symlinkSync(join(root, 'npm'), join(app, 'node_modules/stowage'))
  writeFileSync(join(app, 'index.html'), '<script type="module" src="./main.js"></script>')
  writeFileSync(
    join(app, 'main.js'),
    `import { load } from 'stowage'
    const { Problem, Solver, solveInWorker } = await load();${solve}
    const here = await new Solver().solve(problem)
    const there = await solveInWorker(problem)
    document.title = 'height ' + Math.max(here.height, there.height)`,
  )
  await build({
    root: app,
    base: './',
    logLevel: 'silent',
    configFile: false,
    build: { outDir: join(folder, 'built'), target: 'es2022', modulePreload: { polyfill: false } },
  })
  await expectHeight(page, 'built/index.html')
})

function writePage(name: string, imports: string, body: string): void {
  const script = `${imports}\nconst { Problem, Solver, solveInWorker } = await load();${body}`
  writeFileSync(join(folder, `${name}.js`), script)
  writeHtml(name)
}

function writeHtml(name: string): void {
  const html = `<!doctype html><script type="module" src="./${name}.js"></script>`
  writeFileSync(join(folder, `${name}.html`), html)
}

async function expectHeight(page: Page, path: string): Promise<void> {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => {
    errors.push(error.message)
  })
  await page.goto(`${origin}/${path}`)
  await expect
    .poll(async () => (errors.length > 0 ? errors : await page.title()), { timeout: 30_000 })
    .toBe('height 8')
  expect(errors).toEqual([])
}
