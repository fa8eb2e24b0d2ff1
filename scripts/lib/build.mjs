// Building with CMake and npm.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, say } from './process.mjs'
import { fingerprint, isStamped, removeStamp, stamp } from './stamp.mjs'

/** @typedef {'debug' | 'release' | 'sanitize' | 'wasm'} Preset */

/**
 * Configures a CMake preset, where that was not done.
 * @param {Preset} preset
 */
function configurePreset(preset) {
  if (!existsSync(join(root, 'build', preset, 'build.ninja'))) run('cmake', ['--preset', preset])
}

/**
 * Builds a CMake preset.
 * @param {Preset} preset
 * @param {string[]} [targets] everything, unless named
 */
export function buildPreset(preset, targets = []) {
  configurePreset(preset)
  const chosen = targets.length === 0 ? [] : ['--target', ...targets]
  run('cmake', ['--build', '--preset', preset, ...chosen])
}

const sources = {
  module: ['CMakeLists.txt', 'CMakePresets.json', 'cmake', 'cpp', 'scripts/lib/build.mjs'],
  package: ['npm', 'cpp/cli/help', 'tsconfig.base.json', 'package-lock.json', 'LICENSE'],
}
const results = [
  'build/wasm/cpp/bindings/stowage.js',
  'build/wasm/cpp/bindings/stowage.wasm',
  'build/wasm/cpp/bindings/pool.js',
  'build/wasm/cpp/bindings/pool.wasm',
  'build/wasm/cpp/bindings/tensor.js',
  'build/wasm/cpp/bindings/tensor.wasm',
  'npm/dist/index.js',
  'npm/dist/cli/main.js',
]
const packageStamp = 'build/package.stamp'

/** Builds the WebAssembly modules and the npm package, unless they are up to date. */
export function buildPackage() {
  const digest = fingerprint([...sources.module, ...sources.package])
  const isComplete = results.every((file) => existsSync(join(root, file)))
  if (isComplete && isStamped(packageStamp, digest)) return
  removeStamp(packageStamp)
  say('Building the WebAssembly modules')
  buildPreset('wasm', ['stowage_module', 'stowage_pool_module', 'stowage_tensor_module'])
  say('Building the npm package')
  run('npm', ['run', '--silent', 'build', '--workspace', 'npm'])
  stamp(packageStamp, digest)
}

const pageSources = ['web', 'examples/input.12.csv', 'examples/problems']
const pageStamp = 'build/page.stamp'

/** Builds the playground into web/dist, after what it is made of, unless it is up to date. */
export function buildPage() {
  buildPackage()
  const digest = fingerprint([...sources.module, ...sources.package, ...pageSources])
  if (existsSync(join(root, 'web/dist/index.html')) && isStamped(pageStamp, digest)) return
  removeStamp(pageStamp)
  say('Building the playground')
  run('npm', ['run', '--silent', 'build', '--workspace', 'web'])
  stamp(pageStamp, digest)
}
