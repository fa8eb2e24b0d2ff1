// Executor, Buffer and Tensor of `stowage/tensor`.
import { afterEach, describe, expect, test } from 'vitest'

import { load, type Executor as ExecutorType, type Tensor } from 'stowage/tensor'
import { load as loadAll } from 'stowage'

import { thrownBy } from './failure-of.js'

const { Executor } = await load()
const executors: ExecutorType[] = []

function made(): ExecutorType {
  const executor = new Executor()
  executors.push(executor)
  return executor
}

afterEach(() => {
  for (const each of executors.splice(0)) each.dispose()
})

const values = (tensor: Tensor): number[] => [...tensor.toArray()]
const counted = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

describe('Tensor', () => {
  test('comes from numbers and becomes numbers', () => {
    const executor = made()
    const t = executor.tensor([1, 2, 3, 4, 5, 6], [2, 3])
    expect([t.shape, t.strides, t.offset, t.rank, t.size]).toEqual([[2, 3], [3, 1], 0, 2, 6])
    expect(t.isContiguous).toBe(true)
    expect(t.toArray()).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6))
    expect(values(executor.tensor(Float32Array.of(7), []))).toEqual([7])
    expect(executor.tensor([7], []).item()).toBe(7)
    expect(values(executor.zeros([2, 2]))).toEqual([0, 0, 0, 0])
    expect(values(executor.tensor([], [3, 0]))).toEqual([])
    t.write([6, 5, 4, 3, 2, 1])
    expect(values(t)).toEqual([6, 5, 4, 3, 2, 1])
  })

  test('has views', () => {
    const t = made().tensor(counted(12), [3, 4])
    const transposed = t.transpose()
    expect([transposed.shape, transposed.strides]).toEqual([
      [4, 3],
      [1, 4],
    ])
    expect(values(transposed)).toEqual([1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12])
    expect(transposed.isContiguous).toBe(false)
    expect(values(transposed.contiguous())).toEqual(values(transposed))
    expect(transposed.sharesMemory(t)).toBe(true)
    expect(transposed.contiguous().sharesMemory(t)).toBe(false)
    expect(t.reshape([2, -1]).sharesMemory(t)).toBe(true)
    expect(transposed.reshape([12]).sharesMemory(t)).toBe(false)
    expect(values(t.narrow(1, 1, 2))).toEqual([2, 3, 6, 7, 10, 11])
    expect(values(t.slice({ axis: -1, start: 1, step: 2 }))).toEqual([2, 4, 6, 8, 10, 12])
    expect(values(t.slice({ axis: 0, end: 1 }))).toEqual([1, 2, 3, 4])
    expect(values(t.select(0, 1))).toEqual([5, 6, 7, 8])
    expect(t.reshape([1, 3, 4]).permute([2, 0, 1]).shape).toEqual([4, 1, 3])
    expect(values(t.select(0, 0).broadcastTo([2, 4]))).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
    // A view writes through.
    transposed.write(counted(12))
    expect(values(t)).toEqual([1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12])
  })

  test('keeps its memory while a view has it', () => {
    const executor = made()
    const t = executor.tensor(counted(4), [2, 2])
    const view = t.transpose()
    t.dispose()
    expect(values(view)).toEqual([1, 3, 2, 4])
    view.dispose()
    view.dispose()
    expect(executor.stats().numBuffers).toBe(0)
  })

  test('computes elementwise, broadcasting', () => {
    const executor = made()
    const t = executor.tensor([1, -2, 3, -4], [2, 2])
    const row = executor.tensor([10, 20], [2])
    expect(values(t.add(row))).toEqual([11, 18, 13, 16])
    expect(values(t.sub(1))).toEqual([0, -3, 2, -5])
    expect(values(t.mul(t))).toEqual([1, 4, 9, 16])
    expect(values(t.div(0))).toEqual([Infinity, -Infinity, Infinity, -Infinity])
    expect(values(t.minimum(NaN))).toEqual([1, -2, 3, -4])
    expect(values(t.maximum(row))).toEqual([10, 20, 10, 20])
    expect(values(t.abs().sqrt().mul(t.abs().rsqrt()))).toHaveLength(4)
    expect(values(t.neg().relu())).toEqual([0, 2, 0, 4])
    expect(values(t.clip(-1, 2))).toEqual([1, -1, 2, -1])
    for (const [name, exact] of [
      ['exp', Math.exp],
      ['tanh', Math.tanh],
      ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
      ['gelu', (x: number) => 0.5 * x * (1 + Math.tanh(0.7978845608 * (x + 0.044715 * x ** 3)))],
    ] as const) {
      const found = values(t[name]())
      for (const [i, x] of values(t).entries()) expect(found[i]).toBeCloseTo(exact(x), 4)
    }
    expect(values(t.abs().log())[3]).toBeCloseTo(Math.log(4), 6)
    expect(values(executor.tensor([1], [1]).geluErf())[0]).toBeCloseTo(0.841345, 5)
  })

  test('reduces and normalises along axes', () => {
    const executor = made()
    const t = executor.tensor(counted(6), [2, 3])
    expect(t.sum().item()).toBe(21)
    expect(t.sum({ keepAxis: true }).shape).toEqual([1, 1])
    expect(values(t.sum({ axis: 0 }))).toEqual([5, 7, 9])
    expect(t.mean({ axis: 1, keepAxis: true }).shape).toEqual([2, 1])
    expect(values(t.min({ axis: -1 }))).toEqual([1, 4])
    expect(values(t.max({ axis: 0 }))).toEqual([4, 5, 6])
    for (const sum of values(t.softmax({ axis: 0 }).sum({ axis: 0 }))) expect(sum).toBeCloseTo(1, 6)
    const weight = executor.tensor([2, 2, 2], [3])
    const bias = executor.tensor([1, 1, 1], [3])
    const normal = values(t.layerNorm({ weight, bias }))
    expect(normal[0]).toBeCloseTo(1 - 2 * 1.2247, 3)
    expect(normal[1]).toBeCloseTo(1, 6)
  })

  test('has losses', () => {
    const executor = made()
    const p = executor.tensor([0.7], [1])
    const t = executor.tensor([1], [1])
    expect(executor.tensor([2], [1]).meanSquaredError(t)).toBe(1)
    expect(p.crossEntropy(t)).toBeCloseTo(0.3567, 4)
    expect(p.binaryCrossEntropy(t)).toBeCloseTo(0.3567, 4)
    expect(executor.zeros([1]).crossEntropy(t)).toBe(Infinity)
    expect(executor.zeros([1]).crossEntropy(t, { epsilon: 0.01 })).toBeCloseTo(4.605, 3)
  })

  test('multiplies matrices', () => {
    const executor = made()
    const a = executor.tensor(counted(6), [2, 3])
    const b = executor.tensor([7, 8, 9, 10, 11, 12], [3, 2])
    expect(values(a.matmul(b))).toEqual([58, 64, 139, 154])
    const bias = executor.tensor([-60, 0], [2])
    expect(values(a.matmul(b, { bias, activation: 'relu' }))).toEqual([0, 64, 79, 154])
    const batch = executor.tensor(counted(12), [2, 3, 2])
    const product = a.matmul(batch)
    expect(product.shape).toEqual([2, 2, 2])
    expect(values(product)).toEqual([22, 28, 49, 64, 58, 64, 139, 154])
    expect(values(b.transpose().matmul(a.transpose()))).toEqual([58, 139, 64, 154])
  })
})

