// Making sure that everything is installed: Debian's packages where we may, npm's always.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { requirements } from './requirements.mjs'
import { contentDigest, isStamped, removeStamp, stamp } from './stamp.mjs'
import { findProgram, run, say, ScriptError } from './process.mjs'

const packagesStamp = 'node_modules/.stowage-packages'

/**
 * Installs what `purpose` needs and is missing; quick when nothing is.
 * @param {keyof typeof requirements} purpose
 */
export function setUp(purpose) {
  checkNode()
  installSystemPackages(purpose)
  installNodePackages()
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new ScriptError(
      `Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org).`,
    )
  }
}

/** @param {keyof typeof requirements} purpose */
function installSystemPackages(purpose) {
  const missing = requirements[purpose].filter((each) => !each.isThere())
  if (missing.length === 0) return
  const packages = missing.map((each) => each.debian)
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`
  if (!isDebian()) {
    throw new ScriptError(
      `Missing: ${missing.map((each) => each.name).join(', ')}.\n` +
        'Install these with your system’s package manager. Emscripten comes as emsdk\n' +
        '(https://emscripten.org/docs/getting_started/downloads.html): activate it so that EMSDK\n' +
        'is set or em++ is in the PATH.',
    )
  }
  const prefix = asAdministrator()
  if (prefix === undefined) {
    throw new ScriptError(
      `Missing system packages. Install them as root, then try again:\n  ${command}`,
    )
  }
  say(`Installing Debian packages: ${packages.join(' ')}`)
  const [program, ...options] = [...prefix, 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run(/** @type {string} */ (program), [...options, 'update'], { env })
  run(
    /** @type {string} */ (program),
    [...options, 'install', '--no-install-recommends', ...packages],
    {
      env,
    },
  )
  const still = missing.filter((each) => !each.isThere())
  if (still.length > 0) {
    throw new ScriptError(
      `Installed, but not found: ${still.map((each) => each.name).join(', ')} ` +
        `(Debian: ${still.map((each) => each.debian).join(' ')}).`,
    )
  }
}

function isDebian() {
  if (findProgram('apt-get') === undefined) return false
  try {
    return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/**
 * What to put before a command to run it as root; undefined when we may not.
 * @returns {string[] | undefined}
 */
function asAdministrator() {
  if (process.getuid?.() === 0) return []
  const sudo = findProgram('sudo')
  if (sudo === undefined) return undefined
  return spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? [sudo, '-n', 'env', 'DEBIAN_FRONTEND=noninteractive']
    : undefined
}

/** Installs what the lock file says, unless that was the last thing installed. */
function installNodePackages() {
  const manifests = ['package.json', 'npm/package.json', 'web/package.json']
  const digest = contentDigest([...manifests, 'package-lock.json'])
  if (isStamped(packagesStamp, digest)) return
  removeStamp(packagesStamp)
  say('Installing npm packages')
  run('npm', ['ci'])
  stamp(packagesStamp, digest)
}
