import * as check from '../check.js'
import { core, stowageError } from '../core/core.js'
import type { SearchParams } from '../core/module.js'
import { StowageError } from '../errors.js'
import type { Plan } from './plan.js'

/** As many as a pool may have workers. */
export const mostRacers = 256

const engines: readonly Engine[] = ['auto', 'canonical', 'valley', 'heuristic']

/**
 * Which search: `auto` tries heuristics first, then both exact engines in turns; `canonical` is
 * MiniMalloc's, buffers in order of offset; `valley` the skyline search, the most constrained
 * section first; `heuristic` greedy, fast at any size, and proves nothing beyond the largest load.
 */
export type Engine = 'auto' | 'canonical' | 'valley' | 'heuristic'

/** How a search is getting on. */
export interface Progress {
  /** Of the best plan so far, which may be above the capacity; undefined when there is none. */
  readonly height: number | undefined
  readonly lowerBound: number
  /** States of the search visited. */
  readonly nodes: number
  /** States given up because nothing was left to try below them. */
  readonly backtracks: number
  /** Since the search began. */
  readonly seconds: number
  readonly engine: Engine
  /** The best plan so far. Call it within the callback: later it may be another, or gone. */
  readonly incumbent: () => Plan | undefined
}

/** The switches of MiniMalloc's search. None changes an answer, only the work. All are on. */
export interface SolverSwitches {
  /** Look only at plans whose buffers are placed in order of offset. */
  readonly canonicalOnly?: boolean | undefined
  /** Give up when some section's unplaced buffers no longer fit above its floor. */
  readonly sectionInference?: boolean | undefined
  /** Try buffers in order of their least possible offset instead of the preorder's. */
  readonly dynamicOrdering?: boolean | undefined
  /** Leave no hole below a buffer that an unplaced one could fill. */
  readonly checkDominance?: boolean | undefined
  /** Let the least offsets of unplaced buffers raise a section's floor. */
  readonly unallocatedFloor?: boolean | undefined
  /** Sort the buffers by the preordering heuristic first. */
  readonly staticPreordering?: boolean | undefined
  /** Split into parts, solved alone, at moments that no unplaced buffer crosses. */
  readonly dynamicDecomposition?: boolean | undefined
  /** No buffer still to be placed lies below the last one placed. */
  readonly monotonicFloor?: boolean | undefined
  /** Try no alternative to a buffer that nothing unplaced overlaps. */
  readonly hatlessPruning?: boolean | undefined
}

/** The settings of a search. */
export interface SolverParams extends SolverSwitches {
  /** Stop after this long; null or Infinity, the default, for no limit. */
  readonly timeoutSeconds?: number | null | undefined
  /** Called when a better plan or bound is found, and about ten times a second otherwise. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Aborting it cancels the search. */
  readonly signal?: AbortSignal | undefined
  /** `auto` if not given. */
  readonly engine?: Engine | undefined
  /** For the randomised restarts: the same seed gives the same plan on every build. Default 0. */
  readonly seed?: number | undefined
  /**
   * Which of several searches that race for the same answer this is: each number stands for another
   * order of what is tried. 0, the default, for a search alone. `SolverPool.race` sets it.
   */
  readonly racer?: number | undefined
  /** Look for the least height instead of any plan within the capacity. Default false. */
  readonly minimizeCapacity?: boolean | undefined
  /**
   * Orders by descending A(rea), C (sections crossed), L(ower), O(verlaps), T(otal load of the
   * fullest section), U(pper), W(idth of the lifespan), Z (size); earlier letters first. With more
   * than one order they take turns. Default `['WAT', 'TAW', 'TWA']`.
   */
  readonly preorderingHeuristics?: readonly string[] | undefined
}

/** The names of the switches, in the order of the manual. */
export const switchNames = [
  'canonicalOnly',
  'sectionInference',
  'dynamicOrdering',
  'checkDominance',
  'unallocatedFloor',
  'staticPreordering',
  'dynamicDecomposition',
  'monotonicFloor',
  'hatlessPruning',
] as const satisfies readonly (keyof SolverSwitches)[]

