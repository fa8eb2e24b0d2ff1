// The package.
import { signal } from '@preact/signals'
import type { Stowage } from 'stowage/slim'

/** What `load` resolved to; null until the WebAssembly module runs. */
export const stowage = signal<Stowage | null>(null)
