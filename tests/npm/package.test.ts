// The package as others get it: packed, installed in an empty folder, type-checked and run there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { hasData, minimallocProblems } from './paths.js'

const entries = [
  'index',
  'planner',
  'slim',
  'pool',
  'tensor',
  'hologram',
  'worker',
  'element',
  'element-define',
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const packageFolder = join(root, 'npm')
const resolve = createRequire(import.meta.url).resolve
const tsc = resolve('typescript/bin/tsc')

let folder: string
let tarball: string
let files: string[]

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-consumer-'))
  const packed = run('npm', ['pack', '--json', '--pack-destination', folder], packageFolder)
  const [manifest] = JSON.parse(packed.slice(packed.indexOf('['))) as {
    filename: string
    files: { path: string }[]
  }[]
  files = manifest?.files.map(({ path }) => path).sort() ?? []
  tarball = join(folder, manifest?.filename ?? '')
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], folder)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the tarball', () => {
  test('holds what it should and nothing else', () => {
    const isExpected = (path: string): boolean =>
      /^dist\/.*\.d\.ts$/.test(path) ||
      /^dist\/chunk-[A-Z0-9]+\.js$/.test(path) ||
      [
        'LICENSE',
        'README.md',
        'bin/stowage.js',
        'package.json',
        ...entries.map((entry) => `dist/${entry}.js`),
        'dist/core.wasm',
        'dist/cli/main.js',
      ].includes(path)
    expect(files.filter((path) => !isExpected(path))).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/cli/main.js']),
    )
    expect(files.filter((path) => path.includes('/chunk-')).sort()).toEqual(
      [...new Set(entries.flatMap(reachable))].filter((path) => path.includes('/chunk-')).sort(),
    )
  })

  test('is within its size budget', () => {
    const budget = JSON.parse(
      readFileSync(join(root, 'tests/npm/size-budget.json'), 'utf8'),
    ) as Record<string, number>
    for (const [entry, bytes] of Object.entries(budget)) {
      const sizes = reachable(entry).map(
        (file) => gzipSync(readFileSync(join(packageFolder, file)), { level: 9 }).length,
      )
      const size = sizes.reduce((sum, each) => sum + each, 0)
      expect(size, entry).toBeLessThanOrEqual(bytes)
    }
  })

  test('names no module of Node outside the command', () => {
    for (const file of new Set(entries.flatMap(reachable))) {
      const text = readFileSync(join(packageFolder, file), 'utf8')
      expect(text).not.toMatch(/["'`]node:|\brequire\(|\beval\(|new Function\(/)
      expect(text).not.toMatch(/^\s*await\b/m)
    }
  })

  test('starts workers from one file', () => {
    expect(reachable('worker')).toEqual(['dist/worker.js'])
  })

  test('shares its classes between its entries', async () => {
    const load = (file: string): Promise<unknown> =>
      import(pathToFileURL(join(packageFolder, 'dist', file)).href)
    const main = (await load('index.js')) as typeof import('stowage')
    const slim = (await load('slim.js')) as typeof import('stowage/slim')
    expect(slim.StowageError).toBe(main.StowageError)
    const here = await main.load()
    const there = await slim.load(readFileSync(join(packageFolder, 'dist/core.wasm')))
    expect(there.Solver).toBe(here.Solver)
    const planner = (await load('planner.js')) as typeof import('stowage/planner')
    expect((await planner.load()).Solver).toBe(here.Solver)
    const pools = (await load('pool.js')) as typeof import('stowage/pool')
    expect((await pools.load()).MemoryPool).toBe(here.MemoryPool)
    const tensors = (await load('tensor.js')) as typeof import('stowage/tensor')
    expect((await tensors.load()).Executor).toBe(here.Executor)
  })

  test('passes publint', () => {
    run(
      process.execPath,
      [join(root, 'node_modules/publint/src/cli.js'), '--strict', tarball],
      root,
    )
  })

  test('passes attw', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    const args = [attw, tarball, '--profile', 'esm-only', '--exclude-entrypoints', './core.wasm']
    run(process.execPath, args, root)
  })
})

