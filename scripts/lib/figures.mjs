// Figures as the benchmarks print them.

/**
 * A line of a table.
 * @param {string} name
 * @param {string[]} cells
 */
export function row(name, ...cells) {
  return name.padEnd(24) + cells.map((each) => each.padStart(14)).join('')
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
