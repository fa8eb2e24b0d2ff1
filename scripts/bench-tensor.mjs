// npm run bench:tensor [-- --write]: what operations on tensors cost in headless Chromium, beside other
// executors, in one run. With --write the tables replace those in docs/benchmarks.md.
//
//   STOWAGE_TENSOR_PEERS_PAGE   a folder with the others for a page: bench/tensor-page.mjs tells how.
import { chromium } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import config from '../playwright.config.mjs'
import { describeMachine } from './bench/machine.mjs'
import { digits, table, writeBlock } from './bench/markdown.mjs'
import { ceilingModule } from './bench/places.mjs'
import { ceilingGflops, ceilings } from './bench/tensor-ceiling.mjs'
import { gflops, nameOf, operations, products } from './bench/tensor-workloads.mjs'
import { buildPackage, buildPreset } from './lib/build.mjs'
import { root, say, script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').CDPSession} Session */

const origin = 'http://bench.test'
const peersFolder = process.env.STOWAGE_TENSOR_PEERS_PAGE
const seconds = 0.5
const rounds = 3

await script(async () => {
  setUp('testing')
  buildPackage()
  buildPreset('wasm', ['stowage_ceiling'])
  if (peersFolder === undefined) {
    say('Other executors are left out: STOWAGE_TENSOR_PEERS_PAGE does not name a folder with them.')
  }
  console.log(`${describeMachine()}\n`)
  const browser = await chromium.launch(config.use?.launchOptions ?? {})
  try {
    const text = await measureAll(browser)
    console.log(text)
    if (process.argv.includes('--write')) await writeBlock('tensor-page', text)
  } finally {
    await browser.close()
  }
})

/** @param {Browser} browser */
async function measureAll(browser) {
  const session = await browser.newBrowserCDPSession()
  const names = ['Stowage', ...(peersFolder === undefined ? [] : await peerNames(browser))]
  const ratio = names.length > 1 ? ['Stowage / fastest other'] : []
  /** @type {string[][]} */
  const ofProducts = []
  for (const workload of products) {
    const all = await leastInTurn(browser, session, workload, [...ceilings, ...names])
    const times = all.slice(ceilings.length)
    const speeds = times.map((time) => gflops(workload, time))
    const most = ceilingGflops(Math.min(...all.slice(0, ceilings.length)))
    const share = `${((100 * (speeds[0] ?? NaN)) / most).toFixed(0)} %`
    ofProducts.push([nameOf(workload), ...cells(speeds, times), digits(most), share])
  }
  /** @type {string[][]} */
  const ofOperations = []
  for (const workload of operations) {
    const times = await leastInTurn(browser, session, workload, names)
    ofOperations.push([nameOf(workload), ...cells(times, times)])
  }
  return `In Chromium ${browser.version()}, one thread, processor time of the page's process, the least of ${String(rounds)}
rounds of ${String(seconds)} s in turn. Products in GFLOP/s:

${table(['m x n x k', ...names, ...ratio, 'ceiling', 'share of it'], ofProducts)}

Milliseconds for 2^20 elements, or a matrix of 1024 x 1024:

${table(['operation', ...names, ...ratio], ofOperations)}`
}

/**
 * @param {number[]} figures
 * @param {number[]} times our own first
 */
function cells(figures, [own = NaN, ...others]) {
  const ratio = others.length === 0 ? [] : [digits(Math.min(...others) / own)]
  return [...figures.map(digits), ...ratio]
}

/** @param {Browser} browser */
async function peerNames(browser) {
  const page = await open(browser)
  try {
    return await page.evaluate(async (module) => {
      /** @type {unknown} */
      const loaded = await import(module)
      return /** @type {typeof import('./bench/tensor-page.mjs')} */ (loaded).peerNames()
    }, '/tensor-page.mjs')
  } finally {
    await page.context().close()
  }
}

/**
 * The least milliseconds of each, each in a page and process of its own, a turn for each; Infinity for
 * what it cannot do.
 * @param {Browser} browser
 * @param {Session} session
 * @param {string} workload
 * @param {string[]} names
 */
async function leastInTurn(browser, session, workload, names) {
  const pages = await Promise.all(names.map(() => open(browser)))
  try {
    /** @type {boolean[]} */
    const able = []
    for (const [i, page] of pages.entries())
      able.push(await prepare(page, names[i] ?? '', workload))
    const least = names.map(() => Infinity)
    for (let round = 0; round <= rounds; ++round) {
      for (const [i, page] of pages.entries()) {
        if (able[i] !== true) continue
        const time = await millisecondsOf(page, session)
        // The first round warms up.
        if (round > 0) least[i] = Math.min(least[i] ?? Infinity, time)
      }
    }
    return least
  } finally {
    for (const page of pages) await page.context().close()
  }
}

/**
 * An empty page that can import the benchmark, the package and the others. Pages of different contexts
 * share no process.
 * @param {Browser} browser
 */
async function open(browser) {
  const page = await (await browser.newContext()).newPage()
  page.on('pageerror', (error) => {
    console.error(error)
  })
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/') {
      await route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>Tensors</title>',
      })
    } else {
      const isWasm = extname(pathname) === '.wasm'
      await route.fulfill({
        contentType: isWasm ? 'application/wasm' : 'text/javascript',
        body: await readFile(fileOf(pathname)),
      })
    }
  })
  await page.goto(`${origin}/`)
  return page
}

/** @param {string} pathname */
function fileOf(pathname) {
  if (pathname === '/ceiling.wasm') return ceilingModule
  if (pathname.startsWith('/dist/')) return join(root, 'npm', pathname)
  if (pathname.startsWith('/peers/'))
    return join(peersFolder ?? '', pathname.slice('/peers'.length))
  return join(root, 'scripts/bench', pathname)
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {string} workload
 */
function prepare(page, name, workload) {
  return page.evaluate(
    async ({ module, name, workload }) => {
      /** @type {unknown} */
      const loaded = await import(module)
      const { prepare } = /** @type {typeof import('./bench/tensor-page.mjs')} */ (loaded)
      return prepare(name, workload)
    },
    { module: '/tensor-page.mjs', name, workload },
  )
}

/**
 * Processor time for an operation of what is prepared in a page, over `seconds` of processor time at
 * least, as the browser counts it in hundredths of a second.
 * @param {Page} page
 * @param {Session} session
 */
async function millisecondsOf(page, session) {
  const before = await rendererSeconds(session)
  let count = 0
  let spent = 0
  while (spent < seconds) {
    count += await runIn(page)
    const after = await rendererSeconds(session)
    // The other pages do nothing.
    spent = Math.max(...[...after].map(([id, time]) => time - (before.get(id) ?? time)))
  }
  return (1000 * spent) / count
}

/**
 * @param {Page} page
 * @returns {Promise<number>} how many operations were done
 */
function runIn(page) {
  return page.evaluate(
    async ({ module, seconds }) => {
      /** @type {unknown} */
      const loaded = await import(module)
      const { run } = /** @type {typeof import('./bench/tensor-page.mjs')} */ (loaded)
      return run(seconds)
    },
    { module: '/tensor-page.mjs', seconds: seconds / 2 },
  )
}

/**
 * The processor time of each of the processes that run pages.
 * @param {Session} session
 */
async function rendererSeconds(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return new Map(
    processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]),
  )
}
