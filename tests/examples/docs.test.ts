import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, StowageError } from 'stowage'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { localLinks, runnableSnippets, type Snippet } from './markdown.js'
import { root, run } from './paths.js'

const minutes = 60_000
const folder = mkdtempSync(join(tmpdir(), 'stowage-docs-'))

// A project with the package installed, and the example problems where the snippets look for them.
beforeAll(() => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const command = join(root, 'npm/dist/cli/main.js')
  chmodSync(command, 0o755)
  symlinkSync(command, join(folder, 'node_modules/.bin/stowage'))
  symlinkSync(join(root, 'npm'), join(folder, 'node_modules/stowage'))
  symlinkSync(join(root, 'examples'), join(folder, 'examples'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const runners: Record<string, (snippet: Snippet, file: string) => Promise<string>> = {
  js: async ({ code }, file) => runScript(code, `${file}.mjs`),
  ts: async ({ code }, file) => {
    expect(typeErrors(code, `${file}.mts`)).toEqual([])
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
    return runScript(ts.transpile(code, options), `${file}.mjs`)
  },
  sh: async ({ code }) => (await run('bash', ['-euo', 'pipefail', '-c', code], folder)).stdout,
  cpp: async ({ code }) => {
    // In one place for all runs, so that the core is not built anew each time.
    const source = join(root, 'build/examples/docs')
    const build = join(source, 'build')
    mkdirSync(source, { recursive: true })
    writeFileSync(join(source, 'snippet.cc'), code)
    writeFileSync(join(source, 'CMakeLists.txt'), cmakeProject)
    await run('cmake', ['-S', source, '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release'])
    await run('cmake', ['--build', build])
    return (await run(join(build, 'snippet'), [])).stdout
  },
}

async function runScript(code: string, file: string): Promise<string> {
  writeFileSync(file, code)
  return (await run('node', [file], folder)).stdout
}

const cmakeProject = `
cmake_minimum_required(VERSION 3.25)
project(snippet LANGUAGES CXX)
add_subdirectory("${root}" stowage EXCLUDE_FROM_ALL)
add_executable(snippet snippet.cc)
target_compile_features(snippet PRIVATE cxx_std_20)
target_link_libraries(snippet PRIVATE stowage_core)
`

function typeErrors(code: string, file: string): string[] {
  writeFileSync(file, code)
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  })
  const flatten = (text: string | ts.DiagnosticMessageChain): string =>
    ts.flattenDiagnosticMessageText(text, '\n')
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => flatten(messageText))
}

describe('the snippets of the documentation', () => {
  const snippets = runnableSnippets()

  it.each(
    snippets.map((snippet, i) => ({ ...snippet, file: join(folder, `snippet${String(i)}`) })),
  )('$place', { timeout: 10 * minutes }, async (snippet) => {
    const runner = runners[snippet.language]
    if (runner === undefined) throw new Error(`no runner for ${snippet.language}`)
    const output = await runner(snippet, snippet.file)
    if (snippet.output !== undefined) expect(output.trimEnd()).toBe(snippet.output)
  })
})

describe('the links of the documentation', () => {
  it.each(localLinks())('$page: $link', ({ path }) => {
    expect(existsSync(path)).toBe(true)
  })
})

describe('the errors in docs/csv.md', async () => {
  const { Problem } = await load()
  const text = readFileSync(join(root, 'docs/csv.md'), 'utf8')
  const row =
    /^\| `(?<line>[^`]+)` +\| `(?<code>parse-error|invalid-argument)` +\| (?<message>.*?) +\|$/gm
  const rows = [...text.matchAll(row)].map((match) => ({ ...match.groups }))

  it('are found', () => {
    expect(rows.length).toBeGreaterThan(10)
  })

  it.each(rows)('$line', ({ line = '', code, message }) => {
    const csv = `id,lower,upper,size,alignment,gaps,offset\n${line}`
    try {
      Problem.fromCsv(csv, { capacity: 12 })
    } catch (error) {
      if (!(error instanceof StowageError)) throw error
      expect(error.code).toBe(code)
      expect(error.message).toBe(message)
      expect(`line ${String(error.line)}, column ${String(error.column)}`).toBe(
        message?.split(':')[0],
      )
      return
    }
    throw new Error('was read')
  })
})
