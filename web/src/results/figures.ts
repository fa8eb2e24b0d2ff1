// What there is to say about a plan in numbers.
import type { Plan, Problem } from 'stowage/slim'

import { callModule } from '../solve/module'

export interface Figures {
  readonly height: number
  readonly lowerBound: number
  /** How far the height is above the lower bound, as a fraction of the bound. */
  readonly gap: number
  readonly maxLoad: number
  /** The first moment of the largest load; null when no buffer holds memory. */
  readonly peakTime: number | null
  /** Bytes times time that are held, as a fraction of the height over the whole lifespan. */
  readonly utilisation: number
  /** Bytes times time below the highest live end that no buffer holds. */
  readonly waste: number
}

const figuresByPlan = new WeakMap<Plan, Figures>()

/** The figures of `plan`. O(n log n) the first time. */
export function figuresOf(problem: Problem, plan: Plan): Figures {
  const known = figuresByPlan.get(plan)
  if (known !== undefined) return known
  const { maxLoad, maxLoadTime, lifespan } = problem.stats()
  const areas = areasOf(problem, plan)
  const duration = lifespan === null ? 0 : lifespan.upper - lifespan.lower
  const figures = {
    height: plan.height,
    lowerBound: plan.lowerBound,
    gap: gapOf(plan.height, plan.lowerBound),
    maxLoad,
    peakTime: maxLoadTime,
    utilisation: plan.height * duration === 0 ? 1 : areas.held / (plan.height * duration),
    waste: areas.waste,
  }
  figuresByPlan.set(plan, figures)
  return figures
}

/** How far `height` is above `lowerBound`, as a fraction of the bound. */
export function gapOf(height: number, lowerBound: number): number {
  return lowerBound === 0 ? 0 : height / lowerBound - 1
}

function areasOf(problem: Problem, plan: Plan): { held: number; waste: number } {
  const { time, load, top } = callModule(({ PlanView }) => {
    const view = new PlanView(problem, plan)
    try {
      return view.profile()
    } finally {
      view.dispose()
    }
  })
  let held = 0
  let waste = 0
  for (let step = 0; step + 1 < time.length; ++step) {
    const duration = (time[step + 1] ?? 0) - (time[step] ?? 0)
    held += (load[step] ?? 0) * duration
    waste += ((top[step] ?? 0) - (load[step] ?? 0)) * duration
  }
  return { held, waste }
}