describe('Executor', () => {
  test('is in the main entry too', async () => {
    expect((await loadAll()).Executor).toBe(Executor)
  })

  test('has operations on buffers', () => {
    const executor = made()
    const [a, b, c] = [executor.buffer(5), executor.buffer(5), executor.buffer(5)]
    a.write([0, 1, 2, 3, 4])
    b.write([0, 2, 4, 6, 8])
    executor.binary('add', a, b, c)
    expect([...c.toArray()]).toEqual([0, 3, 6, 9, 12])
    executor.binary('mul', c, 10, c, { length: 2 })
    expect([...c.toArray()]).toEqual([0, 30, 6, 9, 12])
    executor.unary('neg', a, c)
    executor.clip(c, -2, 0, c)
    expect([...c.toArray()]).toEqual([-0, -1, -2, -2, -2])
    expect(executor.reduce('sum', a, c)).toBe(10)
    expect(c.toArray()[0]).toBe(10)
    expect(executor.loss('meanSquaredError', a, b, c)).toBe(6)
    executor.softmax(a, c)
    expect([...c.toArray()].reduce((x, y) => x + y)).toBeCloseTo(1, 6)
    c.fill(3, { length: 2 })
    a.copyTo(c, { length: 1 })
    expect([...c.toArray()].slice(0, 2)).toEqual([0, 3])
    executor.gemm(a, b, c, 1, 1, 5)
    expect(c.toArray()[0]).toBe(60)
    executor.matvec(a, b, c, 1, 5)
    expect(c.toArray()[0]).toBe(60)
  })

  test('has boundary buffers, which share the bytes of their class', () => {
    const executor = made()
    const whole = executor.boundaryBuffer(5, 48, 256)
    expect([whole.length, whole.byteLength, whole.pool, whole.classIndex]).toEqual([
      3072,
      12288,
      'Boundary',
      5,
    ])
    const part = executor.boundaryBuffer(5, 2, 8)
    expect([part.length, part.numAliases, whole.numAliases]).toEqual([4, 1, 1])
    part.fill(2)
    expect([...whole.toArray().slice(0, 5)]).toEqual([2, 2, 2, 2, 0])
    part.dispose()
    expect(whole.numAliases).toBe(0)
    expect(executor.buffer(3).numAliases).toBe(0)
  })

  test('makes tensors of buffers', () => {
    const executor = made()
    const buffer = executor.buffer(8)
    buffer.write(counted(8))
    expect(values(executor.tensorFrom(buffer, [2, 3]))).toEqual([1, 2, 3, 4, 5, 6])
    expect(values(executor.tensorFrom(buffer, [2, 3], { offset: 2 }))).toEqual([3, 4, 5, 6, 7, 8])
    const strided = executor.tensorFrom(buffer, [2, 2], { strides: [1, 4], offset: 1 })
    expect(values(strided)).toEqual([2, 6, 3, 7])
    expect(values(executor.tensorFrom(buffer, [2, 2], { strides: [0, 1] }))).toEqual([1, 2, 1, 2])
    expect([...strided.buffer.toArray()]).toEqual(counted(8))
    expect(strided.buffer).toBe(strided.buffer)
    buffer.dispose()
    expect(values(strided)).toEqual([2, 6, 3, 7])
  })

  test('disposes of what tidy leaves behind', () => {
    const executor = made()
    const t = executor.tensor([1, 2], [2])
    const kept = executor.tidy(() => t.add(1).mul(t).tanh())
    expect(executor.stats().numBuffers).toBe(2)
    const { first } = executor.tidy(() => {
      const inner = executor.tidy(() => [t.add(1), t.add(2)] as const)
      return { first: inner[0] }
    })
    expect(executor.stats().numBuffers).toBe(3)
    expect(values(first)).toEqual([2, 3])
    expect(thrownBy(() => executor.tidy(() => t.add(kept).reshape([9])))).toBeDefined()
    expect(executor.stats().numBuffers).toBe(3)
    const error = thrownBy(() => executor.tidy(() => Promise.resolve(t.add(1))))
    expect(error.message).toContain('promise')
    expect(executor.stats().numBuffers).toBe(3)
  })

  test('keeps tensors good when it is defragmented', () => {
    const executor = made()
    const all = Array.from({ length: 50 }, (_, i) =>
      executor.tensor(Array<number>(100).fill(i), [100]),
    )
    for (const each of all.filter((_, i) => i % 2 === 0)) each.dispose()
    expect(executor.stats().fragmentation).toBeGreaterThan(0)
    const { movedBuffers, movedBytes } = executor.defragment()
    expect(movedBuffers).toBeGreaterThan(20)
    expect(movedBytes).toBe(movedBuffers * 448)
    expect(executor.stats().fragmentation).toBeCloseTo(0, 9)
    for (const [i, each] of all.entries()) {
      if (i % 2 === 1) expect(values(each).every((value) => value === i)).toBe(true)
    }
  })

  test('survives the growth of the heap', () => {
    const executor = made()
    const t = executor.tensor(counted(1000), [1000])
    const large = executor.zeros([50_000_000])
    expect(t.sum().item()).toBe(500_500)
    expect(values(t)).toEqual(counted(1000))
    large.dispose()
    expect(executor.stats().usedBytes).toBeLessThan(10_000)
  })

  test('leaves the heap flat over a million buffers', () => {
    const executor = made()
    const t = executor.tensor(counted(16), [16])
    for (let i = 0; i < 1_000_000; ++i) executor.buffer(i % 64).dispose()
    for (let i = 0; i < 10_000; ++i) t.add(t).dispose()
    const stats = executor.stats()
    expect(stats).toMatchObject({ numBuffers: 1, usedBytes: 64, numRegions: 1 })
    expect(stats.reservedBytes).toBe(2 ** 18)
  })

  test('ends its buffers and tensors', () => {
    const executor = made()
    const t = executor.tensor([1], [1])
    const b = executor.buffer(1)
    executor.dispose()
    executor.dispose()
    expect([t.isDisposed, b.isDisposed]).toEqual([true, true])
    t.dispose()
    b.dispose()
    for (const use of [
      () => t.toArray(),
      () => t.add(t),
      () => t.shape,
      () => b.toArray(),
      () => executor.buffer(1),
      () => executor.stats(),
    ]) {
      expect(thrownBy(use).code).toBe('disposed')
    }
  })
})

