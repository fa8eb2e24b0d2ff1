// The shared cases of tests/fixtures/cli, run against the Node command and the native one.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { type programs, type Run, runCommand } from './command.js'
import { hasNativeCommand, root } from './paths.js'

type Text = string | string[] | { base64: string } | { file: string }

interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly files?: Readonly<Record<string, Text>>
  readonly stdin?: Text
  readonly status: number
  readonly stdout: Text
  readonly stderr: Text
  readonly outputs?: Readonly<Record<string, Text | null>>
}

const fixtures = join(root, 'tests/fixtures/cli')
const cases = readdirSync(fixtures)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(join(fixtures, name), 'utf8')) as Case[])

const nodeRuns = new Map<string, Run>()

test.each(cases)('Node: $name', async (each) => {
  nodeRuns.set(each.name, await expectCase('node', each))
})

// The same, and down to the counters of the search.
test.skipIf(!hasNativeCommand).each(cases)('native: $name', async (each) => {
  const native = await expectCase('native', each)
  expect(native).toEqual(nodeRuns.get(each.name) ?? native)
})

async function runIn(folder: string, which: keyof typeof programs, each: Case): Promise<Run> {
  for (const [name, content] of Object.entries(each.files ?? {})) {
    writeFileSync(join(folder, name), bytesOf(content))
  }
  const stdin = each.stdin === undefined ? Buffer.alloc(0) : bytesOf(each.stdin)
  return runCommand(which, each.args, { cwd: folder, stdin })
}

/** Runs the case; gives what was printed, without the seconds. */
async function expectCase(which: keyof typeof programs, each: Case): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-cli-'))
  try {
    const run = await runIn(folder, which, each)
    const { status, stdout, stderr } = run
    expect({ status, stdout: masked(stdout), stderr: masked(stderr) }).toEqual({
      status: each.status,
      stdout: bytesOf(each.stdout).toString('latin1'),
      stderr: bytesOf(each.stderr).toString('latin1'),
    })
    expectFiles(folder, { ...each.files, ...each.outputs })
    return withoutSeconds(run)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** That the folder holds just these files. */
function expectFiles(folder: string, files: Readonly<Record<string, Text | null>>): void {
  const present = Object.entries(files).filter(([, content]) => content !== null)
  expect(readdirSync(folder).sort()).toEqual(present.map(([name]) => name).sort())
  for (const [name, content] of present) {
    const found = readFileSync(join(folder, name)).toString('latin1')
    expect(found, name).toBe(content && bytesOf(content).toString('latin1'))
  }
}

function bytesOf(text: Text): Buffer {
  if (typeof text === 'string') return Buffer.from(text)
  if (Array.isArray(text)) return Buffer.from(text.map((line) => `${line}\n`).join(''))
  if ('file' in text) return readFileSync(join(root, text.file))
  return Buffer.from(text.base64, 'base64')
}

/** `text` with a # for what depends on the machine or on the tuning of the engines. */
function masked(text: string): string {
  return text
    .replace(/\d+ nodes, \d+ backtracks, \d+\.\d{3} s$/gm, '# nodes, # backtracks, # s')
    .replace(
      /"nodes":\d+,"backtracks":\d+,"seconds":\d+\.\d{6}/g,
      '"nodes":#,"backtracks":#,"seconds":#',
    )
}

function withoutSeconds(run: Run): Run {
  const replaced = (text: string): string =>
    text.replace(/\d+\.\d{3} s$/gm, '# s').replace(/"seconds":\d+\.\d{6}/g, '"seconds":#')
  return { ...run, stdout: replaced(run.stdout), stderr: replaced(run.stderr) }
}
