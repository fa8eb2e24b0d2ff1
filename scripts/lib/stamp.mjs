// Remembering what a step was done for, so that it is not done again while nothing has changed.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './process.mjs'

const skipped = new Set(['node_modules', 'dist', 'build', '.git'])

/**
 * All files below the given files and folders of the repository, by path.
 * @param {string[]} paths relative to the root; missing ones have no files
 * @returns {string[]} relative to the root
 */
export function filesBelow(paths) {
  /** @type {string[]} */
  const files = []
  /** @param {string} path */
  const visit = (path) => {
    const info = statSync(join(root, path), { throwIfNoEntry: false })
    if (info?.isFile()) files.push(path)
    if (!info?.isDirectory()) return
    for (const name of readdirSync(join(root, path))) {
      if (!skipped.has(name)) visit(join(path, name))
    }
  }
  paths.forEach(visit)
  return files.sort()
}

/**
 * A digest that changes when a file below `paths` is added, removed or written.
 * @param {string[]} paths
 */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const file of filesBelow(paths)) {
    const { mtimeMs, size } = statSync(join(root, file))
    hash.update(`${file}\0${String(mtimeMs)}\0${String(size)}\n`)
  }
  return hash.digest('hex')
}

/**
 * A digest of what the files hold.
 * @param {string[]} files
 */
export function contentDigest(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${String(content.length)}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Whether the step that keeps its stamp in `file` was last done for `digest`.
 * @param {string} file relative to the root
 * @param {string} digest
 */
export function isStamped(file, digest) {
  try {
    return readFileSync(join(root, file), 'utf8') === digest
  } catch {
    return false
  }
}

/**
 * @param {string} file
 * @param {string} digest
 */
export function stamp(file, digest) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), digest)
}

/** @param {string} file */
export function removeStamp(file) {
  rmSync(join(root, file), { force: true })
}
