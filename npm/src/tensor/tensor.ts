/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { giveNumbers, takeError, takeNumbers } from '../core/exchange.js'
import { StowageError } from '../errors.js'
import type { Buffer } from './buffer.js'
import { dimensionsFrom, epsilonFrom, limitFrom, valuesFrom } from './checks.js'
import type { Executor } from './executor.js'
import { type Held, none } from './module.js'
import {
  type BinaryOperation,
  binaryCode,
  codeFrom,
  type Loss,
  lossCode,
  type Reduction,
  reductionCode,
  type UnaryOperation,
  unaryCode,
} from './operations.js'
import type {
  AxisOptions,
  FloatValues,
  LayerNormOptions,
  LossOptions,
  MatmulOptions,
  ReduceOptions,
  SliceOptions,
} from './types.js'

interface Layout {
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly offset: number
  readonly isContiguous: boolean
}

/**
 * Floats with a shape of up to eight dimensions. Made by `executor.tensor()`, or of other tensors.
 *
 * Operations make a new tensor in memory of its own, and take tensors of one executor; dimensions
 * (`axis`) may be negative: they are counted from the last, -1. What the views (`transpose`,
 * `permute`, `narrow`, `slice`, `select`, `broadcastTo`, and mostly `reshape`) make shares the
 * memory, which lives as long as any of them.
 *
 * Throws `invalid-argument`, naming the shapes, where they do not fit; `out-of-memory`; `disposed`.
 * After each, everything goes on as before.
 */
export class Tensor {
  readonly executor: Executor
  readonly #number: Held
  #layout: Layout | undefined
  #buffer: Buffer | undefined
  #isDisposed = false

  /** @internal */
  constructor(executor: Executor, number: Held) {
    this.executor = executor
    this.#number = number
  }

  /** Its number in the executor. Throws `disposed`. @internal */
  get number(): Held {
    if (this.#isDisposed) throw new StowageError('disposed', 'the tensor was disposed of')
    return this.#number
  }

  get shape(): readonly number[] {
    return this.#ownLayout().shape
  }

  /** In elements, one for each dimension. */
  get strides(): readonly number[] {
    return this.#ownLayout().strides
  }

  /** Of the first element in the buffer, in elements. */
  get offset(): number {
    return this.#ownLayout().offset
  }

  /** The number of dimensions. */
  get rank(): number {
    return this.shape.length
  }

  /** The number of elements. */
  get size(): number {
    return this.shape.reduce((product, each) => product * each, 1)
  }

  /** Whether the elements lie side by side in row-major order. */
  get isContiguous(): boolean {
    return this.#ownLayout().isContiguous
  }

  get isDisposed(): boolean {
    return this.#isDisposed || this.executor.isDisposed
  }

  /** What its elements lie in; the same object each time, unless it was disposed of. */
  get buffer(): Buffer {
    if (this.#buffer?.isDisposed === false) return this.#buffer
    this.#buffer = this.executor.bufferOf(this)
    return this.#buffer
  }

  /** Whether both lie in one buffer: whether `reshape` or `contiguous` made a view. */
  sharesMemory(other: Tensor): boolean {
    const right = this.executor.tensorNumberOf('other', other)
    return this.executor.call(
      (module, executor) =>
        module._stowage_tensor_shares_memory(executor, this.number, right) === 1,
    )
  }

  /** The elements in row-major order: a copy. */
  toArray(): Float32Array {
    const { size } = this
    return this.executor.call((module, executor) => {
      const whole = module._stowage_tensor_contiguous(executor, this.number)
      if (whole < 0) throw takeError(module)
      const start = module._stowage_tensor_data(executor, whole) >>> 2
      const values = module.HEAPF32.slice(start, start + size)
      module._stowage_tensor_release(executor, whole)
      return values
    })
  }

  /** The only element. Throws `invalid-argument` if there are more. */
  item(): number {
    const { size } = this
    if (size === 1) return this.toArray()[0] ?? NaN
    throw new StowageError('invalid-argument', `item() of a tensor of ${String(size)} elements`)
  }

  /**
   * Sets the elements, given in row-major order. Throws `invalid-argument` if there are fewer or more
   * values than elements, or if the tensor repeats elements.
   */
  write(values: FloatValues): void {
    const source = this.executor.tensor(valuesFrom('values', values), this.shape)
    try {
      this.executor.call((module, executor) => {
        if (module._stowage_tensor_write(executor, this.number, source.number) === 0) {
          throw takeError(module)
        }
      })
    } finally {
      source.dispose()
    }
  }

  /** The same elements in row-major order: the same memory if they are, or a copy. */
  contiguous(): Tensor {
    const { number } = this
    return this.executor.held((module, executor) =>
      module._stowage_tensor_contiguous(executor, number),
    )
  }

  /** Rows and columns swapped, of two dimensions. */
  transpose(): Tensor {
    const { number } = this
    return this.executor.held((module, executor) =>
      module._stowage_tensor_transpose(executor, number),
    )
  }

  /** Dimension i is what dimension `axes[i]` was; each once. */
  permute(axes: readonly number[]): Tensor {
    const { number } = this
    const order = dimensionsFrom('axes', axes, Number.MIN_SAFE_INTEGER)
    return this.executor.held((module, executor) => {
      giveNumbers(module, order)
      return module._stowage_tensor_permute(executor, number)
    })
  }

  /** `length` elements from `start` on along `axis`. */
  narrow(axis: number, start: number, length: number): Tensor {
    const { number } = this
    const along = check.integer('axis', axis)
    const first = check.integer('start', start, 0)
    const count = check.integer('length', length, 0)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_narrow(executor, number, along, first, count),
    )
  }

  /** Each `step`-th element from `start` to before `end` along `axis`. */
  slice(options: SliceOptions): Tensor {
    const given = check.record('options', options, ['axis', 'start', 'end', 'step'])
    const { number } = this
    const axis = check.integer('axis', given.axis)
    const start = given.start === undefined ? 0 : check.integer('start', given.start, 0)
    const step = given.step === undefined ? 1 : check.integer('step', given.step, 1)
    const end =
      given.end === undefined ? (this.shape.at(axis) ?? 0) : check.integer('end', given.end, 0)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_slice(executor, number, axis, start, end, step),
    )
  }

