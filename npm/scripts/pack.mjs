// Before the package is packed: the licence, which is kept at the root of the repository, comes
// with it, and everything that it promises has been built.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const promised = [
  ...['index.js', 'slim.js', 'pool.js', 'worker.js', 'element.js', 'element-define.js'],
  ...['index.d.ts', 'pool.d.ts', 'element.d.ts', 'core.wasm', 'cli/main.js'],
]
const missing = promised.filter((file) => !existsSync(join(root, 'dist', file)))
if (missing.length > 0) {
  console.error(`dist/ lacks ${missing.join(', ')}: run "npm run build" first`)
  process.exit(1)
}
copyFileSync(join(root, '../LICENSE'), join(root, 'LICENSE'))