describe('types', () => {
  const source = `
import { load, StowageError, type Buffer, type Plan, type Problem, type SolverParams } from 'stowage'
import { load as slim } from 'stowage/slim'
import { load as loadPools, type MemoryPool, type PoolStats } from 'stowage/pool'
import { load as loadTensors, type Executor, type Tensor } from 'stowage/tensor'
import { load as loadHologram, type Hologram } from 'stowage/hologram'
import { StowagePlanElement, type BufferSelectDetail } from 'stowage/element'
import 'stowage/element/define'

const params: SolverParams = { timeoutSeconds: 1, engine: 'valley', onProgress: (p) => void p.height }
const { Problem: P, Solver, SolverPool, validateSolution, solveInWorker } = await load()
const problem: Problem = new P([{ id: 'a', lower: 0, upper: 1, size: 1 }], { capacity: 1 })
const plan: Plan = await new Solver(params).solve(problem)
const first: Buffer | undefined = problem.buffers[0]
const verdict: 'good' | string = validateSolution(problem, plan.offsets)
new SolverPool({ size: 1 }).dispose()
const element = document.createElement('stowage-plan')
element.plan = plan
element.addEventListener('bufferselect', ({ detail }) => void detail.ids)
const detail: BufferSelectDetail | undefined = undefined
const pool: MemoryPool = new (await loadPools()).MemoryPool(1024, { policy: 'best-fit' })
const stats: PoolStats = pool.stats()
const offset: number | null = pool.alloc(1, { alignment: 2, tag: 'a' })
const executor: Executor = new (await loadTensors()).Executor()
const product: Tensor = executor.tensor([1], [1, 1]).matmul(executor.zeros([1, 1]), { activation: 'relu' })
const hologram: Hologram = await loadHologram()
const handle: number = hologram.new_executor()
void [product, handle, stats, offset, StowagePlanElement, detail, element.matchCount, first, verdict, slim, solveInWorker, StowageError]
// @ts-expect-error -- there is no such parameter
new Solver({ timeout: 1 })
// @ts-expect-error -- a capacity is needed
P.fromCsv('', {})
`

  test.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('module %s, resolution %s', (module, moduleResolution) => {
    const project = join(folder, `types-${moduleResolution}`)
    mkdirSync(project)
    writeFileSync(join(project, 'main.ts'), source)
    const compilerOptions = {
      module,
      moduleResolution,
      lib: ['ES2022', 'DOM'],
      target: 'ES2022',
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck: false,
    }
    const config = { compilerOptions, include: ['main.ts'] }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
    run(process.execPath, [tsc, '-p', project], project)
  })
})

