// What survives a reload, but for the problem itself.
import { signal } from '@preact/signals'
import type { ColorBy, Engine, SolverSwitches } from 'stowage/slim'

export interface Settings {
  readonly engine: Engine
  /** Null for no limit. */
  readonly timeoutSeconds: number | null
  readonly seed: number
  readonly switches: Required<{ [Name in keyof SolverSwitches]: boolean }>
  /** As typed: words separated by commas. */
  readonly preorderingHeuristics: string
  readonly theme: 'system' | 'light' | 'dark'
  readonly colorBy: ColorBy
  readonly showsWaste: boolean
}

export const defaults: Settings = {
  engine: 'auto',
  timeoutSeconds: 60,
  seed: 0,
  switches: {
    canonicalOnly: true,
    sectionInference: true,
    dynamicOrdering: true,
    checkDominance: true,
    unallocatedFloor: true,
    staticPreordering: true,
    dynamicDecomposition: true,
    monotonicFloor: true,
    hatlessPruning: true,
  },
  preorderingHeuristics: 'WAT,TAW,TWA',
  theme: 'system',
  // Sizes are seen anyway: they are the heights.
  colorBy: 'lifetime',
  showsWaste: false,
}

export const settings = signal<Settings>(defaults)
