import { type ErrorCode, StowageError } from '../errors.js'

/** An address in a module's heap. From the module it may come with its sign: `>>> 0` it. */
export type Pointer = number

/** How arrays, texts and errors cross, as `cpp/bindings/exchange` exports it. */
export interface ExchangeModule {
  /** Fresh ones after each growth of the heap: to be read anew after each call. */
  readonly HEAPF64: Float64Array
  readonly HEAPU8: Uint8Array

  _stowage_reserve(count: number): Pointer
  _stowage_numbers(): Pointer
  _stowage_number_count(): number
  _stowage_text(): Pointer
  _stowage_text_length(): number
  _stowage_error_code(): number
}

/** The numbers that the last call left, as an array of JavaScript's own. */
export function takeNumbers(module: ExchangeModule): Float64Array {
  const start = module._stowage_numbers() / Float64Array.BYTES_PER_ELEMENT
  return module.HEAPF64.slice(start, start + module._stowage_number_count())
}

/** Hands numbers over to the next call. */
export function giveNumbers(module: ExchangeModule, numbers: ArrayLike<number>): void {
  const start = (module._stowage_reserve(numbers.length) >>> 0) / Float64Array.BYTES_PER_ELEMENT
  module.HEAPF64.set(numbers, start)
}

/** The text that the last call left. */
export function takeText(module: ExchangeModule): string {
  const start = module._stowage_text() >>> 0
  const bytes = module.HEAPU8.subarray(start, start + module._stowage_text_length())
  return new TextDecoder().decode(bytes)
}

/** In the order of ErrorCode in result.h. */
const codes: readonly ErrorCode[] = [
  'invalid-argument',
  'parse-error',
  'infeasible',
  'deadline-exceeded',
  'cancelled',
  'out-of-memory',
  'disposed',
]

/** The error that the last call left. */
export function takeError(module: ExchangeModule): StowageError {
  const code = codes[module._stowage_error_code()] ?? 'invalid-argument'
  return new StowageError(code, takeText(module))
}
