// npm run lint [-- --all]: the linters of both languages. clang-tidy, the slow one, looks only at
// what has changed since it was last content, unless told to look at everything.
import { cpus } from 'node:os'
import { spawn } from 'node:child_process'
import { buildPackage } from './lib/build.mjs'
import { withHeaders } from './lib/includes.mjs'
import { root, run, say, script, ScriptError } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'
import { contentDigest, filesBelow, isStamped, stamp } from './lib/stamp.mjs'

await script(async () => {
  const isAll = process.argv.includes('--all')
  setUp('testing')
  // The tests and examples take the package's types from what is built.
  buildPackage()
  run('npx', ['eslint', '.'])
  run('npx', ['tsc', '--project', '.'])
  run('npm', ['run', '--silent', 'typecheck', '--workspace', 'web'])
  await lintCpp(isAll)
})

/** @param {boolean} isAll */
async function lintCpp(isAll) {
  // clang's own build: its commands hold no options that only g++ knows. Anew each time, as only so
  // it knows the files that have come since.
  run('cmake', ['--preset', 'sanitize'])
  const sources = filesBelow(['cpp/src', 'cpp/cli', 'cpp/problems', 'tests/cpp'])
    .filter((file) => file.endsWith('.cc'))
    .map((file) => ({
      file,
      stamp: `build/lint/${file}`,
      digest: contentDigest(['.clang-tidy', 'tests/cpp/.clang-tidy', ...withHeaders(file)]),
    }))
  const stale = sources.filter((each) => isAll || !isStamped(each.stamp, each.digest))
  if (stale.length > 0)
    say(`clang-tidy: ${String(stale.length)} of ${String(sources.length)} files`)
  const queue = [...stale]
  /** @type {string[]} */
  const failed = []
  const worker = async () => {
    for (let each = queue.shift(); each !== undefined; each = queue.shift()) {
      if (await tidy(each.file)) stamp(each.stamp, each.digest)
      else failed.push(each.file)
    }
  }
  await Promise.all(cpus().map(worker))
  if (failed.length > 0) throw new ScriptError(`clang-tidy complains about ${failed.join(', ')}`)
}

/**
 * @param {string} file
 * @returns {Promise<boolean>} whether clang-tidy has nothing to say
 */
function tidy(file) {
  return new Promise((resolve, reject) => {
    const child = spawn('clang-tidy-14', ['-p', 'build/sanitize', '--quiet', file], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (/** @type {Buffer} */ text) => (output += text.toString()))
    child.stderr.resume() // Counts of the warnings in system headers, which are not shown.
    child.on('error', reject)
    child.on('close', (status) => {
      if (status !== 0) say(output)
      resolve(status === 0)
    })
  })
}
