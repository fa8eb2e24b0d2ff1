import type { Core } from '../core/core.js'
import { yieldToEventLoop } from './yield.js'

/** How long the caller's thread is kept between two turns of the event loop, in milliseconds. */
const targetMilliseconds = 8
const leastMilliseconds = 0.25

/** The searches that share this thread, which share its time. */
let running = 0

/** Why a search stopped without an outcome. */
export type Stop = 'deadline' | 'cancelled'

export interface SliceControl {
  /** When to stop, on the clock of `performance.now()`. */
  readonly deadline: number
  /** Asked before each slice. */
  cancelled(): boolean
  /** Whether the deadline does not count yet. */
  starting?(): boolean
  /** Called after each slice that gave no outcome. */
  afterSlice(): void
}

/**
 * Calls `step` in short slices, letting the event loop run between them, until its outcome is other
 * than `stillRunning`. A slice may take longer than it was asked to, so the next asks for less. The
 * first one runs even without any time, and so do those after it while it is starting: what is found
 * out so soon counts.
 */
export async function runInSlices(
  core: Core,
  step: (milliseconds: number) => number,
  stillRunning: number,
  control: SliceControl,
): Promise<number | Stop> {
  let slice = targetMilliseconds
  ++running
  try {
    // Handing a large problem over may have taken a while.
    await yieldToEventLoop()
    for (;;) {
      if (control.cancelled()) return 'cancelled'
      const began = performance.now()
      const left = control.starting?.() === true ? Infinity : control.deadline - began
      const asked = Math.min(slice / running, Math.max(0, left))
      const outcome = core.call(() => step(asked))
      if (outcome !== stillRunning) return outcome
      const ended = performance.now()
      slice = adapted(slice, (ended - began) * running)
      control.afterSlice()
      if (ended >= control.deadline && control.starting?.() !== true) return 'deadline'
      await yieldToEventLoop()
    }
  } finally {
    --running
  }
}

function adapted(slice: number, taken: number): number {
  const next = taken > targetMilliseconds ? (slice * targetMilliseconds) / taken : slice * 1.25
  return Math.min(targetMilliseconds, Math.max(leastMilliseconds, next))
}
