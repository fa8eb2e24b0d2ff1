import type { PlanView } from '../view/plan-view.js'

/** What is in use at one time: the sum of what is held, and the highest end of it. */
export interface Moment {
  /** Whole, as all changes happen at whole times. */
  readonly time: number
  readonly load: number
  readonly top: number
}

export function momentAt(view: PlanView, time: number): Moment {
  const whole = Math.floor(time)
  const { load, top } = view.profileColumns(whole, whole + 1, 1)
  return { time: whole, load: load[0] ?? 0, top: top[0] ?? 0 }
}