  /** Without the dimension `axis`: what is at `index` of it. */
  select(axis: number, index: number): Tensor {
    const { number } = this
    const along = check.integer('axis', axis)
    const at = check.integer('index', index, 0)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_select(executor, number, along, at),
    )
  }

  /**
   * The same elements under another shape, of which one dimension may be -1: as many as are left. A
   * view if they lie in row-major order, or a copy.
   */
  reshape(shape: readonly number[]): Tensor {
    const { number } = this
    const dimensions = dimensionsFrom('shape', shape, -1)
    return this.executor.held((module, executor) => {
      giveNumbers(module, dimensions)
      return module._stowage_tensor_reshape(executor, number)
    })
  }

  /** Dimensions of 1, and missing ones in front, repeated. */
  broadcastTo(shape: readonly number[]): Tensor {
    const { number } = this
    const dimensions = dimensionsFrom('shape', shape)
    return this.executor.held((module, executor) => {
      giveNumbers(module, dimensions)
      return module._stowage_tensor_broadcast(executor, number)
    })
  }

  /** Elementwise, with a tensor, both shapes broadcast, or one number for all elements. */
  add(other: Tensor | number): Tensor {
    return this.#binary('add', other)
  }

  sub(other: Tensor | number): Tensor {
    return this.#binary('sub', other)
  }

  mul(other: Tensor | number): Tensor {
    return this.#binary('mul', other)
  }

  /** As IEEE 754 has it: a division by 0 gives an infinity or NaN. */
  div(other: Tensor | number): Tensor {
    return this.#binary('div', other)
  }

  /** Elementwise; where one of the two is NaN, the other. */
  minimum(other: Tensor | number): Tensor {
    return this.#binary('min', other)
  }

  /** Elementwise; where one of the two is NaN, the other. */
  maximum(other: Tensor | number): Tensor {
    return this.#binary('max', other)
  }

  abs(): Tensor {
    return this.#unary('abs')
  }

  neg(): Tensor {
    return this.#unary('neg')
  }

  /** max(x, 0); 0 for NaN. */
  relu(): Tensor {
    return this.#unary('relu')
  }

  /** Within 1.03 ulp. */
  exp(): Tensor {
    return this.#unary('exp')
  }

  /** The natural logarithm, within 1 ulp; -Infinity of 0 and NaN below. */
  log(): Tensor {
    return this.#unary('log')
  }

  sqrt(): Tensor {
    return this.#unary('sqrt')
  }

  /** 1 / sqrt(x), within 1.5 ulp. */
  rsqrt(): Tensor {
    return this.#unary('rsqrt')
  }

  /** 1 / (1 + e^-x), within 2.6 ulp. */
  sigmoid(): Tensor {
    return this.#unary('sigmoid')
  }

  /** Within 2.6 ulp. */
  tanh(): Tensor {
    return this.#unary('tanh')
  }

  /** 0.5 x (1 + tanh(0.7978846 (x + 0.044715 x³))), within 1e-6. */
  gelu(): Tensor {
    return this.#unary('gelu')
  }

  /** 0.5 x (1 + erf(x / √2)), within 1e-6. */
  geluErf(): Tensor {
    return this.#unary('geluErf')
  }

  /** Each element limited to [lo, hi]; NaN becomes lo. */
  clip(lo: number, hi: number): Tensor {
    const { number } = this
    const least = limitFrom('lo', lo)
    const most = limitFrom('hi', hi)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_clip(executor, number, least, most),
    )
  }

  /** Of all elements, a tensor of one; along an axis, a tensor without that dimension. */
  sum(options?: ReduceOptions): Tensor {
    return this.#reduce('sum', options)
  }

  mean(options?: ReduceOptions): Tensor {
    return this.#reduce('mean', options)
  }

  /** Of what is not NaN; NaN where everything is. */
  min(options?: ReduceOptions): Tensor {
    return this.#reduce('min', options)
  }

  /** Of what is not NaN; NaN where everything is. */
  max(options?: ReduceOptions): Tensor {
    return this.#reduce('max', options)
  }

  /** e^x over its sum along an axis. */
  softmax(options: AxisOptions = {}): Tensor {
    const { number } = this
    const { axis = -1 } = check.record('options', options, ['axis'])
    const along = check.integer('axis', axis)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_softmax(executor, number, along),
    )
  }

  /** (x - mean) / sqrt(variance + epsilon) along the last axis, times the weight, plus the bias. */
  layerNorm(options: LayerNormOptions = {}): Tensor {
    const { number } = this
    const given = check.record('options', options, ['weight', 'bias', 'epsilon'])
    const weight = this.#optional('weight', given.weight)
    const bias = this.#optional('bias', given.bias)
    const epsilon = epsilonFrom(given.epsilon, 1e-5)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_layer_norm(executor, number, weight, bias, epsilon),
    )
  }

  /** The mean of (x - target)². */
  meanSquaredError(targets: Tensor): number {
    return this.#loss('meanSquaredError', targets, undefined)
  }

  /** The mean of -target ln x. */
  crossEntropy(targets: Tensor, options?: LossOptions): number {
    return this.#loss('crossEntropy', targets, options)
  }

  /** The mean of -target ln x - (1 - target) ln(1 - x). */
  binaryCrossEntropy(targets: Tensor, options?: LossOptions): number {
    return this.#loss('binaryCrossEntropy', targets, options)
  }

  /**
   * [..., m, k] times [..., k, n] is [..., m, n]: a product of matrices for each of the dimensions in
   * front, which are broadcast. With a bias and an activation, both in the same pass.
   */
  matmul(other: Tensor, options: MatmulOptions = {}): Tensor {
    const { number } = this
    const right = this.executor.tensorNumberOf('other', other)
    const given = check.record('options', options, ['bias', 'activation'])
    const bias = this.#optional('bias', given.bias)
    const activation =
      given.activation === undefined ? none : codeFrom('activation', given.activation, unaryCode)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_matmul(executor, number, right, bias, activation),
    )
  }

  /** Gives the memory back, unless a view or its buffer still has it. May be called again. */
  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    if (this.executor.isDisposed) return
    this.#buffer?.dispose()
    this.executor.call((module, executor) => {
      module._stowage_tensor_release(executor, this.#number)
    })
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #unary(operation: UnaryOperation): Tensor {
    const { number } = this
    return this.executor.held((module, executor) =>
      module._stowage_tensor_unary(executor, unaryCode[operation], number),
    )
  }

  #binary(operation: BinaryOperation, other: unknown): Tensor {
    const { number } = this
    const code = binaryCode[operation]
    if (typeof other === 'number') {
      return this.executor.held((module, executor) =>
        module._stowage_tensor_binary_scalar(executor, code, number, other),
      )
    }
    const right = this.executor.tensorNumberOf('other', other)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_binary(executor, code, number, right),
    )
  }

  #reduce(reduction: Reduction, options: ReduceOptions = {}): Tensor {
    const { number } = this
    const code = reductionCode[reduction]
    const { axis, keepAxis = false } = check.record('options', options, ['axis', 'keepAxis'])
    const keeps = check.boolean('keepAxis', keepAxis) ? 1 : 0
    if (axis === undefined) {
      const shape = keeps === 1 ? this.shape.map(() => 1) : []
      const value = this.executor.number((module, executor) =>
        module._stowage_tensor_reduce_all(executor, code, number),
      )
      return this.executor.tensor([value], shape)
    }
    const along = check.integer('axis', axis)
    return this.executor.held((module, executor) =>
      module._stowage_tensor_reduce(executor, code, number, along, keeps),
    )
  }

  #loss(loss: Loss, targets: unknown, options: LossOptions = {}): number {
    const { number } = this
    const right = this.executor.tensorNumberOf('targets', targets)
    const { epsilon } = check.record('options', options, ['epsilon'])
    const limit = epsilonFrom(epsilon, 0)
    return this.executor.number((module, executor) =>
      module._stowage_tensor_loss(executor, lossCode[loss], number, right, limit),
    )
  }

  #optional(name: string, tensor: unknown): Held {
    return tensor === undefined ? none : this.executor.tensorNumberOf(name, tensor)
  }

  #ownLayout(): Layout {
    this.#layout ??= this.executor.call((module, executor) => {
      module._stowage_tensor_layout(executor, this.number)
      const [offset = 0, isContiguous = 0, ...rest] = takeNumbers(module)
      const shape = Object.freeze(rest.slice(0, rest.length / 2))
      const strides = Object.freeze(rest.slice(rest.length / 2))
      return { shape, strides, offset, isContiguous: isContiguous === 1 }
    })
    return this.#layout
  }
}
