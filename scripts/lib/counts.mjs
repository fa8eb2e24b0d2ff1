// How many tests ran, from what the runners print at their end.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** The escape sequences that colour a terminal's text. */
// eslint-disable-next-line no-control-regex
const colours = /\u001b\[[0-9;]*m/g

/**
 * @param {RegExp} pattern with one group: a number
 * @param {string} text
 */
function number(pattern, text) {
  return Number(pattern.exec(text)?.[1] ?? 0)
}

/**
 * The closing lines of CTest, Vitest and Playwright. Undefined when there are none: then no test
 * ran, whatever the exit status says.
 * @type {Record<'ctest' | 'vitest' | 'playwright', (output: string) => Counts | undefined>}
 */
export const countsOf = {
  ctest(output) {
    const total = /tests passed, (\d+) tests? failed out of (\d+)/.exec(output)
    if (total === null) return undefined
    const failed = Number(total[1])
    const skipped = output.match(/^\s*\d+ - .* \((Skipped|Disabled|Not Run)\)$/gm)?.length ?? 0
    return { passed: Number(total[2]) - failed - skipped, failed, skipped }
  },

  vitest(output) {
    const line = /^\s*Tests\s+(.*)\(\d+\)\s*$/m.exec(output.replace(colours, ''))?.[1]
    if (line === undefined) return undefined
    return {
      passed: number(/(\d+) passed/, line),
      failed: number(/(\d+) failed/, line),
      skipped: number(/(\d+) (?:skipped|todo)/, line),
    }
  },

  playwright(output) {
    const text = output.replace(colours, '')
    const counts = {
      passed: number(/^\s*(\d+) passed\b/m, text),
      failed: number(/^\s*(\d+) failed\b/m, text),
      skipped: number(/^\s*(\d+) (?:skipped|did not run)\b/m, text),
    }
    return counts.passed + counts.failed + counts.skipped > 0 ? counts : undefined
  },
}
