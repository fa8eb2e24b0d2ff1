// What the figures were taken on.
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { root } from '../lib/process.mjs'
import { hasMinimalloc, peers } from './peers.mjs'

/** A paragraph. */
export function describeMachine() {
  const model = (cpus()[0]?.model ?? 'unknown').replace(/\((?:R|TM)\)|CPU |Processor/g, '')
  const others = [...(hasMinimalloc ? ['MiniMalloc'] : []), ...peers.map(({ name }) => name)]
  const beside = others.length === 0 ? '' : ` Measured beside it: ${others.join('; ')}.`
  return `${new Date().toISOString().slice(0, 10)}, revision ${firstLine('git', ['rev-parse', '--short', 'HEAD'])}, \
${String(availableParallelism())} cores of ${model.replace(/\s+/g, ' ').trim()}, load ${(loadavg()[0] ?? 0).toFixed(1)} \
at the start; ${firstLine('g++', ['--version'])}; ${firstLine('em++', ['--version'])}; Node ${process.version}.${beside}`
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function firstLine(program, args) {
  const { stdout } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return (stdout.split('\n')[0] ?? '').replace(/\s*\([^)]*\)/g, '')
}
