// Amounts of memory as people type them.
const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kib: 1024,
  kb: 1000,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  mb: 1e6,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  gb: 1e9,
}

/** A whole number from text such as `4096`, `4,096`, `4 KiB`, `1.5 MB`; undefined for others. */
export function amountFrom(typed: string): number | undefined {
  const match = /^([\d,_' ]*\d(?:\.\d+)?)\s*([a-z]*)$/iu.exec(typed.trim())
  if (match === null) return undefined
  const [, digits = '', unit = ''] = match
  const factor = units[unit.toLowerCase()]
  const value = Math.round(Number(digits.replaceAll(/[,_' ]/gu, '')) * (factor ?? NaN))
  return Number.isSafeInteger(value) ? value : undefined
}
