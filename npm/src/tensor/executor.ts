/// <reference lib="esnext.disposable" preserve="true" />
import * as check from '../check.js'
import { giveNumbers, type Pointer, takeError, takeNumbers } from '../core/exchange.js'
import { type HandleKind, NativeHandle } from '../core/handle.js'
import { StowageError } from '../errors.js'
import { Buffer, type BufferShape } from './buffer.js'
import { dimensionsFrom, epsilonFrom, lengthFrom, limitFrom, valuesFrom } from './checks.js'
import { tensorCore } from './core.js'
import { type Held, noFloat, type TensorModule } from './module.js'
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
import { Tensor } from './tensor.js'
import type {
  ExecutorDefragmentation,
  ExecutorStats,
  FloatValues,
  LossOptions,
  OutputOptions,
  StridedOptions,
} from './types.js'

const kind: HandleKind<TensorModule> = {
  name: 'executor',
  delete: (module, pointer) => {
    module._stowage_executor_delete(pointer)
  },
}

/** As in executor.h. */
const boundaryClasses = 96
const boundaryWidth = 48
const boundaryHeight = 256

/**
 * Owner of the memory that buffers and tensors live in, and of the operations on buffers. Everything
 * that it made ends with it:
 *
 * ```js
 * using executor = new Executor()
 * const a = executor.tensor([1, 2, 3, 4], [2, 2])
 * const b = a.matmul(a).tanh()
 * console.log(b.toArray())
 * ```
 *
 * Tensors and buffers hold memory until they are disposed of, or until their executor is: no
 * garbage collector does it for them. `tidy` disposes of what a function leaves behind.
 *
 * Operations on buffers write to elements [0, length) of their output, of which they take all unless
 * `length` says otherwise; inputs may be the output. They throw `invalid-argument` where a buffer is
 * shorter than that, or of another executor; nothing is written then.
 */
export class Executor {
  readonly #handle: NativeHandle<TensorModule>
  /** What `tidy` has to dispose of, innermost last. */
  readonly #scopes: (Tensor | Buffer)[][] = []

  constructor() {
    this.#handle = new NativeHandle(tensorCore(), kind, (module) => module._stowage_executor_make())
  }

  /**
   * A tensor of `values` in row-major order, in memory of its own. Throws `invalid-argument` if there
   * are not as many values as the shape has elements.
   */
  tensor(values: FloatValues, shape: readonly number[]): Tensor {
    const checked = valuesFrom('values', values)
    const dimensions = dimensionsFrom('shape', shape)
    const elements = dimensions.reduce((product, each) => product * each, 1)
    if (elements !== checked.length) {
      throw new StowageError(
        'invalid-argument',
        `${String(checked.length)} values for shape [${dimensions.join(', ')}] of ${String(elements)} elements: there must be as many`,
      )
    }
    const tensor = this.zeros(dimensions)
    this.call((module, executor) => {
      const start = module._stowage_tensor_data(executor, tensor.number) >>> 2
      if (elements > 0) module.HEAPF32.set(checked, start)
    })
    return tensor
  }

  /** A tensor of zeros, in memory of its own. */
  zeros(shape: readonly number[]): Tensor {
    const dimensions = dimensionsFrom('shape', shape)
    return this.held((module, executor) => {
      giveNumbers(module, dimensions)
      return module._stowage_tensor_zeros(executor)
    })
  }

  /**
   * A tensor whose elements lie in `buffer`, which may be larger than need be. Throws
   * `invalid-argument` if it is smaller.
   */
  tensorFrom(buffer: Buffer, shape: readonly number[], options: StridedOptions = {}): Tensor {
    const number = this.numberOf('buffer', buffer)
    const dimensions = dimensionsFrom('shape', shape)
    const given = check.record('options', options, ['strides', 'offset'])
    const strides =
      given.strides === undefined
        ? rowMajorStrides(dimensions)
        : dimensionsFrom('strides', given.strides)
    const offset = given.offset === undefined ? 0 : check.integer('offset', given.offset, 0)
    return this.held((module, executor) => {
      giveNumbers(module, [...dimensions, ...strides])
      return module._stowage_tensor_make(executor, number, dimensions.length, offset)
    })
  }

