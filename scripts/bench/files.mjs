// Files for the time of a measurement.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What `use` makes of a folder that is there only meanwhile.
 * @template T
 * @param {(folder: string) => T} use
 * @returns {T}
 */
export function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
