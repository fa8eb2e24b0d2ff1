import { signal } from '@preact/signals'

import type { SourceError } from '../state/problem'

/** The editor's way to an error, once there is an editor. */
export const goToError = signal<((error: SourceError) => void) | null>(null)
