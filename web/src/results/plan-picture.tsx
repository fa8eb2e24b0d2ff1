// `<stowage-plan>` bound to the page's state.
import { type ReadonlySignal, type Signal, useSignalEffect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type {
  BufferHoverDetail,
  BufferSelectDetail,
  StowagePlan,
  ViewChangeDetail,
} from 'stowage/element'
import type { Plan, Viewport } from 'stowage/slim'

import { problem } from '../state/problem'
import { cursorTime, hovered, marked, pinnedTime, search, selection } from '../state/selection'
import { settings } from '../state/settings'

interface PlanPictureProps {
  readonly label: string
  readonly plan: ReadonlySignal<Plan | null>
  /** What `plan` is compared with in the picture itself. */
  readonly reference: ReadonlySignal<Plan | null>
  /** What is seen, shared by pictures that move together. Null until one has moved. */
  readonly viewport: Signal<Viewport | null>
  readonly element: RefObject<StowagePlan | null>
}

export function PlanPicture({ label, plan, reference, viewport, element }: PlanPictureProps) {
  useBinding(element, (picture) => {
    if (plan.value === null) picture.problem = problem.value
    picture.plan = plan.value
  })
  useBinding(element, (picture) => (picture.reference = reference.value))
  useBinding(element, (picture) => (picture.marked = marked.value))
  useBinding(element, (picture) => (picture.selection = selection.value))
  useBinding(element, (picture) => (picture.cursorTime = cursorTime.value))
  useBinding(element, (picture) => (picture.search = search.value))
  useBinding(element, (picture) => (picture.colorBy = settings.value.colorBy))
  useBinding(element, (picture) => (picture.waste = settings.value.showsWaste))
  useBinding(element, (picture) => {
    const { theme } = settings.value
    picture.theme = theme === 'system' ? null : theme
  })
  // What this picture has told itself is no news for it, and would end a movement half-way.
  const told = useRef<Viewport | null>(null)
  useBinding(element, (picture) => {
    if (viewport.value !== null && viewport.value !== told.current) {
      picture.viewport = viewport.value
    }
  })
  useEvent(element, 'bufferselect', ({ buffers }) => {
    selection.value = buffers
    pinnedTime.value = cursorTime.peek()
  })
  useEvent(element, 'bufferhover', ({ buffer, time }) => {
    hovered.value = buffer ?? null
    cursorTime.value = time ?? null
  })
  useEvent(element, 'viewchange', (detail) => {
    told.current = detail.viewport
    viewport.value = detail.viewport
  })
  return <stowage-plan ref={element} class="plan-picture" aria-label={label} />
}

/** Runs `bind` now and whenever a signal that it reads has changed. */
function useBinding(
  element: RefObject<StowagePlan | null>,
  bind: (picture: StowagePlan) => unknown,
): void {
  useSignalEffect(() => {
    if (element.current !== null) bind(element.current)
  })
}

interface Details {
  readonly bufferselect: BufferSelectDetail
  readonly bufferhover: BufferHoverDetail
  readonly viewchange: ViewChangeDetail
}

/** Calls `handle` with the details of the element's events. */
function useEvent<Type extends keyof Details>(
  element: RefObject<StowagePlan | null>,
  type: Type,
  handle: (detail: Details[Type]) => void,
): void {
  const latest = useRef(handle)
  latest.current = handle
  useEffect(() => {
    const picture = element.current
    const listen = (event: Event): void => {
      latest.current((event as CustomEvent<Details[Type]>).detail)
    }
    picture?.addEventListener(type, listen)
    return () => picture?.removeEventListener(type, listen)
  }, [element, type])
}