const paramNames = [
  ...switchNames,
  'timeoutSeconds',
  'onProgress',
  'signal',
  'engine',
  'seed',
  'racer',
  'minimizeCapacity',
  'preorderingHeuristics',
] as const satisfies readonly (keyof SolverParams)[]

/** Checked parameters: what crosses into the module, and what stays with the caller. */
export interface CheckedParams {
  readonly search: SearchParams
  readonly timeoutSeconds: number
  readonly onProgress: ((progress: Progress) => void) | undefined
  readonly signal: AbortSignal | undefined
}

/** Checks every parameter; throws `invalid-argument` naming the first that is wrong. */
export function checkParams(params: unknown): CheckedParams {
  const given = check.record('params', params, paramNames)
  const search = searchParams(given)
  const error = core().call((module) => module.checkParams(search))
  if (error !== null) throw stowageError(error)
  if (given.onProgress !== undefined) check.callback('onProgress', given.onProgress)
  return {
    search,
    timeoutSeconds: timeoutFrom(given.timeoutSeconds),
    onProgress: given.onProgress as CheckedParams['onProgress'],
    signal: signalFrom(given.signal),
  }
}

function searchParams(given: Partial<Record<keyof SolverParams, unknown>>): SearchParams {
  const isOn = (name: (typeof switchNames)[number]): boolean =>
    given[name] === undefined || check.boolean(name, given[name])
  return {
    engine: engineFrom(given.engine),
    canonicalOnly: isOn('canonicalOnly'),
    sectionInference: isOn('sectionInference'),
    dynamicOrdering: isOn('dynamicOrdering'),
    checkDominance: isOn('checkDominance'),
    unallocatedFloor: isOn('unallocatedFloor'),
    staticPreordering: isOn('staticPreordering'),
    dynamicDecomposition: isOn('dynamicDecomposition'),
    monotonicFloor: isOn('monotonicFloor'),
    hatlessPruning: isOn('hatlessPruning'),
    minimizeCapacity:
      given.minimizeCapacity !== undefined &&
      check.boolean('minimizeCapacity', given.minimizeCapacity),
    preorderingHeuristics: heuristicsFrom(given.preorderingHeuristics),
    seed: check.integer('seed', given.seed ?? 0, 0),
    racer: check.integer('racer', given.racer ?? 0, 0, mostRacers - 1),
  }
}

function engineFrom(value: unknown): Engine {
  if (value === undefined) return 'auto'
  const engine = engines.find((name) => name === value)
  if (engine === undefined) throw check.invalid('engine', value, `one of ${engines.join(', ')}`)
  return engine
}

function heuristicsFrom(value: unknown): readonly string[] {
  if (value === undefined) return ['WAT', 'TAW', 'TWA']
  if (!Array.isArray(value)) {
    throw check.invalid('preorderingHeuristics', value, 'an array of words such as "WAT"')
  }
  return value.map((word: unknown, i) => check.text(`preorderingHeuristics[${String(i)}]`, word))
}

function timeoutFrom(value: unknown): number {
  if (value === undefined || value === null) return Infinity
  if (typeof value === 'number' && value >= 0) return value
  throw check.invalid('timeoutSeconds', value, 'a number of seconds of at least 0, or null')
}

function signalFrom(value: unknown): AbortSignal | undefined {
  if (value === undefined) return undefined
  const signal: Partial<AbortSignal> | null = value
  if (typeof signal?.aborted === 'boolean' && typeof signal.addEventListener === 'function') {
    return value as AbortSignal
  }
  throw check.invalid('signal', value, 'an AbortSignal')
}

/** The error of a signal that has aborted. */
export function cancelledBy(signal: AbortSignal | undefined): StowageError {
  const cause: unknown = signal?.reason
  return new StowageError('cancelled', 'the search was cancelled', { cause })
}
