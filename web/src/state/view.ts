// What the middle of the page shows. It is in the address, so that a link and a reload keep it.
import { signal } from '@preact/signals'

export type View = 'plan' | 'pool'

export const view = signal<View>(viewInAddress())

function viewInAddress(): View {
  return new URLSearchParams(location.search).get('view') === 'pool' ? 'pool' : 'plan'
}

export function choose(next: View): void {
  view.value = next
  const address = new URL(location.href)
  if (next === 'pool') address.searchParams.set('view', next)
  else address.searchParams.delete('view')
  history.replaceState(null, '', address)
}
