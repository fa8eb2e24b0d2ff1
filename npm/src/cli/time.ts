const units = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 }

/** "10", "2.5s", "1h30m", "inf": seconds. */
export function parseTime(text: string): number | undefined {
  if (text === 'inf') return Infinity
  if (/^[\d.]+$/.test(text)) return decimal(text)
  if (!/^(?:[\d.]+(?:ms|us|ns|h|m|s))+$/.test(text)) return undefined
  let total = 0
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ms|us|ns|h|m|s)/g)) {
    const value = decimal(number ?? '')
    if (value === undefined) return undefined
    total += value * units[unit as keyof typeof units]
  }
  return total
}

function decimal(text: string): number | undefined {
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}
