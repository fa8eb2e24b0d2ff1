// The problem that the page is about: its text, and what the text was last read as.
import { signal } from '@preact/signals'
import type { Problem } from 'stowage/slim'

/** A CSV text and what it is called. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** Why the text is no problem. Line and column count from 1; 0 where there is no place. */
export interface SourceError {
  readonly message: string
  readonly line: number
  readonly column: number
}

export const source = signal<Source>({ name: '', text: '' })

/** What is wrong with `source`; then `problem` is still the last good one. */
export const sourceError = signal<SourceError | null>(null)

/** The last text that could be read, with the capacity in force. */
export const problem = signal<Problem | null>(null)

/** Null for no limit (which only minimising can do without). */
export const capacity = signal<number | null>(null)
