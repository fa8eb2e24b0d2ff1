// npm run build: the WebAssembly module and the npm package.
import { buildPackage } from './lib/build.mjs'
import { script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

await script(() => {
  setUp('building')
  buildPackage()
})
