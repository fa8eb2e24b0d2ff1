// npm run build: the WebAssembly module, the npm package, and the playground in web/dist.
import { buildPage } from './lib/build.mjs'
import { script } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

await script(() => {
  setUp('building')
  buildPage()
})
