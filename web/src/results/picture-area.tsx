// The picture of the plan, or of two, with its tools.
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { StowagePlan } from 'stowage/element'
import type { Plan, Viewport } from 'stowage/slim'

import { callModule } from '../solve/module'
import { comparison, current, reference } from '../state/plans'
import { problem } from '../state/problem'
import { statsOf } from './figures'
import { pictureCommands } from './picture-commands'
import { PictureTools } from './picture-tools'
import { PlanPicture } from './plan-picture'

export function PictureArea() {
  const main = useRef<StowagePlan>(null)
  const other = useRef<StowagePlan>(null)
  const viewport = useSignal<Viewport | null>(null)
  const plan = useComputed(() => shownPlan())
  const kept = useComputed(() => reference.value?.plan ?? null)
  const comparedWith = useComputed(() => (comparison.value === 'difference' ? kept.value : null))
  const nothing = useComputed(() => null)
  const isSideBySide = comparison.value === 'side-by-side' && reference.value !== null
  useSignalEffect(() => {
    // Another problem is seen as a whole.
    if (problem.value !== null) viewport.value = null
  })
  useEffect(() => {
    const showBoth = (): void => {
      viewport.value = wholeOf([plan.peek(), kept.peek()])
    }
    if (isSideBySide) showBoth()
    pictureCommands.value = {
      fit: isSideBySide ? showBoth : () => main.current?.fit(),
      zoom: (factor, axis) => main.current?.zoom(factor, axis),
      reveal: (buffer) => main.current?.reveal(buffer),
    }
    return () => {
      pictureCommands.value = null
    }
  }, [isSideBySide, plan, kept, viewport])
  return (
    <section class="picture-area" aria-label="Picture of the plan">
      <PictureTools />
      <div class={isSideBySide ? 'pictures side-by-side' : 'pictures'}>
        <figure class="picture-frame">
          {isSideBySide && <figcaption>{current.value?.name}</figcaption>}
          <PlanPicture
            label="Plan: time to the right, offsets upwards"
            plan={plan}
            reference={comparedWith}
            viewport={viewport}
            element={main}
          />
        </figure>
        {isSideBySide && (
          <figure class="picture-frame">
            <figcaption>{reference.value?.name} (kept)</figcaption>
            <PlanPicture
              label="Kept plan: time to the right, offsets upwards"
              plan={kept}
              reference={nothing}
              viewport={viewport}
              element={other}
            />
          </figure>
        )}
      </div>
    </section>
  )
}

/** The plan under the capacity in force, which may be another than it was made for. */
function shownPlan(): Plan | null {
  const plan = current.value?.plan
  const limit = problem.value?.capacity
  if (plan === undefined) return null
  if (limit === undefined || limit === plan.problem.capacity) return plan
  return callModule(() => plan.withCapacity(limit))
}

/** What shows all of the plans on the same scale, with some air above the highest. */
function wholeOf(plans: readonly (Plan | null)[]): Viewport | null {
  const of = problem.peek()
  const lifespan = of && statsOf(of).lifespan
  if (lifespan === null) return null
  const height = Math.max(1, ...plans.map((plan) => plan?.height ?? 0))
  return {
    timeLower: lifespan.lower,
    timeUpper: lifespan.upper,
    offsetLower: 0,
    offsetUpper: 1.06 * height,
  }
}