describe('it runs', () => {
  const solve = `
    const problem = new Problem([{ id: 'a', lower: 0, upper: 1, size: 3 }], { capacity: 3 })
    const plan = await new Solver().solve(problem)
    console.log(plan.toCsv())`
  const answer = 'id,lower,upper,size,offset\na,0,1,3,0\n\n'

  test('as an ES module', () => {
    const script = `import { load } from 'stowage'
      const { Problem, Solver } = await load();${solve}`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe(answer)
  })

  test('by require()', () => {
    const script = `const { load } = require('stowage')
      load().then(async ({ Problem, Solver }) => {${solve}})`
    const args = ['--no-warnings', '--input-type=commonjs', '-e', script]
    expect(run(process.execPath, args, folder)).toBe(answer)
  })

  test('in its own workers', () => {
    const script = `import { load } from 'stowage'
      const { Problem, solveInWorker } = await load()
      class Solver { solve(problem) { return solveInWorker(problem) } };${solve}`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe(answer)
  })

  test('in a worker of the user’s', () => {
    const inner = `import { load } from 'stowage'
      const { Problem, Solver } = await load();${solve}`
    writeFileSync(join(folder, 'inner.mjs'), inner)
    const outer = `import { Worker } from 'worker_threads'
      new Worker(new URL('./inner.mjs', import.meta.url))`
    writeFileSync(join(folder, 'outer.mjs'), outer)
    expect(run(process.execPath, ['outer.mjs'], folder)).toBe(answer)
  })

  test('slim, with the module beside it', () => {
    const script = `import { readFileSync } from 'node:fs'
      import { load } from 'stowage/slim'
      const wasm = readFileSync(new URL(import.meta.resolve('stowage/core.wasm')))
      const { Problem, Solver } = await load(wasm);${solve}`
    writeFileSync(join(folder, 'slim.mjs'), script)
    expect(run(process.execPath, ['slim.mjs'], folder)).toBe(answer)
  })

  test('the planner alone', () => {
    const script = `import { load } from 'stowage/planner'
      const { Problem, Solver } = await load();${solve}`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe(answer)
  })

  test('the pools alone', () => {
    const script = `import { load } from 'stowage/pool'
      const { MemoryPool } = await load()
      console.log(new MemoryPool(1024).alloc(256))`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe('0\n')
  })

  test('the tensors alone', () => {
    const script = `import { load } from 'stowage/tensor'
      const { Executor } = await load()
      console.log(new Executor().tensor([1, 2], [1, 2]).sum().item())`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe('3\n')
  })

  test('the functions of Hologram', () => {
    const script = `import { load } from 'stowage/hologram'
      const hg = await load()
      const executor = hg.new_executor()
      console.log(hg.buffer_to_vec(executor, hg.executor_allocate_buffer(executor, 2)))`
    expect(run(process.execPath, ['--input-type=module', '-e', script], folder)).toBe('[0,0]\n')
  })

  test('the element, where there is no browser', () => {
    const script = `import { StowagePlanElement } from 'stowage/element'
      import 'stowage/element/define'
      console.log(typeof StowagePlanElement)`
    const args = ['--input-type=module', '-e', script]
    expect(run(process.execPath, args, folder)).toBe('function\n')
  })

  test('as a command', () => {
    const csv = 'id,lower,upper,size\na,0,1,3\n'
    writeFileSync(join(folder, 'in.csv'), csv)
    const command = join(folder, 'node_modules/.bin/stowage')
    const plan = run(command, ['solve', 'in.csv', '--capacity', '3'], folder)
    expect(`${plan}\n`).toBe(answer)
  })

  test.skipIf(!hasData).each(minimallocProblems())(
    'as a command on $name, its plan judged by the command and by its own rules',
    ({ file, capacity }) => {
      const command = join(folder, 'node_modules/.bin/stowage')
      const limit = ['--capacity', String(capacity)]
      const plan = join(folder, 'plan.csv')
      run(command, ['solve', file, ...limit, '--output', plan], folder)
      expect(run(command, ['validate', plan, ...limit], folder)).toContain('good')
      expect(overlapsIn(readFileSync(plan, 'utf8'), capacity)).toEqual([])
    },
  )
})

/** The files that an entry consists of: its own and the chunks that it imports. */
function reachable(entry: string): string[] {
  const found = new Set([`dist/${entry}.js`])
  for (const file of found) {
    const text = readFileSync(join(packageFolder, file), 'utf8')
    // Only at the beginning of a file or after another statement; strings hold no such thing.
    const imports = text.matchAll(/(?:^|[;}])(?:im|ex)port\s*(?:[^"';()]*?from\s*)?"([^"]+)"/gm)
    for (const [, path = ''] of imports) {
      expect(path, file).toMatch(/^\.\/chunk-[A-Z0-9]+\.js$/)
      found.add(`dist/${path.slice(2)}`)
    }
  }
  return [...found]
}

/** Pairs of rows of a plan that overlap in time and space, and rows outside the capacity. */
function overlapsIn(csv: string, capacity: number): string[] {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([id = '', ...numbers]) => {
      const [lower = NaN, upper = NaN, size = NaN, offset = NaN] = numbers.map(Number)
      return { id, lower, upper, bottom: offset, top: offset + size }
    })
  const outside = rows.filter((row) => !(row.bottom >= 0 && row.top <= capacity))
  const overlapping = rows.flatMap((a, index) =>
    rows
      .slice(index + 1)
      .filter((b) => a.lower < b.upper && b.lower < a.upper && a.bottom < b.top && b.bottom < a.top)
      .map((b) => `${a.id} and ${b.id}`),
  )
  return [...outside.map(({ id }) => id), ...overlapping]
}
