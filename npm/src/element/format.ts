// Numbers as text. Pure.
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** With a comma between thousands. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

export function formatNumber(value: number): string {
  return grouped.format(value)
}

/** The position in `units` of the largest unit that `value` has at least one of. */
function unitOf(value: number): number {
  let unit = 0
  while (unit < units.length - 1 && Math.abs(value) >= 1024 ** (unit + 1)) ++unit
  return unit
}

/** Bytes in three significant digits, exact where that is enough: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const unit = unitOf(bytes)
  const value = bytes / 1024 ** unit
  const decimals = Number.isInteger(value)
    ? 0
    : Math.abs(value) < 10
      ? 2
      : Math.abs(value) < 100
        ? 1
        : 0
  return `${formatNumber(Number(value.toFixed(decimals)))} ${units[unit] ?? ''}`
}

/** The exact number, followed by the rounded one where they differ. */
export function formatExactly(bytes: number): string {
  const short = formatBytes(bytes)
  return Math.abs(bytes) < 1024 ? short : `${formatNumber(bytes)} B (${short})`
}

/**
 * For the marks of an axis, multiples of `step` up to `most`: in the largest unit in which two
 * decimals are enough, but whole larger units as such.
 */
export function bytesFormatter(step: number, most: number): (bytes: number) => string {
  let unit = unitOf(most)
  while (unit > 0 && !Number.isInteger((4 * step) / 1024 ** unit)) --unit
  return (bytes) => {
    if (bytes === 0) return '0'
    const larger = unitOf(bytes)
    const chosen = Number.isInteger(bytes / 1024 ** larger) ? Math.max(unit, larger) : unit
    return `${formatNumber(bytes / 1024 ** chosen)} ${units[chosen] ?? ''}`
  }
}

/** How far `value` is above `base`, in percent. */
export function formatExcess(value: number, base: number): string {
  const percent = (value / base - 1) * 100
  if (!Number.isFinite(percent)) return ''
  if (percent > 0 && percent < 0.01) return '< 0.01 %'
  return `${formatNumber(Number(percent.toPrecision(percent < 100 ? 2 : 3)))} %`
}
