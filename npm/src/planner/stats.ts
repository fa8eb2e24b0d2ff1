import type { Columns, Sweep } from '../core/module.js'
import { at } from './columns.js'
import { Section } from './section.js'

/** What a problem is like, before any search. */
export interface ProblemStats {
  readonly buffers: number
  /** From the first moment of any buffer to after the last; null without buffers. */
  readonly lifespan: { readonly lower: number; readonly upper: number } | null
  readonly sections: number
  readonly partitions: number
  /** The pairs of buffers whose lifespans intersect. */
  readonly overlappingPairs: number
  readonly totalSize: number
  /** The largest load of any section: no plan is lower. */
  readonly maxLoad: number
  /** The first moment with that load; null when no buffer holds memory. */
  readonly maxLoadTime: number | null
  /** How many buffers hold memory then. */
  readonly maxLoadBuffers: number
  /** How many buffers have an alignment other than 1. */
  readonly alignedBuffers: number
  readonly largestAlignment: number
  readonly gaps: number
  readonly buffersWithGaps: number
  /** How many buffers have a fixed offset. */
  readonly fixed: number
  /** How many buffers have a hint. */
  readonly hints: number
}

export function statsOf(columns: Columns, sweep: Sweep): ProblemStats {
  const { lower, upper, size, alignment, offset, hint, gapEnds } = columns
  const peak = sweep.peak < 0 ? undefined : new Section(sweep, sweep.peak)
  return {
    buffers: size.length,
    lifespan: size.length === 0 ? null : { lower: least(lower), upper: largest(upper) },
    sections: sweep.sectionLoad.length,
    partitions: sweep.partitionLower.length,
    overlappingPairs: sweep.overlaps,
    totalSize: size.reduce((sum, each) => sum + each, 0),
    maxLoad: sweep.maxLoad,
    maxLoadTime: peak?.lower ?? null,
    maxLoadBuffers: peak?.buffers.length ?? 0,
    alignedBuffers: count(alignment, (each) => each !== 1),
    largestAlignment: Math.max(1, largest(alignment)),
    gaps: columns.gapLower.length,
    buffersWithGaps: count(gapEnds, (end, i) => end > (i === 0 ? 0 : at(gapEnds, i - 1))),
    fixed: count(offset, (each) => !Number.isNaN(each)),
    hints: count(hint, (each) => !Number.isNaN(each)),
  }
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity)
}

function largest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity)
}

function count(
  values: Float64Array | Uint32Array,
  isCounted: (value: number, index: number) => boolean,
): number {
  let counted = 0
  values.forEach((value, i) => {
    if (isCounted(value, i)) ++counted
  })
  return counted
}
