// What the picture, the table and the lists point at together. Buffers are positions in the problem.
import { signal } from '@preact/signals'

/** The pinned buffers. */
export const selection = signal<readonly number[]>([])

/** The buffer under the pointer. */
export const hovered = signal<number | null>(null)

/** The time under the pointer. */
export const cursorTime = signal<number | null>(null)

/** Where a buffer was pinned in the picture: the list of what is live stays at this time. */
export const pinnedTime = signal<number | null>(null)

/** Buffers that everything else steps back for: the irreducible infeasible subset. */
export const marked = signal<readonly number[] | null>(null)

/** A regular expression over ids. */
export const search = signal('')
