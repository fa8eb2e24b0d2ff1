/** Files as the command reads and writes them. "-" is standard input or output. */
import {
  closeSync,
  fchmodSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'

import { cannotRead, cannotWrite, reason } from './messages.js'

/** An error that the user is told of in one line. */
export class CommandError extends Error {}

const standardInput = 0
const standardOutput = 1

/** How messages name an input file. */
export function inputName(file: string): string {
  return file === '-' ? 'standard input' : file
}

export function readFile(file: string): Uint8Array {
  try {
    return file === '-' ? readStandardInput() : readFileSync(file)
  } catch (error) {
    throw new CommandError(`${inputName(file)}: ${cannotRead(reason(error))}`)
  }
}

/**
 * Writes a regular file beside its place first, so that it is there whole or not at all; devices
 * and pipes in place.
 */
export function writeFile(file: string, content: Uint8Array): void {
  if (file === '-') {
    writeOutput(content)
    return
  }
  try {
    const status = statSync(file, { throwIfNoEntry: false })
    if (status?.isFile() === false) writeInPlace(file, content)
    else writeBeside(file, status, content)
  } catch (error) {
    throw new CommandError(`${file}: ${cannotWrite(reason(error))}`)
  }
}

/** To standard output. */
export function writeOutput(content: string | Uint8Array): void {
  try {
    writeAll(standardOutput, Buffer.from(content))
  } catch (error) {
    throw new CommandError(`standard output: ${cannotWrite(reason(error))}`)
  }
}

function readStandardInput(): Uint8Array {
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = Buffer.alloc(1 << 16)
    const count = retried(() => readSync(standardInput, chunk))
    if (count === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, count))
  }
}

function writeAll(descriptor: number, content: Uint8Array): void {
  let written = 0
  while (written < content.length) {
    written += retried(() => writeSync(descriptor, content, written))
  }
}

/** Descriptors that others share may be set not to wait. */
function retried(attempt: () => number): number {
  for (;;) {
    try {
      return attempt()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function writeInPlace(file: string, content: Uint8Array): void {
  const descriptor = openSync(file, 'r+')
  try {
    writeAll(descriptor, content)
  } finally {
    closeSync(descriptor)
  }
}

function writeBeside(file: string, status: Stats | undefined, content: Uint8Array): void {
  // Where a chain of symbolic links leads, so that they stay.
  const place = status === undefined ? file : realpathSync(file)
  const beside = `${place}.${String(process.pid)}.${Math.random().toString(36).slice(2, 8)}`
  const descriptor = openSync(beside, 'wx')
  try {
    try {
      writeAll(descriptor, content)
      if (status !== undefined) fchmodSync(descriptor, status.mode & 0o7777)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, place)
  } catch (error) {
    unlinkSync(beside)
    throw error
  }
}
