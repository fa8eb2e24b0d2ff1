/**
 * The WebAssembly module as `cpp/bindings/module.cc` declares it. Nothing here is checked by the
 * module itself: whoever calls has validated types and ranges.
 */
import type { Engine } from '../planner/solver-params.js'
import type {
  ColorBy,
  ColorClasses,
  Paint,
  Profile,
  ProfileColumns,
  Theme,
  Viewport,
} from '../view/types.js'

/** A problem as it crosses the boundary. NaN stands for "none". */
export interface Columns {
  /** `Number.MAX_SAFE_INTEGER` where there is no limit. */
  readonly capacity: number
  /** The ids' UTF-8, one after the other, and where each ends. */
  readonly idBytes: Uint8Array
  readonly idEnds: Uint32Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly size: Float64Array
  readonly alignment: Float64Array
  readonly offset: Float64Array
  readonly hint: Float64Array
  /** Where each buffer's gaps end in the four columns below. */
  readonly gapEnds: Uint32Array
  readonly gapLower: Float64Array
  readonly gapUpper: Float64Array
  readonly gapWindowLower: Float64Array
  readonly gapWindowUpper: Float64Array
}

/** An error of the core. Line and column are 0 where they do not apply. */
export interface CoreError {
  readonly code: string
  readonly message: string
  readonly line: number
  readonly column: number
}

export interface CoreOverload {
  readonly time: number
  readonly load: number
  readonly buffers: Uint32Array
  readonly message: string
}

/** The sweep over time; ranges of sections are half-open. */
export interface Sweep {
  readonly sectionLower: Float64Array
  readonly sectionUpper: Float64Array
  readonly sectionLoad: Float64Array
  /** Where each buffer's spans end in the two columns below. */
  readonly spanEnds: Float64Array
  readonly spanLower: Float64Array
  readonly spanUpper: Float64Array
  readonly partitionLower: Float64Array
  readonly partitionUpper: Float64Array
  readonly maxLoad: number
  /** The first section with the largest load; -1 without sections. */
  readonly peak: number
  readonly overlaps: number
}

/** All settings of a search, complete. */
export interface SearchParams {
  readonly engine: Engine
  readonly canonicalOnly: boolean
  readonly sectionInference: boolean
  readonly dynamicOrdering: boolean
  readonly checkDominance: boolean
  readonly unallocatedFloor: boolean
  readonly staticPreordering: boolean
  readonly dynamicDecomposition: boolean
  readonly monotonicFloor: boolean
  readonly hatlessPruning: boolean
  readonly minimizeCapacity: boolean
  readonly preorderingHeuristics: readonly string[]
  readonly seed: number
  readonly racer: number
}

/** A handle on native memory: whoever makes one calls `delete()`. */
interface Handle {
  error(): CoreError | null
  step(nodes: number, milliseconds: number): number
  nodes(): number
  backtracks(): number
  delete(): void
}

/** The positions of SearchStatus in search.h. */
export const enum SearchStatus {
  Running = 0,
  Solved = 1,
  Infeasible = 2,
  Exhausted = 3,
}

export interface SearchHandle extends Handle {
  /** What another search has found; an infinite height is none. */
  report(height: number, lowerBound: number): void
  lowerBound(): number
  /** Whether the plans that every answer is at least as low as are still to come. */
  isStarting(): boolean
  maxLoad(): number
  engine(): string
  /** -1 when there is no plan yet. */
  height(): number
  offsets(): Float64Array | null
  overload(): CoreOverload | null
}

/** The positions of ExplanationStatus in explain.h. */
export const enum ExplanationStatus {
  Running = 0,
  Found = 1,
  Feasible = 2,
  Exhausted = 3,
}

export interface ExplanationHandle extends Handle {
  subset(): Uint32Array
}

/** `Paint`, complete. */
export type CorePaint = Required<Omit<Paint, 'dimmed'>> & { readonly dimmed: Uint8Array | null }

/** The settings of a rendered file, complete. */
export interface CoreRenderOptions {
  readonly width: number
  readonly height: number
  readonly colorBy: ColorBy
  readonly isDark: boolean
  readonly title: string
  readonly viewport: Viewport | null
}

/** A plan made ready to be drawn. */
export interface SceneHandle {
  /** timeLower, timeUpper, offsetLower, offsetUpper. */
  extent(): Float64Array
  profile(): Profile
  profileColumns(timeLower: number, timeUpper: number, columns: number): ProfileColumns
  setPaint(paint: CorePaint): void
  /** A view of the heap, good until the next call into the module. */
  draw(viewport: Viewport, width: number, height: number): Uint8Array
  /** -1 for none. */
  pick(viewport: Viewport, width: number, height: number, x: number, y: number): number
  /** Five numbers for each: buffer, left, top, right, bottom. */
  visible(
    viewport: Viewport,
    width: number,
    height: number,
    leastWidth: number,
    leastHeight: number,
    limit: number,
  ): Int32Array
  /** left, top, right, bottom, or null when out of sight. */
  locate(viewport: Viewport, width: number, height: number, buffer: number): Int32Array | null
  liveAt(time: number): Uint32Array
  delete(): void
}

export interface CoreModule {
  heapBytes(): number
  parseProblem(
    text: Uint8Array,
    capacity: number,
  ): { readonly columns?: Columns; readonly error?: CoreError }
  parsePlan(
    text: Uint8Array,
    capacity: number,
  ): {
    readonly columns?: Columns
    readonly offsets?: Float64Array
    readonly height?: number
    readonly error?: CoreError
  }
  /** The columns that mean nothing here, or null if the text has no good header. */
  ignoredColumns(text: Uint8Array): readonly string[] | null
  writeCsv(columns: Columns, offsets: Float64Array | null): Uint8Array
  checkProblem(columns: Columns): CoreError | null
  checkParams(params: SearchParams): CoreError | null
  validatePlan(
    columns: Columns,
    offsets: Float64Array,
    height: number,
  ): { readonly verdict: string; readonly buffers: Uint32Array; readonly message: string }
  heightOf(columns: Columns, offsets: Float64Array): number
  sweep(columns: Columns): Sweep
  overload(columns: Columns): CoreOverload | null
  readonly Search: new (columns: Columns, params: SearchParams) => SearchHandle
  readonly Explanation: new (columns: Columns, params: SearchParams) => ExplanationHandle
  classify(columns: Columns, by: ColorBy): ColorClasses
  theme(name: string): Theme
  render(
    columns: Columns,
    offsets: Float64Array,
    format: 'png' | 'svg',
    options: CoreRenderOptions,
  ): { readonly bytes?: Uint8Array; readonly error?: CoreError }
  readonly Scene: new (columns: Columns, offsets: Float64Array | null) => SceneHandle
}

/** What Emscripten's factory takes. */
export interface ModuleOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): Record<string, never>
  onAbort(reason: unknown): void
  print(text: string): void
  printErr(text: string): void
}

export type CreateModule<Module = CoreModule> = (options: ModuleOptions) => Promise<Module>
