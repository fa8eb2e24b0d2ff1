// What the project needs from the system, by purpose, and how to see whether it is there.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './process.mjs'

/**
 * @typedef {object} Requirement
 * @property {string} name as its makers call it
 * @property {string} debian the Debian package that has it
 * @property {() => boolean} isThere
 */

/**
 * @param {string} name
 * @param {string} debian
 * @param {string[]} programs any of which will do
 * @returns {Requirement}
 */
function program(name, debian, ...programs) {
  return { name, debian, isThere: () => programs.some((each) => findProgram(each) !== undefined) }
}

/** An emsdk that is activated, or em++ in the PATH, or Debian's package. */
function hasEmscripten() {
  const emsdk = process.env.EMSDK
  return (
    (emsdk !== undefined && existsSync(join(emsdk, 'upstream/emscripten/em++'))) ||
    findProgram('em++') !== undefined
  )
}

/** The run-time libraries of clang's sanitizers and of libFuzzer. */
function hasClangRuntime() {
  const base = '/usr/lib'
  if (process.platform !== 'linux') return true
  return readdirSync(base)
    .filter((name) => name.startsWith('llvm-'))
    .map((name) => join(base, name, 'lib/clang'))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((version) => join(path, version, 'lib')))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((platform) => join(path, platform)))
    .some((path) => readdirSync(path).some((name) => name.startsWith('libclang_rt.fuzzer')))
}

/**
 * @param {string} path below a folder of the system's headers
 * @returns {boolean}
 */
function hasHeader(path) {
  return ['/usr/include', '/usr/local/include', '/opt/homebrew/include'].some((folder) =>
    existsSync(join(folder, path)),
  )
}

/** @type {Requirement[]} */
const forBuilding = [
  program('CMake 3.25 or newer', 'cmake', 'cmake'),
  program('Ninja', 'ninja-build', 'ninja'),
  { name: 'Emscripten 3.1.6 or newer', debian: 'emscripten', isThere: hasEmscripten },
  {
    name: "stb's headers",
    debian: 'libstb-dev',
    isThere: () => hasHeader('stb/stb_image_write.h') || hasHeader('stb_image_write.h'),
  },
]

/** @type {Requirement[]} */
const forTesting = [
  ...forBuilding,
  program('g++ 12 or newer', 'g++', 'g++'),
  {
    name: 'nlohmann-json 3.10 or newer',
    debian: 'nlohmann-json3-dev',
    isThere: () => hasHeader('nlohmann/json.hpp'),
  },
  program('clang 14 or newer', 'clang', 'clang++'),
  { name: "clang's run-time libraries", debian: 'libclang-rt-dev', isThere: hasClangRuntime },
  program('llvm-symbolizer', 'llvm', 'llvm-symbolizer'),
  program('clang-format 14', 'clang-format-14', 'clang-format-14'),
  program('clang-tidy 14', 'clang-tidy-14', 'clang-tidy-14'),
  {
    name: 'the sources of GoogleTest',
    debian: 'googletest',
    isThere: () => existsSync('/usr/src/googletest/CMakeLists.txt'),
  },
  {
    name: 'Google Benchmark',
    debian: 'libbenchmark-dev',
    isThere: () => hasHeader('benchmark/benchmark.h'),
  },
  program('Chromium', 'chromium', 'chromium', 'chromium-browser', 'google-chrome'),
  program('git', 'git', 'git'),
]

/** What `npm run solve` and `npm run build` need, and what `npm test` needs beyond. */
export const requirements = { building: forBuilding, testing: forTesting }
