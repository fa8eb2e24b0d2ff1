// npm run format [-- --check]: formats everything, or says what is not formatted.
import { extname } from 'node:path'
import { run, script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'
import { filesBelow } from './lib/stamp.mjs'

await script(() => {
  const isCheck = process.argv.includes('--check')
  setUp('testing')
  const sources = filesBelow(['cpp', 'tests/cpp', 'tests/fuzz', 'examples']).filter((file) =>
    ['.h', '.cc'].includes(extname(file)),
  )
  run('clang-format-14', [...(isCheck ? ['--dry-run', '--Werror'] : ['-i']), ...sources])
  run('npx', ['prettier', isCheck ? '--check' : '--write', '--log-level', 'warn', '.'])
})
