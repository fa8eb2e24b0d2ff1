// How the search stands.
import { signal } from '@preact/signals'
import type { Engine, Overload } from 'stowage/slim'

export interface RunProgress {
  readonly height: number | undefined
  readonly lowerBound: number
  readonly nodes: number
  readonly nodesPerSecond: number
  readonly seconds: number
  readonly engine: Engine
}

export type Run =
  | { readonly state: 'idle' }
  | {
      readonly state: 'solving' | 'minimizing' | 'explaining'
      readonly progress: RunProgress | null
    }
  | { readonly state: 'solved'; readonly isOptimal: boolean; readonly seconds: number }
  /** Proven; `overload` when the load alone is the reason. */
  | {
      readonly state: 'infeasible'
      readonly message: string
      readonly overload: Overload | undefined
    }
  /** Stopped without an answer: by the time limit, by the user, or with nothing left to try. */
  | { readonly state: 'stopped'; readonly message: string }
  /** The worker died, or memory ran out: what happened and what to do. */
  | { readonly state: 'failed'; readonly message: string }

export const run = signal<Run>({ state: 'idle' })
