// What there is to say about a plan in numbers.
import type { Plan, Problem, ProblemStats } from 'stowage/slim'

import { callModule } from '../solve/module'

/** How well a plan uses its memory over time. */
export interface Usage {
  /** Bytes times time that are held, as a fraction of the height over the whole lifespan. */
  readonly utilisation: number
  /** Bytes times time below the highest live end that no buffer holds. */
  readonly waste: number
}

const statsByProblem = new WeakMap<Problem, ProblemStats>()
const usageByPlan = new WeakMap<Plan, Usage>()

/** What the problem itself is like. O(n log n) the first time. */
export function statsOf(problem: Problem): ProblemStats {
  const stats = statsByProblem.get(problem) ?? problem.stats()
  statsByProblem.set(problem, stats)
  return stats
}

/** O(n log n) the first time: not for each of the plans of a running search. */
export function usageOf(problem: Problem, plan: Plan): Usage {
  const usage = usageByPlan.get(plan) ?? measure(problem, plan)
  usageByPlan.set(plan, usage)
  return usage
}

/** How far `height` is above `lowerBound`, as a fraction of the bound. */
export function gapOf(height: number, lowerBound: number): number {
  return lowerBound === 0 ? 0 : height / lowerBound - 1
}

function measure(problem: Problem, plan: Plan): Usage {
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
  const { lifespan } = statsOf(problem)
  const whole = lifespan === null ? 0 : plan.height * (lifespan.upper - lifespan.lower)
  return { utilisation: whole === 0 ? 1 : held / whole, waste }
}