describe('bad input', () => {
  const executor = new Executor()
  const other = new Executor()
  const t = executor.tensor([1, 2, 3, 4], [2, 2])
  const b = executor.buffer(4)
  const gone = executor.tensor([1], [1])
  const goneBuffer = executor.buffer(1)
  gone.dispose()
  goneBuffer.dispose()
  const foreign = other.tensor([1, 2, 3, 4], [2, 2])
  const foreignBuffer = other.buffer(4)
  const wrong = (value: unknown): never => value as never
  const before = executor.stats()

  test.each<[string, () => unknown, string]>([
    ['NaN as a length', () => executor.buffer(NaN), 'length is NaN'],
    ['an infinite length', () => executor.buffer(Infinity), 'length is Infinity'],
    ['a negative length', () => executor.buffer(-1), 'length is -1'],
    ['a fraction', () => executor.buffer(1.5), 'length is 1.5'],
    ['a text as length', () => executor.buffer(wrong('4')), 'length is "4"'],
    ['a class of 96', () => executor.boundaryBuffer(96, 1, 1), 'classIndex is 96'],
    ['a width of 49', () => executor.boundaryBuffer(0, 49, 1), 'width is 49'],
    ['a height of 257', () => executor.boundaryBuffer(0, 1, 257), 'height is 257'],
    ['a height of 0', () => executor.boundaryBuffer(0, 1, 0), 'height is 0'],
    ['too few values', () => executor.tensor([1, 2], [3]), '2 values for shape [3]'],
    ['a text among values', () => executor.tensor(wrong([1, 'x']), [2]), 'values[1] is "x"'],
    ['a hole among values', () => executor.tensor(wrong(Array(2)), [2]), 'values[0] is undefined'],
    ['values that are none', () => executor.tensor(wrong({}), [2]), 'a Float32Array'],
    ['a negative dimension', () => executor.zeros([-1]), 'shape[0] is -1'],
    ['NaN as dimension', () => executor.zeros([NaN]), 'shape[0] is NaN'],
    ['nine dimensions', () => executor.zeros(Array<number>(9).fill(1)), 'an array of 9'],
    ['too many elements', () => executor.zeros([2 ** 30, 2 ** 30]), '2^53 - 1'],
    ['a short buffer', () => executor.tensorFrom(b, [4, 6]), 'needs 24'],
    ['short strides', () => executor.tensorFrom(b, [2, 2], { strides: [1] }), 'differ in length'],
    ['unknown options', () => executor.tensorFrom(b, [1], wrong({ stride: [1] })), 'no option'],
    ['5 x 5 of 4', () => t.reshape([5, 5]), 'does not have the 4 elements'],
    ['two open dimensions', () => t.reshape([-1, -1]), 'may be -1'],
    ['axis 2 of 2', () => t.select(2, 0), 'axis 2'],
    ['index 4 of 2', () => t.select(0, 4), 'index 4'],
    ['narrow beyond', () => t.narrow(0, 1, 2), '2 elements from 1'],
    ['a step of 0', () => t.slice({ axis: 0, step: 0 }), 'step is 0'],
    ['axes twice', () => t.permute([0, 0]), 'named once'],
    ['a vector transposed', () => t.select(0, 0).transpose(), '2 dimensions'],
    ['shapes apart', () => t.add(executor.zeros([3])), '[2, 2] and [3]'],
    ['matmul apart', () => t.matmul(executor.zeros([3, 2])), '2 columns, the second 3 rows'],
    ['matmul of a vector', () => t.matmul(executor.zeros([2])), 'at least 2 dimensions'],
    ['a bias too long', () => t.matmul(t, { bias: executor.zeros([3]) }), 'shape [2], not [3]'],
    ['an activation', () => t.matmul(t, { activation: wrong('swish') }), 'activation is "swish"'],
    ['limits that cross', () => t.clip(2, 1), 'at most the upper'],
    ['a limit of NaN', () => t.clip(NaN, 1), 'lo is NaN'],
    ['nothing to reduce', () => executor.zeros([0]).sum(), 'nothing to reduce'],
    ['an epsilon of 1', () => t.crossEntropy(t, { epsilon: 1 }), 'below 0.5'],
    ['losses of shapes', () => t.meanSquaredError(executor.zeros([4])), '[2, 2]'],
    ['item() of four', () => t.item(), '4 elements'],
    ['a tensor of another', () => t.add(foreign), 'another executor'],
    [
      'a buffer of another',
      () => {
        executor.unary('neg', foreignBuffer, b)
      },
      'another executor',
    ],
    ['a buffer as tensor', () => t.add(wrong(b)), 'a Tensor of this executor'],
    [
      'a tensor as buffer',
      () => {
        executor.unary('neg', wrong(t), b)
      },
      'a Buffer of this executor',
    ],
    [
      'an operation',
      () => {
        executor.unary(wrong('sin'), b, b)
      },
      'operation is "sin"',
    ],
    [
      'a name of Object',
      () => {
        executor.unary(wrong('toString'), b, b)
      },
      'operation is "toString"',
    ],
    [
      'a long length',
      () => {
        executor.unary('neg', b, b, { length: 5 })
      },
      'at least 5',
    ],
    ['a short output', () => executor.reduce('sum', b, executor.buffer(2)), 'at least 3'],
    ['a length of 0', () => executor.reduce('sum', b, b, { length: 0 }), 'at least 1'],
    [
      'values for a buffer',
      () => {
        b.write([1])
      },
      '1 values for a buffer of 4',
    ],
    [
      'gemm in place',
      () => {
        executor.gemm(b, b, b, 2, 2, 2)
      },
      'shares memory',
    ],
    [
      'gemm beyond',
      () => {
        executor.gemm(b, b, executor.buffer(9), 3, 3, 3)
      },
      'at least 9',
    ],
    [
      'a size of NaN',
      () => {
        executor.matvec(b, b, executor.buffer(2), NaN, 2)
      },
      'm is NaN',
    ],
    [
      'a repeated element',
      () => {
        t.select(0, 0).broadcastTo([2, 2]).write([1, 2, 3, 4])
      },
      'repeats',
    ],
  ])('%s', (_, use, message) => {
    const error = thrownBy(() => executor.tidy(use))
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toContain(message)
  })

  test.each<[string, () => unknown]>([
    ['a tensor', () => gone.toArray()],
    ['a tensor as operand', () => t.add(gone)],
    ['a buffer', () => goneBuffer.toArray()],
    [
      'a buffer as operand',
      () => {
        executor.unary('neg', goneBuffer, b)
      },
    ],
  ])('%s that was disposed of', (_, use) => {
    expect(thrownBy(use).code).toBe('disposed')
  })

  test('more memory than there is', () => {
    expect(thrownBy(() => executor.buffer(2 ** 31)).code).toBe('out-of-memory')
  })

  test('leaves everything as it was', () => {
    expect(executor.stats()).toEqual({ ...before, peakUsedBytes: executor.stats().peakUsedBytes })
    expect(values(t.add(t))).toEqual([2, 4, 6, 8])
  })

  test('is not NaN or an infinity in data', () => {
    const odd = executor.tensor([NaN, Infinity, -Infinity], [3])
    expect(values(odd.relu())).toEqual([0, Infinity, 0])
    expect(values(odd.add(1))).toEqual([NaN, Infinity, -Infinity])
  })
})
