// Numbers for a person.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** 6,021,120 */
export function integer(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : 'no limit'
}

/** 12.5 %, and "< 0.1 %" rather than a zero that is none. */
export function percent(fraction: number): string {
  if (fraction > 0 && fraction < 0.0005) return '< 0.1 %'
  return `${oneDigit.format(100 * fraction)} %`
}

/** 0.004 s, 12.3 s */
export function seconds(value: number): string {
  return `${value.toFixed(value < 1 ? 3 : 1)} s`
}

/** "1 buffer", "2 buffers" */
export function counted(count: number, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** 5.74 MiB */
export function bytes(value: number): string {
  let unit = 0
  while (unit < units.length - 1 && value >= 1024 ** (unit + 1)) ++unit
  const scaled = value / 1024 ** unit
  const digits = Number.isInteger(scaled) || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2
  return `${scaled.toFixed(digits)} ${units[unit] ?? ''}`
}
