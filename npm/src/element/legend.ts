import type { LegendEntry } from './types.js'

/** Something that is hatched in the picture. */
export interface Hatching extends LegendEntry {
  /** In degrees, as `linear-gradient` counts. */
  readonly angle: number
}

export function fillLegend(
  list: HTMLElement,
  entries: readonly LegendEntry[],
  hatchings: readonly Hatching[],
): void {
  list.replaceChildren(
    ...entries.map(({ label, color }) => itemOf(label, color)),
    ...hatchings.map(({ label, color, angle }) => {
      const stops = `transparent 0 2px, ${color} 2px 3.5px`
      return itemOf(label, `repeating-linear-gradient(${String(angle)}deg, ${stops})`)
    }),
  )
}

function itemOf(label: string, background: string): HTMLLIElement {
  const item = document.createElement('li')
  const swatch = document.createElement('span')
  swatch.className = 'swatch'
  swatch.style.background = background
  item.append(swatch, label)
  return item
}
