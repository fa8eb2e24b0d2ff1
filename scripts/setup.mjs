// npm run setup [-- building]: installs what is missing, for testing unless told otherwise.
import { setUp } from './lib/setup.mjs'
import { script, ScriptError } from './lib/process.mjs'

await script(() => {
  const [purpose = 'testing'] = process.argv.slice(2)
  if (purpose !== 'testing' && purpose !== 'building') {
    throw new ScriptError(`Unknown purpose "${purpose}": it is "building" or "testing".`)
  }
  setUp(purpose)
})
