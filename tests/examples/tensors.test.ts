// The examples of tensors in Node.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { root, run } from './paths.js'

const source = join(root, 'examples/hologram')
const folder = mkdtempSync(join(tmpdir(), 'stowage-hologram-'))
const programs = readdirSync(source).filter((name) => name.endsWith('.ts'))

// Compiled where the package is installed.
beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'npm'), join(folder, 'node_modules/stowage'))
  const options: ts.CompilerOptions = {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    outDir: folder,
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  for (const name of programs) writeFileSync(join(folder, name), readFileSync(join(source, name)))
  const program = ts.createProgram(
    programs.map((name) => join(folder, name)),
    options,
  )
  const errors = ts.getPreEmitDiagnostics(program)
  expect(
    errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ).toEqual([])
  program.emit()
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function output(name: string): Promise<string[]> {
  const { stdout, stderr } = await run('node', [join(folder, `${name}.js`)], folder)
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

describe('the programs of Hologram', () => {
  it('are eight', () => {
    expect(programs).toHaveLength(8)
  })

  it('basic-operations', async () => {
    expect((await output('basic-operations'))[1]).toBe('First five sums: 0, 3, 6, 9, 12')
  })

  it('simple-executor', async () => {
    expect((await output('simple-executor'))[0]).toMatch(/^128 activations from 0\.4\d+ on$/)
  })

  it('simple-tensor', async () => {
    expect(await output('simple-tensor')).toEqual([
      'Shape [4,3], strides [3,1]',
      `Elements [${Array(12).fill(16).join(',')}]`,
    ])
  })

  it('executor-management', async () => {
    expect(await output('executor-management')).toEqual([
      'Executors 1 and 2',
      'Buffer handle 4 belongs to another executor than 1',
      'Buffer handle 4 is of an executor that was cleaned up',
      'The first still has [1,1,1,1,1,1,1,1]',
      'The next executor is 5',
    ])
  })

  it('buffer-operations', async () => {
    const lines = await output('buffer-operations')
    expect(lines.slice(0, 3)).toEqual([
      'Linear: 10 elements, 40 bytes, class 0',
      'Boundary: 3072 elements, 12288 bytes, class 21',
      'Clipped: [-1,-1,-1,-0.5,0,0.5,1,1,1,1]',
    ])
    expect(lines.slice(-3)).toEqual(['Sum 2', 'Min -5', 'Max 5'])
  })

  it('tensor-operations', async () => {
    const lines = await output('tensor-operations')
    expect(lines[1]).toBe(
      'Transposed: shape [4,3], strides [1,4], offset 0, not contiguous, shared',
    )
    expect(lines[3]).toBe('Its elements: [1,5,9,2,6,10,3,7,11,4,8,12]')
    expect(lines.at(-1)).toBe('Its elements: [30,70,110,70,174,278,110,278,446]')
  })

  it('error-handling', async () => {
    const lines = await output('error-handling')
    expect(lines).toHaveLength(9)
    for (const line of lines.slice(0, 8)) {
      expect(line).toMatch(/: (invalid-argument|parse-error): /)
    }
    expect(lines.at(-1)).toBe('It still works: [1,1,1,1,1,1,1,1,1,1]')
  })

  it('performance-benchmarks', async () => {
    const lines = await output('performance-benchmarks')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(line).toMatch(/: [\d.]+ ms, [\d.]+ GFLOP\/s$/)
  })
})

describe('the network', () => {
  it('reads nearly all new digits', async () => {
    const { stdout } = await run('node', ['examples/digits/train.mjs'])
    const percent = Number(/reads ([\d.]+) % of new digits/.exec(stdout)?.[1])
    expect(percent).toBeGreaterThan(95)
  })
})
