// Builds dist/ from src/ and from the WebAssembly module (CMake preset `wasm`):
//
//   node scripts/build.mjs [FOLDER]    FOLDER holds X.js and X.wasm for each of `modules`
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '..')
const dist = join(root, 'dist')
const moduleFolder = resolve(
  process.argv[2] ?? process.env.STOWAGE_MODULE ?? join(root, '../build/wasm/cpp/bindings'),
)
/** What `src` imports a module's parts as, and the name of its files. */
const modules = { stowage: 'stowage', 'stowage-pool': 'pool', 'stowage-tensor': 'tensor' }

for (const name of Object.values(modules)) {
  if (existsSync(moduleFile(name, 'wasm')) && existsSync(moduleFile(name, 'js'))) continue
  console.error(`${moduleFolder} has no ${name}.js and ${name}.wasm: build the preset wasm first`)
  process.exit(1)
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
await Promise.all([bundleLibrary(), bundleWorker(), bundleCommand()])
copyFileSync(moduleFile('stowage', 'wasm'), join(dist, 'core.wasm'))
emitTypes()

// What the entries share is in chunks, so that a plan of one is a plan for the others. The chunks lie
// beside worker.js, which one of them names relative to itself.
async function bundleLibrary() {
  await build({
    ...library(),
    entryPoints: {
      index: join(root, 'src/index.ts'),
      planner: join(root, 'src/planner.ts'),
      slim: join(root, 'src/slim.ts'),
      pool: join(root, 'src/pool.ts'),
      tensor: join(root, 'src/tensor.ts'),
      hologram: join(root, 'src/hologram.ts'),
      element: join(root, 'src/element.ts'),
      'element-define': join(root, 'src/element-define.ts'),
    },
    splitting: true,
    chunkNames: 'chunk-[hash]',
  })
}

// One file that needs no other, as a worker may be started from a copy of it.
async function bundleWorker() {
  await build({ ...library(), entryPoints: { worker: join(root, 'src/worker.ts') } })
}

/** @returns {import('esbuild').BuildOptions} */
function library() {
  return {
    ...common(),
    platform: 'neutral',
    // Names stay, for stack traces and the console.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [moduleParts()],
  }
}

// The command is a thin layer over entries of the package, which stay files of their own.
async function bundleCommand() {
  const entry = join(root, 'src/cli/main.ts')
  if (!existsSync(entry)) return
  await build({
    ...common(),
    entryPoints: { 'cli/main': entry },
    platform: 'node',
    loader: { '.txt': 'text' },
    plugins: [entriesBeside()],
  })
}

/** @returns {import('esbuild').BuildOptions} */
function common() {
  const file = readFileSync(join(root, 'package.json'), 'utf8')
  /** @type {unknown} */
  const manifest = JSON.parse(file)
  const { version } = /** @type {{ version: string }} */ (manifest)
  return {
    outdir: dist,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    define: { STOWAGE_VERSION: JSON.stringify(version) },
  }
}

// Supplies `stowage-glue` (Emscripten's loader) and `stowage-wasm` (the module, gzip in base64: as
// plain base64 it would travel a third larger, however it is compressed on the way), and the same of
// the other modules.
/** @returns {import('esbuild').Plugin} */
function moduleParts() {
  return {
    name: 'module-parts',
    setup(build) {
      build.onResolve({ filter: /^stowage(-pool|-tensor)?-(glue|wasm)$/ }, ({ path }) => ({
        path,
        namespace: 'module-part',
        sideEffects: false,
      }))
      build.onLoad({ filter: /-glue$/, namespace: 'module-part' }, async ({ path }) => {
        // The loader is always given the module, so it need not know where it came from; bundlers
        // that make classic scripts would trip over the expression.
        const file = moduleFile(nameOf(path, '-glue'), 'js')
        const glue = readFileSync(file, 'utf8').replaceAll('import.meta.url', '"file:///"')
        const { code } = await transform(glue, { minify: true, format: 'esm', target: 'es2022' })
        return { contents: code, loader: 'js' }
      })
      build.onLoad({ filter: /-wasm$/, namespace: 'module-part' }, ({ path }) => {
        const file = moduleFile(nameOf(path, '-wasm'), 'wasm')
        const wasm = gzipSync(readFileSync(file), { level: 9 })
        return { contents: `export default "${wasm.toString('base64')}"`, loader: 'js' }
      })
    },
  }
}

/**
 * @param {string} path
 * @param {string} part
 */
function nameOf(path, part) {
  return modules[/** @type {keyof typeof modules} */ (path.slice(0, -part.length))]
}

/**
 * @param {string} name
 * @param {'js' | 'wasm'} extension
 */
function moduleFile(name, extension) {
  return join(moduleFolder, `${name}.${extension}`)
}

// The command's own files are in its folder or below it.
/** @returns {import('esbuild').Plugin} */
function entriesBeside() {
  return {
    name: 'entries-beside',
    setup(build) {
      build.onResolve({ filter: /^\.\.\/(planner|pool)\.js$/ }, ({ path }) => ({
        path,
        external: true,
      }))
    },
  }
}

function emitTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const project = join(root, 'tsconfig.build.json')
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' })
}
