import * as check from '../check.js'

/** In the order of UnaryOperation in elementwise.h. */
const unary = [
  'abs',
  'neg',
  'relu',
  'exp',
  'log',
  'sqrt',
  'rsqrt',
  'sigmoid',
  'tanh',
  'gelu',
  'geluErf',
] as const
/** Of one element; errors and special cases are those of the method of this name of `Tensor`. */
export type UnaryOperation = (typeof unary)[number]

/** In the order of BinaryOperation in elementwise.h. */
const binary = ['add', 'sub', 'mul', 'div', 'min', 'max'] as const
/** Of two elements. */
export type BinaryOperation = (typeof binary)[number]

/** In the order of Reduction in reduction.h. */
const reduction = ['sum', 'min', 'max', 'mean'] as const
/** Of many elements to one. */
export type Reduction = (typeof reduction)[number]

/** In the order of Loss in reduction.h. */
const loss = ['meanSquaredError', 'crossEntropy', 'binaryCrossEntropy'] as const
/** How far predictions p are from targets t, as a mean over n elements: of (p - t)², -t ln p, or
 * -t ln p - (1 - t) ln(1 - p). */
export type Loss = (typeof loss)[number]

/** Their positions, by which the module knows them. */
export const unaryCode = codesOf(unary)
export const binaryCode = codesOf(binary)
export const reductionCode = codesOf(reduction)
export const lossCode = codesOf(loss)

function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<Name, number>
}

/** The position of a name that someone gave. */
export function codeFrom(
  name: string,
  value: unknown,
  codes: Readonly<Record<string, number>>,
): number {
  const code = typeof value === 'string' && Object.hasOwn(codes, value) ? codes[value] : undefined
  if (code === undefined)
    throw check.invalid(name, value, `one of ${Object.keys(codes).join(', ')}`)
  return code
}
