import * as check from '../check.js'
import { core } from '../core/core.js'
import type { Theme } from './types.js'

/** The colours that pictures in files have, and those on a page unless it says otherwise. */
export function themeOf(name: 'light' | 'dark'): Theme {
  const given: unknown = name
  if (given !== 'light' && given !== 'dark') throw check.invalid('theme', name, 'light or dark')
  return core().call((module) => module.theme(given))
}
