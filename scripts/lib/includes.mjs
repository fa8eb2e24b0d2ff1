// Which of the repository's headers a C++ file includes, directly or not.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './process.mjs'

const folders = ['cpp/include', 'cpp/src', 'cpp', 'tests/cpp']

/**
 * @param {string} file relative to the root
 * @returns {string[]} the file itself and its headers, relative to the root, in order of name
 */
export function withHeaders(file) {
  const found = new Set([file])
  // A set yields what is added while it is walked.
  for (const each of found) {
    const text = readFileSync(join(root, each), 'utf8')
    for (const [, name = ''] of text.matchAll(/^#include "([^"]+)"/gm)) {
      const folder = folders.find((candidate) => existsSync(join(root, candidate, name)))
      if (folder !== undefined) found.add(join(folder, name))
    }
  }
  return [...found].sort()
}
