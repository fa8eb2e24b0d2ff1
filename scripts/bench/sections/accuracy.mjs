// The largest errors of functions of one float, over all 2^32 of them: the native test of accuracy,
// which otherwise looks at every 256th.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPreset } from '../../lib/build.mjs'
import { root, ScriptError } from '../../lib/process.mjs'
import { withFolder } from '../files.mjs'
import { parsed } from '../json.mjs'
import { digits, table } from '../markdown.mjs'
import { tests } from '../places.mjs'

export const title = 'Accuracy'

/**
 * A test as GoogleTest reports it, with what the test recorded.
 * @typedef {{ name: string, bound?: string, largest_error?: string, at?: string, failures?: object[] }} Test
 */

/** @returns {import('./section.mjs').Section} */
export function run() {
  buildPreset('release', ['stowage_tests'])
  const rows = runTests()
    .filter(({ largest_error: error }) => error !== undefined)
    .map((test) => [
      functionOf(test.name),
      ...errors(Number(test.largest_error), Number(test.bound)),
      test.at ?? '',
      isWithin(test) ? '' : 'exceeded',
    ])
  return { text: table(['function', 'largest error', 'stated', 'at', ''], rows) }
}

/** @returns {Test[]} also of those that fail: how far off they are is what is asked */
function runTests() {
  return withFolder((folder) => {
    const report = join(folder, 'report.json')
    const { stdout } = spawnSync(
      tests,
      ['--gtest_filter=Accuracy.*', `--gtest_output=json:${report}`],
      { cwd: root, encoding: 'utf8', env: { ...process.env, STOWAGE_ALL_FLOATS: '1' } },
    )
    if (!existsSync(report)) throw new ScriptError(stdout)
    /** @type {{ testsuites: { testsuite: Test[] }[] }} */
    const { testsuites } = parsed(readFileSync(report, 'utf8'))
    const all = testsuites.flatMap(({ testsuite }) => testsuite)
    const broken = all.find((each) => each.failures !== undefined && isWithin(each))
    if (broken) throw new ScriptError(stdout)
    return all
  })
}

/** @param {Test} test one that found no error, or none beyond the bound */
function isWithin({ bound, largest_error: error }) {
  return error === undefined || Number(error) <= Number(bound)
}

/** GeluErf is gelu_erf. @param {string} name of a test */
function functionOf(name) {
  return name.replace(/(?<=.)([A-Z])/g, '_$1').toLowerCase()
}

/**
 * In units of the last place, or absolutely where the bound is that small.
 * @param {number[]} values
 */
function errors(...values) {
  const isAbsolute = values.some((each) => each < 1e-3)
  return values.map((each) => (isAbsolute ? each.toExponential(2) : `${digits(each)} ulp`))
}
