/**
 * The custom element `<stowage-plan>`: a plan as a picture to look at, search and point at.
 *
 * ```js
 * import { load } from 'stowage'
 * import 'stowage/element/define'
 * const { Problem, Solver } = await load()
 * document.querySelector('stowage-plan').plan = await new Solver().solve(problem)
 * ```
 *
 * @module stowage/element
 */
export { StowagePlanElement } from './element/element.js'
export type {
  BufferHoverDetail,
  BufferSelectDetail,
  LegendEntry,
  StowagePlan,
  ViewChangeDetail,
} from './element/types.js'
export type { Axis } from './element/viewport.js'
export type * from './types.js'
