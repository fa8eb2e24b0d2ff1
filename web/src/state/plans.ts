// The plans of the problem: the one that is looked at, and one to compare it with.
import { signal } from '@preact/signals'
import type { Engine, Plan } from 'stowage/slim'

export interface PlanEntry {
  readonly plan: Plan
  /** For a person: "valley, capacity 1048576", or the name of an uploaded file. */
  readonly name: string
  /** Undefined for an uploaded plan. */
  readonly engine: Engine | undefined
  readonly nodes: number | undefined
  readonly backtracks: number | undefined
  readonly seconds: number | undefined
  /** What the validator has against it; empty when it is good. */
  readonly fault: string
}

/** Shown in the picture; stays while another search runs, until there is a better one. */
export const current = signal<PlanEntry | null>(null)

/** Kept aside to compare with. */
export const reference = signal<PlanEntry | null>(null)

export type Comparison = 'off' | 'side-by-side' | 'difference'

export const comparison = signal<Comparison>('off')
