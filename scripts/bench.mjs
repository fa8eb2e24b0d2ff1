// npm run bench [-- [--write] [SECTION...]]: every figure of docs/benchmarks.md that does not need a
// browser, printed as Markdown. SECTION is one or more of those below; without any, all of them. With
// --write they replace those in docs/benchmarks.md, and the pictures in docs/plots.
//
// Public problems are read from STOWAGE_DATA, by default ../shared/data beside the repository, and
// left out where absent. bench/peers.mjs, bench/pool-peers.mjs and bench/tensor-peers.mjs tell how other
// planners, pools and executors are measured in the same run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from './bench/machine.mjs'
import { writeBlock } from './bench/markdown.mjs'
import { hasMinimalloc, peers } from './bench/peers.mjs'
import { hasPoolPeers } from './bench/pool-peers.mjs'
import { publicProblems } from './bench/places.mjs'
import * as accuracy from './bench/sections/accuracy.mjs'
import * as explain from './bench/sections/explain.mjs'
import * as growth from './bench/sections/growth.mjs'
import * as large from './bench/sections/large.mjs'
import * as minimize from './bench/sections/minimize.mjs'
import * as parts from './bench/sections/parts.mjs'
import * as peersSection from './bench/sections/peers.mjs'
import * as perfect from './bench/sections/perfect.mjs'
import * as pool from './bench/sections/pool.mjs'
import * as race from './bench/sections/race.mjs'
import * as tensor from './bench/sections/tensor.mjs'
import * as tight from './bench/sections/tight.mjs'
import * as twins from './bench/sections/twins.mjs'
import { buildPackage, buildPreset } from './lib/build.mjs'
import { root, say, script, ScriptError } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

/** @type {Record<string, { title: string, run: () => import('./bench/sections/section.mjs').Section, needs?: boolean }>} */
const sections = {
  tight: { ...tight, needs: publicProblems('minimalloc').length > 0 },
  twins: { ...twins, needs: publicProblems('minimalloc').length > 0 },
  perfect,
  explain,
  minimize: { ...minimize, needs: publicProblems('minimalloc').length > 0 },
  large: { ...large, needs: publicProblems('large').length > 0 },
  peers: { ...peersSection, needs: peers.length > 0 },
  growth,
  race: { ...race, needs: publicProblems('minimalloc').length > 0 },
  pool,
  tensor,
  accuracy,
  parts,
}

await script(async () => {
  const { isWriting, names } = readArguments(process.argv.slice(2))
  setUp('testing')
  buildPreset('release', ['stowage', 'stowage_bench', 'stowage_solve_bench', 'stowage_pool_bench'])
  buildPackage()
  if (!hasMinimalloc) say('MiniMalloc is left out: STOWAGE_MINIMALLOC does not name it.')
  if (names.includes('pool') && !hasPoolPeers) {
    say('Other pools are left out: STOWAGE_POOL_PEERS does not name a program that runs them.')
  }
  if (names.includes('tensor')) {
    buildPreset('wasm', ['stowage_ceiling'])
    for (const variable of ['STOWAGE_TENSOR_PEERS', 'STOWAGE_NATIVE_TENSOR_PEERS']) {
      if (process.env[variable] === undefined) {
        say(`Other executors are left out: ${variable} does not name a program that runs them.`)
      }
    }
  }
  const machine = describeMachine()
  console.log(`${machine}\n`)
  for (const name of names) await measure(name, isWriting)
  if (isWriting && names.length === Object.keys(sections).length) {
    await writeBlock('machine', machine)
  }
})

/** @param {string[]} args */
function readArguments(args) {
  const isWriting = args.includes('--write')
  const names = args.filter((each) => each !== '--write')
  const unknown = names.find((name) => !(name in sections))
  if (unknown !== undefined) {
    throw new ScriptError(`No section ${unknown}: there are ${Object.keys(sections).join(', ')}`)
  }
  return { isWriting, names: names.length === 0 ? Object.keys(sections) : names }
}

/**
 * @param {string} name
 * @param {boolean} isWriting
 */
async function measure(name, isWriting) {
  const section = sections[name]
  if (section === undefined) return
  if (section.needs === false) {
    say(`${section.title}: left out, as what it needs is not there (STOWAGE_DATA, STOWAGE_PEERS).`)
    return
  }
  say(`${section.title} ...`)
  const began = performance.now()
  const { text, plots = {} } = section.run()
  console.log(`## ${section.title}\n\n${text}\n`)
  say(`took ${((performance.now() - began) / 1000).toFixed(0)} s`)
  if (!isWriting) return
  await writeBlock(name, text)
  mkdirSync(join(root, 'docs/plots'), { recursive: true })
  for (const [file, svg] of Object.entries(plots)) {
    writeFileSync(join(root, 'docs/plots', `${file}.svg`), svg)
  }
}
