import type { Plan } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import type {
  ColorBy,
  ColorClasses,
  Paint,
  PixelSize,
  Profile,
  ProfileColumns,
  Viewport,
  VisibleBuffer,
} from './types.js'

/**
 * A problem, with or without a plan, made ready to be drawn: pixels, and what answers the pointer.
 * Holds memory of the module; `dispose` gives it back.
 */
export declare class PlanView {
  readonly problem: Problem
  readonly plan: Plan | undefined
  constructor(problem: Problem, plan?: Plan)
  /** First start to last end, 0 to the height (the max load without a plan). */
  readonly extent: Viewport
  /** O(steps). */
  profile(): Profile
  /** For pixels: O(log steps + steps within + columns). */
  profileColumns(timeLower: number, timeUpper: number, columns: number): ProfileColumns
  classify(by: ColorBy): ColorClasses
  /** What `draw` uses from then on. O(buffers). */
  setPaint(paint: Paint): void
  /** Writes RGBA into `pixels`, width * height * 4 bytes, row by row from the top. */
  draw(viewport: Viewport, size: PixelSize, pixels: Uint8ClampedArray): void
  /** The buffer that `draw` shows at a pixel. */
  pick(viewport: Viewport, size: PixelSize, x: number, y: number): number | undefined
  /** Buffers of at least `least` pixels, largest first, at most `limit`: those worth a label. */
  visible(viewport: Viewport, size: PixelSize, least: PixelSize, limit: number): VisibleBuffer[]
  /** Where one buffer is; undefined when it is out of sight or has no offset. */
  locate(viewport: Viewport, size: PixelSize, buffer: number): VisibleBuffer | undefined
  /** The buffers that hold memory at `time`, those that hold most first. */
  liveAt(time: number): Uint32Array
  dispose(): void
  [Symbol.dispose](): void
}
