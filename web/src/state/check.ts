// Judging values that come from outside: the browser's storage, links, other windows.

/** An object with any keys. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Readonly<Record<string, unknown>>
}

/** `value` if it is one of `choices`. */
export function oneOf<T>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value)
}

/** `value` if it is a whole number that is exact, of at least `least`. */
export function integer(value: unknown, least: number): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= least ? (value as number) : undefined
}

/** `value` if it is a number of at least `least`. */
export function number(value: unknown, least: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= least ? value : undefined
}

export function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function boolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}
