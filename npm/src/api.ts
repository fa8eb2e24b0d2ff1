import { Plan } from './planner/plan.js'
import { Problem } from './planner/problem.js'
import { solveFromCsv } from './planner/solve-from-csv.js'
import { Solver } from './planner/solver.js'
import { explainVerdict, validateSolution } from './planner/validate.js'
import { PlanView } from './view/plan-view.js'
import { renderPng, renderSvg } from './view/render.js'
import { themeOf } from './view/theme.js'
import { SolverPool, solveInWorker } from './worker/pool.js'

/** What `load()` resolves to: everything that needs the WebAssembly module. */
export interface Stowage {
  readonly Problem: typeof Problem
  readonly Plan: typeof Plan
  readonly Solver: typeof Solver
  readonly SolverPool: typeof SolverPool
  readonly solveFromCsv: typeof solveFromCsv
  readonly solveInWorker: typeof solveInWorker
  readonly validateSolution: typeof validateSolution
  readonly explainVerdict: typeof explainVerdict
  readonly PlanView: typeof PlanView
  readonly renderPng: typeof renderPng
  readonly renderSvg: typeof renderSvg
  readonly themeOf: typeof themeOf
  /** Of this package. */
  readonly version: string
}

export const stowage: Stowage = Object.freeze({
  Problem,
  Plan,
  Solver,
  SolverPool,
  solveFromCsv,
  solveInWorker,
  validateSolution,
  explainVerdict,
  PlanView,
  renderPng,
  renderSvg,
  themeOf,
  version: STOWAGE_VERSION,
})
