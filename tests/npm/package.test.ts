// The package as others get it: packed, installed in an empty folder, type-checked and run there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { hasData, minimallocProblems } from './paths.js'

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
      [
        'LICENSE',
        'README.md',
        'bin/stowage.js',
        'package.json',
        'dist/index.js',
        'dist/slim.js',
        'dist/worker.js',
        'dist/core.wasm',
        'dist/cli/main.js',
      ].includes(path)
    expect(files.filter((path) => !isExpected(path))).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/cli/main.js']),
    )
  })

  test('is within its size budget', () => {
    const budget = JSON.parse(
      readFileSync(join(root, 'tests/npm/size-budget.json'), 'utf8'),
    ) as Record<string, number>
    for (const [file, bytes] of Object.entries(budget)) {
      const size = gzipSync(readFileSync(join(packageFolder, file)), { level: 9 }).length
      expect(size, file).toBeLessThanOrEqual(bytes)
    }
  })

  test('names no module of Node outside the command', () => {
    for (const entry of ['index', 'slim', 'worker']) {
      const text = readFileSync(join(packageFolder, `dist/${entry}.js`), 'utf8')
      expect(text).not.toMatch(/["'`]node:|\brequire\(|\beval\(|new Function\(/)
      expect(text).not.toMatch(/^\s*(?:import|await)\b/m)
    }
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

const params: SolverParams = { timeoutSeconds: 1, engine: 'valley', onProgress: (p) => void p.height }
const { Problem: P, Solver, SolverPool, validateSolution, solveInWorker } = await load()
const problem: Problem = new P([{ id: 'a', lower: 0, upper: 1, size: 1 }], { capacity: 1 })
const plan: Plan = await new Solver(params).solve(problem)
const first: Buffer | undefined = problem.buffers[0]
const verdict: 'good' | string = validateSolution(problem, plan.offsets)
new SolverPool({ size: 1 }).dispose()
void [first, verdict, slim, solveInWorker, StowageError]
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
