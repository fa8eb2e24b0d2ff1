import { spawn } from 'node:child_process'

import { nativeCommand, nodeCommand } from './paths.js'

export interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export const programs = {
  node: [process.execPath, nodeCommand],
  native: [nativeCommand],
} as const

/** Runs a command to its end. Bytes that are not UTF-8 come back as Latin-1 would have them. */
export async function runCommand(
  which: keyof typeof programs,
  args: readonly string[],
  { cwd, stdin = Buffer.alloc(0) }: { cwd?: string; stdin?: Uint8Array } = {},
): Promise<Run> {
  const [program, ...first] = programs[which]
  const child = spawn(program, [...first, ...args], { cwd })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A command that fails early does not read its input.
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { status, stdout: text(stdout), stderr: text(stderr) }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('latin1')
}
