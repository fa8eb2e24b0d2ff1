import type { Plan } from '../planner/plan.js'
import type { Problem } from '../planner/problem.js'
import type { ColorBy, Viewport } from '../view/types.js'

/** What `bufferselect` tells. */
export interface BufferSelectDetail {
  /** Positions in the problem; empty when the selection was cleared. */
  readonly buffers: readonly number[]
  readonly ids: readonly string[]
  /** The node of each, where there is one. */
  readonly nodeIds: readonly (string | undefined)[]
}

/** What `bufferhover` tells; all but the time and offset undefined where there is no buffer. */
export interface BufferHoverDetail {
  readonly buffer: number | undefined
  readonly id: string | undefined
  readonly nodeId: string | undefined
  /** Under the pointer; undefined once it has left. */
  readonly time: number | undefined
  readonly offset: number | undefined
}

/** What `viewchange` tells. */
export interface ViewChangeDetail {
  readonly viewport: Viewport
}

/** A step of the legend. */
export interface LegendEntry {
  readonly label: string
  /** A CSS colour. */
  readonly color: string
}

/**
 * The public face of `<stowage-plan>`.
 *
 * Attributes, each with a property: `color-by` (size, lifetime, alignment, prefix), `theme` (light,
 * dark; otherwise as the page's color-scheme), `search` (a regular expression over ids: what does not
 * match is dimmed), `waste`, `lists`, `hide-load`, `hide-minimap`, `hide-legend` (switches).
 *
 * Events, all of which bubble and cross shadow roots: `bufferselect`, `bufferhover`, `viewchange`.
 * Only what a person does, or a method asks for, tells; setting a property does not.
 */
export interface StowagePlan extends HTMLElement {
  /** What is shown. Setting a plan of another problem sets the problem too; null for none. */
  problem: Problem | null
  plan: Plan | null
  /**
   * A plan of the same buffers to compare with: moved buffers are marked by colour, up or down, the
   * hover card tells both offsets, and the old place of what is hovered or selected is outlined.
   */
  reference: Plan | null
  /** The node that each buffer belongs to, one for each buffer; null for none. */
  nodeIds: readonly (string | undefined)[] | null
  /** Buffers that everything else steps back for (an infeasible subset, say); null for none. */
  marked: readonly number[] | null
  /** The pinned buffers. */
  selection: readonly number[]
  /** What is seen. */
  viewport: Viewport
  /** The time of the vertical line, also without a pointer; null for none. */
  cursorTime: number | null
  colorBy: ColorBy
  theme: 'light' | 'dark' | null
  search: string
  waste: boolean
  /** Lists of what is live at the time under the pointer, and of what is largest at the peak. */
  lists: boolean
  hideLoad: boolean
  hideMinimap: boolean
  hideLegend: boolean
  readonly legend: readonly LegendEntry[]
  /** How many buffers match `search`; undefined while it is empty or no regular expression. */
  readonly matchCount: number | undefined
  /** Shows the whole plan. */
  fit(): void
  /** Zooms by a factor (2: twice as large) around the middle, along one axis or both. */
  zoom(factor: number, axis?: 'time' | 'offset' | 'both'): void
  /** Brings a buffer into sight, in the middle and large enough to be seen. */
  reveal(buffer: number): void
  /** Selects the buffers of a node, and brings them into sight if none is. */
  selectNode(nodeId: string): void
}
