import type { ProblemStats, Stowage } from '../planner.js'
import { writeOutput } from './files.js'
import { Exit, readProblem } from './input.js'
import type { Options } from './options.js'

export function runStats(stowage: Stowage, options: Options): Exit {
  const stats = readProblem(stowage, options, Infinity).stats()
  writeOutput(options.json ? `${JSON.stringify(stats)}\n` : lines(stats))
  return Exit.Answered
}

function lines(stats: ProblemStats): string {
  const { lifespan, maxLoadTime } = stats
  const span = lifespan && `[${String(lifespan.lower)}, ${String(lifespan.upper)})`
  const peak =
    maxLoadTime === null
      ? ''
      : ` at time ${String(maxLoadTime)}, ${String(stats.maxLoadBuffers)} buffers`
  const alignment =
    stats.alignedBuffers === 0 ? '' : `, largest alignment ${String(stats.largestAlignment)}`
  const withGaps = stats.gaps === 0 ? '' : ` in ${String(stats.buffersWithGaps)} buffers`
  return [
    `buffers: ${String(stats.buffers)}`,
    `lifespan: ${span ?? 'none'}`,
    `sections: ${String(stats.sections)}`,
    `partitions: ${String(stats.partitions)}`,
    `overlapping pairs: ${String(stats.overlappingPairs)}`,
    `total size: ${String(stats.totalSize)}`,
    `max load: ${String(stats.maxLoad)}${peak}`,
    `aligned buffers: ${String(stats.alignedBuffers)}${alignment}`,
    `gaps: ${String(stats.gaps)}${withGaps}`,
    `fixed offsets: ${String(stats.fixed)}`,
    `hints: ${String(stats.hints)}\n`,
  ].join('\n')
}
