// What the page has to say to its user, beside how the search stands.
import { signal } from '@preact/signals'

export interface Notice {
  readonly kind: 'error' | 'information'
  readonly text: string
}

export const notice = signal<Notice | null>(null)

/** Something did not work: what, and what to do. Stays until closed or replaced. */
export function complain(text: string): void {
  notice.value = { kind: 'error', text }
}

/** Something was done. */
export function tell(text: string): void {
  notice.value = { kind: 'information', text }
}
