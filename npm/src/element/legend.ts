import type { LegendEntry } from './types.js'

export function fillLegend(list: HTMLElement, entries: readonly LegendEntry[]): void {
  list.replaceChildren(
    ...entries.map(({ label, color }) => {
      const item = document.createElement('li')
      const swatch = document.createElement('span')
      swatch.className = 'swatch'
      swatch.style.background = color
      item.append(swatch, label)
      return item
    }),
  )
}
