import * as check from '../check.js'

/** Of one element; errors and special cases are those of the method of this name of `Tensor`. */
export type UnaryOperation =
  | 'abs'
  | 'neg'
  | 'relu'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'rsqrt'
  | 'sigmoid'
  | 'tanh'
  | 'gelu'
  | 'geluErf'

/** Of two elements. */
export type BinaryOperation = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max'

/** Of many elements to one. */
export type Reduction = 'sum' | 'min' | 'max' | 'mean'

/**
 * How far predictions p are from targets t, as a mean over n elements: of (p - t)², -t ln p, or
 * -t ln p - (1 - t) ln(1 - p).
 */
export type Loss = 'meanSquaredError' | 'crossEntropy' | 'binaryCrossEntropy'

type Codes<Name extends string> = Readonly<Record<Name, number>>

/** As in UnaryOperation of elementwise.h. */
export const unaryCode: Codes<UnaryOperation> = {
  abs: 0,
  neg: 1,
  relu: 2,
  exp: 3,
  log: 4,
  sqrt: 5,
  rsqrt: 6,
  sigmoid: 7,
  tanh: 8,
  gelu: 9,
  geluErf: 10,
}

/** As in BinaryOperation of elementwise.h. */
export const binaryCode: Codes<BinaryOperation> = { add: 0, sub: 1, mul: 2, div: 3, min: 4, max: 5 }

/** As in Reduction of reduction.h. */
export const reductionCode: Codes<Reduction> = { sum: 0, min: 1, max: 2, mean: 3 }

/** As in Loss of reduction.h. */
export const lossCode: Codes<Loss> = { meanSquaredError: 0, crossEntropy: 1, binaryCrossEntropy: 2 }

/** The code of a name that someone gave. */
export function codeFrom(name: string, value: unknown, codes: Codes<string>): number {
  const code = typeof value === 'string' && Object.hasOwn(codes, value) ? codes[value] : undefined
  if (code === undefined)
    throw check.invalid(name, value, `one of ${Object.keys(codes).join(', ')}`)
  return code
}
