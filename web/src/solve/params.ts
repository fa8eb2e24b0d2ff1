// What is typed under "Advanced", made ready for the solver.
import { StowageError } from 'stowage/slim'

import { callModule } from './module'

/** "WAT, TAW" as words. */
export function heuristicsFrom(typed: string): string[] {
  return typed
    .split(/[\s,]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toUpperCase())
}

/** Why the solver would refuse these heuristics; empty if it takes them. */
export function faultOfHeuristics(typed: string): string {
  try {
    callModule(({ Solver }) => new Solver({ preorderingHeuristics: heuristicsFrom(typed) }))
    return ''
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    return error.message
  }
}
