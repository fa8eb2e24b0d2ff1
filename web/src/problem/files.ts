// Files from the person's disk. Nothing of them leaves this machine.
import { StowageError } from 'stowage/slim'

import { callModule } from '../solve/module'

/** Larger files are not read: the page would become slow, where the command is not. */
export const largestFile = 100_000_000

/** Why a file was not taken, in a sentence for a person. */
export class FileError extends Error {}

/**
 * The text of a file. Rejects with a {@link FileError} when it is too large, in which case not a byte
 * of it is read, and when it is no text.
 */
export async function readFile(file: File): Promise<string> {
  if (file.size > largestFile) {
    throw new FileError(
      `${file.name} has ${megabytes(file.size)}. This page reads files up to ` +
        `${megabytes(largestFile)}: for larger ones use the command, stowage solve ${file.name}.`,
    )
  }
  const bytes = await bytesOf(file)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // No UTF-8: the reader knows what it is instead.
  }
  throw new FileError(`${file.name} is not a CSV file that this page can read. ${faultOf(bytes)}`)
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw new FileError(`${file.name} could not be read. Is it a folder, or was it moved?`)
  }
}

/** What the reader has against bytes that are no text. */
function faultOf(bytes: Uint8Array): string {
  try {
    callModule(({ Problem }) => Problem.fromCsv(bytes, { capacity: Infinity }))
    return ''
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    return `It says: ${error.message}.`
  }
}

function megabytes(size: number): string {
  return `${(size / 1e6).toFixed(size < 1e7 ? 1 : 0)} MB`
}
