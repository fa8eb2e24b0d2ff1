// Settings that survive a reload, and those that travel in a link.
import { effect } from '@preact/signals'
import type { ColorBy, Engine } from 'stowage/slim'

import * as check from './check'
import { defaults, type Settings, settings } from './settings'
import { read, write } from './storage'

const key = 'stowage.settings'
const version = 1

export const engines: readonly Engine[] = ['auto', 'canonical', 'valley', 'heuristic']
export const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
const colorings: readonly ColorBy[] = ['size', 'lifetime', 'alignment', 'prefix']

/** Takes up what was kept, and keeps what changes from now on. */
export function keepSettings(): void {
  const kept = check.record(read(key))
  if (kept?.version === version) settings.value = settingsFrom(kept, defaults)
  effect(() => {
    write(key, { version, ...settings.value })
  })
}

/** The settings that `value` holds; those that are missing or wrong are those of `base`. */
export function settingsFrom(value: unknown, base: Settings): Settings {
  const given = check.record(value) ?? {}
  const switches = check.record(given.switches) ?? {}
  return {
    engine: check.oneOf(given.engine, engines) ?? base.engine,
    timeoutSeconds:
      given.timeoutSeconds === null
        ? null
        : (check.number(given.timeoutSeconds, 0) ?? base.timeoutSeconds),
    seed: check.integer(given.seed, 0) ?? base.seed,
    switches: {
      ...base.switches,
      ...Object.fromEntries(
        Object.keys(base.switches).flatMap((name) => {
          const isOn = check.boolean(switches[name])
          return isOn === undefined ? [] : [[name, isOn]]
        }),
      ),
    },
    preorderingHeuristics: check.string(given.preorderingHeuristics) ?? base.preorderingHeuristics,
    theme: check.oneOf(given.theme, themes) ?? base.theme,
    colorBy: check.oneOf(given.colorBy, colorings) ?? base.colorBy,
    showsWaste: check.boolean(given.showsWaste) ?? base.showsWaste,
  }
}

/** Changes some of the settings. */
export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part }
}
