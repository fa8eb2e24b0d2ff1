// The attributes of the element, and those of the host that make it usable without a pointer.
import type { Model } from './model.js'
import { formatBytes, formatNumber } from './format.js'
import type { Step } from './session.js'

/** What has to be done again when one changes. */
export const attributes: Readonly<Record<string, Step>> = {
  'color-by': 'paint',
  theme: 'style',
  search: 'paint',
  waste: 'paint',
  lists: 'pointer',
  'hide-load': 'size',
  'hide-minimap': 'picture',
  'hide-legend': 'paint',
}

/** Properties that were set before the element was defined hide those of the class: sets them anew. */
export function upgrade(element: HTMLElement, names: readonly string[]): void {
  const record = element as unknown as Record<string, unknown>
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue
    const value = record[name]
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- which uncovers the accessor
    delete record[name]
    record[name] = value
  }
}

/** Makes the host reachable and named, where its author has not. */
export function describeHost(element: HTMLElement): void {
  const setDefault = (name: string, value: string): void => {
    if (!element.hasAttribute(name)) element.setAttribute(name, value)
  }
  setDefault('tabindex', '0')
  setDefault('role', 'application')
  setDefault('aria-roledescription', 'memory plan')
}

/** The name of what is shown. */
export function labelOf({ problem, plan }: Model): string {
  if (problem === null) return 'Memory plan, empty'
  const buffers = `${formatNumber(problem.length)} ${problem.length === 1 ? 'buffer' : 'buffers'}`
  if (plan === null) return `Memory plan, ${buffers}, not planned yet`
  return `Memory plan, ${buffers}, height ${formatBytes(plan.height)}`
}
