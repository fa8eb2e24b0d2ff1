import * as check from '../check.js'

/** The typed arrays of JavaScript by the names of their elements. */
export interface ElementArrays {
  readonly i8: Int8Array
  readonly u8: Uint8Array
  readonly i16: Int16Array
  readonly u16: Uint16Array
  readonly i32: Int32Array
  readonly u32: Uint32Array
  readonly i64: BigInt64Array
  readonly u64: BigUint64Array
  readonly f32: Float32Array
  readonly f64: Float64Array
}

export type ElementType = keyof ElementArrays

/** The typed array of elements of a type. */
export type ElementArray<Type extends ElementType> = ElementArrays[Type]

interface ArrayConstructor<Type extends ElementType> {
  readonly BYTES_PER_ELEMENT: number
  new (memory: ArrayBufferLike, address: number, length: number): ElementArrays[Type]
}

const arrays: { readonly [Type in ElementType]: ArrayConstructor<Type> } = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
}

export function elementTypeFrom<Type extends ElementType>(name: string, value: Type): Type {
  if (typeof value === 'string' && Object.hasOwn(arrays, value)) return value
  throw check.invalid(name, value, `one of ${Object.keys(arrays).join(', ')}`)
}

export function bytesPerElement(type: ElementType): number {
  return arrays[type].BYTES_PER_ELEMENT
}

export function viewOf<Type extends ElementType>(
  type: Type,
  memory: ArrayBufferLike,
  address: number,
  length: number,
): ElementArray<Type> {
  return new arrays[type](memory, address, length)
}

/** The bytes of that many elements. */
export function byteLengthFrom(type: ElementType, length: unknown): number {
  const width = bytesPerElement(type)
  const most = Math.floor(Number.MAX_SAFE_INTEGER / width)
  return check.integer('length', length, 1, most) * width
}

/** A power of two; `least` where none is given. */
export function alignmentFrom(value: unknown, least: number): number {
  if (value === undefined) return least
  const alignment = check.integer('alignment', value, 1)
  // With doubles, as bits have 32 only; of 2^53 - 1 the logarithm is rounded.
  if (2 ** Math.round(Math.log2(alignment)) !== alignment) {
    throw check.invalid('alignment', value, 'a power of two')
  }
  return Math.max(alignment, least)
}
