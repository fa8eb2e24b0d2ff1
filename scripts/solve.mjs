// npm run solve -- FILE --capacity N: the command `stowage solve`, after whatever it takes to have
// it. Arguments, standard input and output and the exit status are the command's own.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { buildPackage } from './lib/build.mjs'
import { root, script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

await script(async () => {
  setUp('building')
  buildPackage()
  const command = [join(root, 'npm/dist/cli/main.js'), 'solve', ...process.argv.slice(2)]
  process.exitCode = await runInPlace(process.execPath, command)
})

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>} the exit status
 */
function runInPlace(program, args) {
  // npm changes to the root; paths are meant from where the user called it.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  const child = spawn(program, args, { cwd, stdio: 'inherit' })
  // The command decides when to end. A terminal interrupts it by itself.
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal)
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      resolve(signal === null ? (status ?? 1) : 128 + constants.signals[signal])
    })
  })
}
