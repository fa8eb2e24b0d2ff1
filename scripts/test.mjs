// npm test: everything, in stages; the first stage that fails ends it. `npm test -- native wasm`
// runs only the stages named.
import { buildPackage, buildPage, buildPreset } from './lib/build.mjs'
import { countsOf } from './lib/counts.mjs'
import { run, runAndShow, script, ScriptError } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

const total = { passed: 0, failed: 0, skipped: 0 }

/** @type {Record<string, { headline: string, run: () => void | Promise<void> }>} */
const stages = {
  setup: {
    headline: 'Set-up',
    run: () => {
      setUp('testing')
    },
  },
  format: {
    headline: 'Format',
    run: () => {
      run('node', ['scripts/format.mjs', '--check'])
    },
  },
  package: {
    headline: 'The npm package: build, types, documentation',
    run: () => {
      buildPackage()
      run('npm', ['run', 'typecheck', '--workspace', 'npm'])
      run('npm', ['run', 'docs', '--workspace', 'npm'])
    },
  },
  lint: {
    headline: 'Lint',
    run: () => {
      run('node', ['scripts/lint.mjs'])
    },
  },
  native: { headline: 'C++ tests, native release', run: () => testPreset('release') },
  sanitize: { headline: 'C++ tests and fuzzers, sanitizers', run: () => testPreset('sanitize') },
  wasm: { headline: 'C++ tests, WebAssembly in Node', run: () => testPreset('wasm') },
  npm: {
    headline: 'Tests of the package, the commands and the examples',
    run: () => count('vitest', 'npx', ['vitest', 'run']),
  },
  web: {
    headline: 'Tests in a browser',
    run: () => {
      buildPage()
      return count('playwright', 'npx', ['playwright', 'test'])
    },
  },
}

await script(async () => {
  const named = process.argv.slice(2)
  const unknown = named.filter((name) => !(name in stages))
  if (unknown.length > 0) {
    throw new ScriptError(
      `No stage ${unknown.join(', ')}: there are ${Object.keys(stages).join(', ')}.`,
    )
  }
  const chosen = Object.entries(stages).filter(
    ([name]) => name === 'setup' || named.length === 0 || named.includes(name),
  )
  try {
    for (const [index, [, stage]] of chosen.entries()) {
      const started = performance.now()
      console.log(`\n=== ${String(index + 1)}/${String(chosen.length)} ${stage.headline}`)
      await stage.run()
      console.log(`=== done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }
  } finally {
    const skipped = total.skipped > 0 ? `, ${String(total.skipped)} skipped` : ''
    console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed${skipped}`)
  }
})

/** @param {import('./lib/build.mjs').Preset} preset */
async function testPreset(preset) {
  // Configured anew, as set-up may have installed what was not there before.
  run('cmake', ['--preset', preset])
  buildPreset(preset)
  await count('ctest', 'ctest', ['--preset', preset])
}

/**
 * Runs a test runner, adds up what it counts, and fails if a test did or if none ran.
 * @param {keyof typeof countsOf} runner
 * @param {string} program
 * @param {string[]} args
 */
async function count(runner, program, args) {
  const { status, output } = await runAndShow(program, args)
  const counts = countsOf[runner](output)
  if (counts !== undefined) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  if (status !== 0) throw new ScriptError(`${runner} failed (exit status ${String(status)})`)
  if (counts === undefined || counts.passed === 0) throw new ScriptError(`${runner} ran no test`)
}
