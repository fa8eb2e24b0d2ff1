/** The public types, the same from every entry. */
export { StowageError } from './errors.js'
export type { ErrorCode, ErrorDetails, Overload } from './errors.js'
export type { Stowage } from './api.js'
export type {
  Buffer,
  BufferColumns,
  BufferInit,
  Gap,
  GapColumns,
  NumberColumn,
  ProblemColumns,
  Window,
} from './planner/buffer.js'
export type { Plan } from './planner/plan.js'
export type { Problem, ProblemOptions } from './planner/problem.js'
export type { Section } from './planner/section.js'
export type { ProblemStats } from './planner/stats.js'
export type { Findings, Solver } from './planner/solver.js'
export type { Engine, Progress, SolverParams, SolverSwitches } from './planner/solver-params.js'
export type { Validation, Verdict } from './planner/validate.js'
export type { PlatformWorker, ThreadWorker, WebWorker } from './worker/connection.js'
export type { SolverPool, SolverPoolOptions } from './worker/pool.js'
export type { PlanView } from './view/plan-view.js'
export type {
  ColorBy,
  ColorClasses,
  Paint,
  PixelSize,
  Profile,
  ProfileColumns,
  RenderOptions,
  Rgb,
  Theme,
  Viewport,
  VisibleBuffer,
} from './view/types.js'
