// What other parts of the page may ask of the picture.
import { signal } from '@preact/signals'

export interface PictureCommands {
  /** Shows the whole plan. */
  readonly fit: () => void
  /** Zooms by a factor (2: twice as large) along one axis or both. */
  readonly zoom: (factor: number, axis: 'time' | 'offset' | 'both') => void
  /** Brings a buffer into sight. */
  readonly reveal: (buffer: number) => void
}

/** Null while there is no picture. */
export const pictureCommands = signal<PictureCommands | null>(null)