  /** A buffer of `length` zeros. Throws `out-of-memory`; everything goes on as before. */
  buffer(length: number): Buffer {
    const elements = check.integer('length', length, 0)
    return this.#newBuffer(
      (module, executor) => module._stowage_buffer_allocate(executor, elements),
      { length: elements, byteLength: elements * 4, pool: 'Linear', classIndex: 0 },
    )
  }

  /**
   * The first `width` x `height` bytes of one of 96 fixed slots of 48 x 256 bytes, which all buffers
   * of a class share, with what was last written there (at first, zeros).
   */
  boundaryBuffer(classIndex: number, width: number, height: number): Buffer {
    const slot = check.integer('classIndex', classIndex, 0, boundaryClasses - 1)
    const pages = check.integer('width', width, 1, boundaryWidth)
    const bytes = check.integer('height', height, 1, boundaryHeight)
    const byteLength = pages * bytes
    return this.#newBuffer(
      (module, executor) => module._stowage_buffer_allocate_boundary(executor, slot, pages, bytes),
      { length: Math.floor(byteLength / 4), byteLength, pool: 'Boundary', classIndex: slot },
    )
  }

  unary(operation: UnaryOperation, input: Buffer, output: Buffer, options?: OutputOptions): void {
    const code = codeFrom('operation', operation, unaryCode)
    const from = this.numberOf('input', input)
    const to = this.numberOf('output', output)
    const length = lengthFrom(options, output.length)
    this.#run((module, executor) => module._stowage_buffer_unary(executor, code, from, to, length))
  }

  /** With a buffer, or one number for all elements. */
  binary(
    operation: BinaryOperation,
    a: Buffer,
    b: Buffer | number,
    output: Buffer,
    options?: OutputOptions,
  ): void {
    const code = codeFrom('operation', operation, binaryCode)
    const left = this.numberOf('a', a)
    const to = this.numberOf('output', output)
    const length = lengthFrom(options, output.length)
    if (typeof b === 'number') {
      this.#run((module, executor) =>
        module._stowage_buffer_binary_scalar(executor, code, left, b, to, length),
      )
    } else {
      const right = this.numberOf('b', b)
      this.#run((module, executor) =>
        module._stowage_buffer_binary(executor, code, left, right, to, length),
      )
    }
  }

  /** Limits each element to [lo, hi]; NaN becomes lo. */
  clip(input: Buffer, lo: number, hi: number, output: Buffer, options?: OutputOptions): void {
    const from = this.numberOf('input', input)
    const to = this.numberOf('output', output)
    const least = limitFrom('lo', lo)
    const most = limitFrom('hi', hi)
    const length = lengthFrom(options, output.length)
    this.#run((module, executor) =>
      module._stowage_buffer_clip(executor, from, least, most, to, length),
    )
  }

  softmax(input: Buffer, output: Buffer, options?: OutputOptions): void {
    const from = this.numberOf('input', input)
    const to = this.numberOf('output', output)
    const length = lengthFrom(options, output.length)
    this.#run((module, executor) => module._stowage_buffer_softmax(executor, from, to, length))
  }

  /**
   * Writes the result to element 0 of the output, which needs three elements, and returns it. Of all
   * of the input, unless `length` says otherwise.
   */
  reduce(reduction: Reduction, input: Buffer, output: Buffer, options?: OutputOptions): number {
    const code = codeFrom('reduction', reduction, reductionCode)
    const from = this.numberOf('input', input)
    const to = this.numberOf('output', output)
    const length = lengthFrom(options, input.length)
    return this.number((module, executor) =>
      module._stowage_buffer_reduce(executor, code, from, to, length),
    )
  }

  /** Likewise, of all predictions. */
  loss(
    loss: Loss,
    predictions: Buffer,
    targets: Buffer,
    output: Buffer,
    options: OutputOptions & LossOptions = {},
  ): number {
    const code = codeFrom('loss', loss, lossCode)
    const given = check.record('options', options, ['length', 'epsilon'])
    const p = this.numberOf('predictions', predictions)
    const t = this.numberOf('targets', targets)
    const to = this.numberOf('output', output)
    const epsilon = epsilonFrom(given.epsilon, 0)
    const length = lengthFrom({ length: given.length }, predictions.length)
    return this.number((module, executor) =>
      module._stowage_buffer_loss(executor, code, p, t, to, length, epsilon),
    )
  }

  /**
   * C = A B, with A m x k, B k x n and C m x n in row-major order. C must not share memory with the
   * others.
   */
  gemm(a: Buffer, b: Buffer, c: Buffer, m: number, n: number, k: number): void {
    const left = this.numberOf('a', a)
    const right = this.numberOf('b', b)
    const to = this.numberOf('c', c)
    const rows = check.integer('m', m, 0)
    const columns = check.integer('n', n, 0)
    const depth = check.integer('k', k, 0)
    this.#run((module, executor) =>
      module._stowage_buffer_gemm(executor, left, right, to, rows, columns, depth),
    )
  }

  /** y = A x, with A m x n in row-major order. y must not share memory with the others. */
  matvec(a: Buffer, x: Buffer, y: Buffer, m: number, n: number): void {
    const matrix = this.numberOf('a', a)
    const vector = this.numberOf('x', x)
    const to = this.numberOf('y', y)
    const rows = check.integer('m', m, 0)
    const columns = check.integer('n', n, 0)
    this.#run((module, executor) =>
      module._stowage_buffer_matvec(executor, matrix, vector, to, rows, columns),
    )
  }

  /**
   * Calls `make`, and disposes of all tensors and buffers that were made meanwhile, but for those
   * that it returns: a tensor, a buffer, or an array or a plain object of them. Also if it throws.
   */
  tidy<Result>(make: () => Result): Result {
    check.callback('make', make)
    const scope: (Tensor | Buffer)[] = []
    this.#scopes.push(scope)
    let kept: ReadonlySet<unknown> = new Set()
    try {
      const result = make()
      if (result instanceof Promise) {
        throw new StowageError(
          'invalid-argument',
          'tidy cannot wait for a promise; dispose instead',
        )
      }
      kept = keptBy(result)
      return result
    } finally {
      this.#scopes.pop()
      const outer = this.#scopes.at(-1)
      for (const each of scope) {
        if (!kept.has(each)) each.dispose()
        else outer?.push(each)
      }
    }
  }

  /** O(regions). */
  stats(): ExecutorStats {
    const numbers = this.#handle.numbers((module, executor) => {
      module._stowage_executor_stats(executor)
    })
    const at = (index: number): number => numbers[index] ?? 0
    return {
      numBuffers: at(0),
      usedBytes: at(1),
      peakUsedBytes: at(2),
      reservedBytes: at(3),
      largestFree: at(4),
      fragmentation: at(5),
      numRegions: at(6),
    }
  }

  /** Moves linear buffers together. Buffers and tensors stay good. */
  defragment(): ExecutorDefragmentation {
    const numbers = this.#handle.numbers((module, executor) => {
      module._stowage_executor_defragment(executor)
    })
    const [movedBuffers = 0, movedBytes = 0, releasedBytes = 0] = numbers
    return { movedBuffers, movedBytes, releasedBytes }
  }

  /** Ends all its buffers and tensors, and gives their memory back. May be called again. */
  dispose(): void {
    this.#handle.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  get isDisposed(): boolean {
    return this.#handle.isDisposed
  }

  /** @internal */
  call<T>(use: (module: TensorModule, executor: Pointer) => T): T {
    return this.#handle.call(use)
  }

  /** A tensor of the number that `make` returns. @internal */
  held(make: (module: TensorModule, executor: Pointer) => Held): Tensor {
    const number = this.#heldNumber(make)
    const tensor = new Tensor(this, number)
    this.#scopes.at(-1)?.push(tensor)
    return tensor
  }

  /** What `compute` returns, unless that stands for an error. @internal */
  number(compute: (module: TensorModule, executor: Pointer) => number): number {
    return this.call((module, executor) => {
      const result = compute(module, executor)
      if (result === noFloat) throw takeError(module)
      return result
    })
  }

  /** What a tensor's elements lie in. @internal */
  bufferOf(tensor: Tensor): Buffer {
    return this.call((module, executor) => {
      const number = module._stowage_tensor_buffer(executor, tensor.number)
      module._stowage_buffer_describe(executor, number)
      const [length = 0, byteLength = 0, isBoundary = 0, classIndex = 0] = takeNumbers(module)
      const pool = isBoundary === 1 ? 'Boundary' : 'Linear'
      return this.#adopt(number, { length, byteLength, pool, classIndex })
    })
  }

  #adopt(number: Held, shape: BufferShape): Buffer {
    const buffer = new Buffer(this, number, shape)
    this.#scopes.at(-1)?.push(buffer)
    return buffer
  }

  /** The number of one of its buffers. Throws `invalid-argument`, `disposed`. @internal */
  numberOf(name: string, buffer: unknown): Held {
    if (!(buffer instanceof Buffer)) throw check.invalid(name, buffer, 'a Buffer of this executor')
    if (buffer.executor !== this) throw foreign(name, 'buffer')
    return buffer.number
  }

  /** The number of one of its tensors. Throws `invalid-argument`, `disposed`. @internal */
  tensorNumberOf(name: string, tensor: unknown): Held {
    if (!(tensor instanceof Tensor)) throw check.invalid(name, tensor, 'a Tensor of this executor')
    if (tensor.executor !== this) throw foreign(name, 'tensor')
    return tensor.number
  }

  #newBuffer(make: (module: TensorModule, executor: Pointer) => Held, shape: BufferShape): Buffer {
    return this.#adopt(this.#heldNumber(make), shape)
  }

  #heldNumber(make: (module: TensorModule, executor: Pointer) => Held): Held {
    return this.call((module, executor) => {
      const number = make(module, executor)
      if (number < 0) throw takeError(module)
      return number
    })
  }

  #run(use: (module: TensorModule, executor: Pointer) => number): void {
    this.call((module, executor) => {
      if (use(module, executor) === 0) throw takeError(module)
    })
  }
}

function rowMajorStrides(shape: readonly number[]): number[] {
  let stride = 1
  return shape
    .map((_, index) => {
      const own = stride
      stride *= Math.max(shape[shape.length - 1 - index] ?? 1, 1)
      return own
    })
    .reverse()
}

function foreign(name: string, what: string): StowageError {
  return new StowageError(
    'invalid-argument',
    `${name} belongs to another executor; make a ${what} of its values in this one`,
  )
}

function keptBy(result: unknown): ReadonlySet<unknown> {
  if (result instanceof Tensor || result instanceof Buffer) return new Set([result])
  if (typeof result === 'object' && result !== null) return new Set(Object.values(result))
  return new Set()
}
