// The ways for a plan out of the page.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import { complain, tell } from '../state/notices'
import { current } from '../state/plans'
import { exports } from './exports'

export function ExportMenu() {
  const menu = useRef<HTMLDetailsElement>(null)
  const isBusy = useSignal(false)
  useDismissal(menu)
  const isEmpty = current.value === null
  return (
    <details ref={menu} class="export-menu">
      <summary class="button" aria-disabled={isEmpty}>
        Export
      </summary>
      <div class="export-list" role="group" aria-label="Take the plan with you">
        {exports.map(({ label, help, perform }) => (
          <button
            key={label}
            type="button"
            class="export-item"
            disabled={isEmpty || isBusy.value}
            onClick={() => {
              isBusy.value = true
              void attempt(perform).finally(() => {
                isBusy.value = false
                close(menu.current)
              })
            }}
          >
            <span>{label}</span>
            <small>{help}</small>
          </button>
        ))}
      </div>
    </details>
  )
}

/** Does it, and says that it is done or why not. */
async function attempt(perform: () => Promise<string>): Promise<void> {
  try {
    const done = await perform()
    if (done !== '') tell(done)
  } catch (error) {
    complain((error as Error).message)
  }
}

function close(menu: HTMLDetailsElement | null): void {
  if (menu?.open !== true) return
  menu.open = false
  menu.querySelector('summary')?.focus()
}

/** Closes the menu on Escape and on a press elsewhere. */
function useDismissal(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close(menu.current)
    }
    const onPress = (event: PointerEvent): void => {
      if (menu.current?.contains(event.target as Node) === false) menu.current.open = false
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPress)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [menu])
}
