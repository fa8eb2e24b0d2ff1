// The 58 functions of `stowage/hologram`, with the values that their specification gives.
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { load } from 'stowage/hologram'

import { thrownBy } from './failure-of.js'

const hg = await load()
let executor: number

beforeEach(() => {
  hg.clear_all_registries()
  executor = hg.new_executor()
})

function buffer(values: readonly number[]): number {
  const handle = hg.executor_allocate_buffer(executor, values.length)
  hg.buffer_copy_from_slice(executor, handle, JSON.stringify(values))
  return handle
}

const zeros = (length: number): number => hg.executor_allocate_buffer(executor, length)
const vector = (handle: number): number[] =>
  JSON.parse(hg.buffer_to_vec(executor, handle)) as number[]
const range = (length: number, of: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => of(i))

test('there are 58', () => {
  expect(Object.keys(hg)).toHaveLength(58)
  expect(hg.get_version()).toMatch(/^\d+\.\d+\.\d+/)
})

describe('handles', () => {
  test('come from one counter and are never used again', () => {
    const first = zeros(1)
    expect(first).toBe(executor + 1)
    hg.buffer_cleanup(first)
    expect(zeros(1)).toBe(first + 1)
    hg.clear_all_registries()
    expect(hg.new_executor()).toBe(first + 2)
  })

  test('that are none are named', () => {
    const b = zeros(4)
    const t = hg.tensor_from_buffer(b, '[4]')
    for (const [use, message] of [
      [() => hg.executor_allocate_buffer(0, 1), 'Executor handle 0 not found'],
      [() => hg.executor_allocate_buffer(b, 1), `Executor handle ${String(b)} not found`],
      [() => hg.buffer_length(executor), `Buffer handle ${String(executor)} not found`],
      [() => hg.buffer_length(t), `Buffer handle ${String(t)} not found`],
      [() => hg.tensor_shape(b), `Tensor handle ${String(b)} not found`],
      [() => hg.tensor_shape(999_999), 'Tensor handle 999999 not found'],
    ] as const) {
      expect(thrownBy(use)).toMatchObject({ code: 'invalid-argument', message })
    }
    expect(thrownBy(() => hg.buffer_length(1.5)).message).toContain('is no handle')
    expect(thrownBy(() => hg.buffer_length('1' as unknown as number)).message).toContain('"1"')
  })

  test('released twice are only warned of', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    try {
      const b = zeros(1)
      const t = hg.tensor_from_buffer(b, '[1]')
      hg.tensor_cleanup(t)
      hg.buffer_cleanup(b)
      expect(warn).not.toHaveBeenCalled()
      hg.tensor_cleanup(t)
      hg.buffer_cleanup(b)
      hg.executor_cleanup(b)
      expect(warn.mock.calls.map(([text]) => text as string)).toEqual([
        `Tensor handle ${String(t)} not found; nothing was released`,
        `Buffer handle ${String(b)} not found; nothing was released`,
        `Executor handle ${String(b)} not found; nothing was released`,
      ])
    } finally {
      warn.mockRestore()
    }
  })

  test('of an executor that was cleaned up, or of another, are refused', () => {
    const mine = buffer([1, 2, 3])
    const other = hg.new_executor()
    const theirs = hg.executor_allocate_buffer(other, 3)
    expect(
      thrownBy(() => {
        hg.vector_add_f32(executor, mine, theirs, mine, 3)
      }).message,
    ).toContain('another executor')
    expect(
      thrownBy(() => {
        hg.buffer_fill(other, mine, 1, 3)
      }).message,
    ).toContain('another executor')
    const tensor = hg.tensor_from_buffer(theirs, '[3]')
    expect(thrownBy(() => hg.tensor_contiguous(executor, tensor)).message).toContain('another')
    hg.executor_cleanup(other)
    expect(thrownBy(() => hg.buffer_length(theirs))).toMatchObject({ code: 'disposed' })
    expect(thrownBy(() => hg.tensor_shape(tensor))).toMatchObject({ code: 'disposed' })
    expect(thrownBy(() => hg.executor_allocate_buffer(other, 1)).message).toContain('not found')
    expect(vector(mine)).toEqual([1, 2, 3])
  })
})

describe('buffers', () => {
  test('linear', () => {
    const b = zeros(1024)
    expect([
      hg.buffer_length(b),
      hg.buffer_is_empty(b),
      hg.buffer_is_linear(b),
      hg.buffer_is_boundary(b),
      hg.buffer_pool(b),
      hg.buffer_element_size(b),
      hg.buffer_size_bytes(b),
      hg.buffer_class_index(b),
    ]).toEqual([1024, 0, 1, 0, 'Linear', 4, 4096, 0])
    expect(hg.buffer_is_empty(zeros(0))).toBe(1)
    expect(vector(zeros(3))).toEqual([0, 0, 0])
  })

  test('boundary', () => {
    const b = hg.executor_allocate_boundary_buffer(executor, 95, 48, 256)
    expect([
      hg.buffer_length(b),
      hg.buffer_is_linear(b),
      hg.buffer_is_boundary(b),
      hg.buffer_pool(b),
      hg.buffer_size_bytes(b),
      hg.buffer_class_index(b),
    ]).toEqual([3072, 0, 1, 'Boundary', 12288, 95])
    for (const [slot, width, height] of [
      [96, 1, 1],
      [0, 49, 1],
      [0, 1, 257],
    ] as const) {
      expect(
        thrownBy(() => hg.executor_allocate_boundary_buffer(executor, slot, width, height)).code,
      ).toBe('invalid-argument')
    }
  })

  test('any number of them, given back', () => {
    for (let i = 0; i < 1000; ++i) hg.buffer_cleanup(zeros(100_000))
    expect(vector(buffer([1]))).toEqual([1])
  })

  test('fill and copy honour their length', () => {
    const a = buffer([1, 2, 3, 4])
    const b = zeros(4)
    hg.buffer_copy(executor, a, b, 2)
    expect(vector(b)).toEqual([1, 2, 0, 0])
    hg.buffer_fill(executor, b, 7, 3)
    expect(vector(b)).toEqual([7, 7, 7, 0])
    expect(
      thrownBy(() => {
        hg.buffer_copy(executor, a, zeros(2), 3)
      }).message,
    ).toContain('at least 3')
    expect(
      thrownBy(() => {
        hg.buffer_fill(executor, b, 7, 5)
      }).message,
    ).toContain('at least 5')
  })

  test.each(['[1, 2', '{}', '"x"', '[1, "2", 3]', '[1, null, 3]', 'NaN', '3'])(
    'refuse %s',
    (json) => {
      const b = buffer([1, 2, 3])
      expect(
        thrownBy(() => {
          hg.buffer_copy_from_slice(executor, b, json)
        }).code,
      ).toBe('parse-error')
      expect(vector(b)).toEqual([1, 2, 3])
    },
  )

  test('take as many numbers as they have elements', () => {
    const b = buffer([1, 2, 3])
    const error = thrownBy(() => {
      hg.buffer_copy_from_slice(executor, b, '[1, 2]')
    })
    expect(error.message).toContain('2 values for a buffer of 3')
  })
})

describe('operations', () => {
  test('elementwise', () => {
    const i = buffer(range(5, (x) => x))
    const twice = buffer(range(5, (x) => 2 * x))
    const ten = buffer(range(5, (x) => 10 * x))
    const c = zeros(5)
    const results = (...calls: (() => void)[]): number[][] =>
      calls.map((call) => {
        call()
        return vector(c)
      })
    expect(
      results(
        () => {
          hg.vector_add_f32(executor, i, twice, c, 5)
        },
        () => {
          hg.vector_sub_f32(executor, ten, i, c, 5)
        },
        () => {
          hg.scalar_add_f32(executor, i, c, 5, 1)
        },
        () => {
          hg.scalar_mul_f32(executor, c, c, 5, 2)
        },
        () => {
          hg.vector_mul_f32(executor, i, twice, c, 5)
        },
        () => {
          hg.vector_div_f32(executor, ten, buffer([1, 2, 4, 5, 8]), c, 5)
        },
        () => {
          hg.vector_min_f32(executor, ten, buffer([5, 5, 5, 5, 5]), c, 5)
        },
        () => {
          hg.vector_max_f32(executor, ten, buffer([5, 5, 5, 5, 5]), c, 5)
        },
        () => {
          hg.vector_neg_f32(executor, i, c, 5)
        },
        () => {
          hg.vector_abs_f32(executor, c, c, 5)
        },
        () => {
          hg.vector_relu_f32(executor, buffer([-2, -1, 0, 1, 2]), c, 5)
        },
      ),
    ).toEqual([
      [0, 3, 6, 9, 12],
      [0, 9, 18, 27, 36],
      [1, 2, 3, 4, 5],
      [2, 4, 6, 8, 10],
      [0, 2, 8, 18, 32],
      [0, 5, 5, 6, 5],
      [0, 5, 5, 5, 5],
      [5, 10, 20, 30, 40],
      [-0, -1, -2, -3, -4].map((x) => x + 0),
      [0, 1, 2, 3, 4],
      [0, 0, 0, 1, 2],
    ])
  })

  test('clip', () => {
    const values = [-5, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 5]
    const c = zeros(10)
    hg.vector_clip_f32(executor, buffer(values), c, 10, -1, 1)
    expect(vector(c)).toEqual([-1, -1, -1, -0.5, 0, 0.5, 1, 1, 1, 1])
  })

  test('reductions and losses', () => {
    const five = buffer([3, 1, 5, 2, 4])
    const out = zeros(3)
    expect(hg.reduce_sum_f32(executor, five, out, 5)).toBe(15)
    expect(vector(out)).toEqual([15, 0, 0])
    expect(hg.reduce_min_f32(executor, five, out, 5)).toBe(1)
    expect(hg.reduce_max_f32(executor, five, out, 5)).toBe(5)
    const [two, one, p] = [buffer([2]), buffer([1]), buffer([0.7])]
    expect(hg.mse_loss_f32(executor, two, one, out, 1)).toBe(1)
    expect(hg.cross_entropy_loss_f32(executor, p, one, out, 1)).toBeCloseTo(0.3567, 4)
    expect(hg.binary_cross_entropy_loss_f32(executor, p, one, out, 1)).toBeGreaterThan(0)
    for (const use of [
      () => hg.reduce_sum_f32(executor, five, zeros(2), 5),
      () => hg.reduce_sum_f32(executor, five, out, 0),
      () => hg.reduce_sum_f32(executor, five, out, 6),
      () => hg.mse_loss_f32(executor, two, one, zeros(1), 1),
    ]) {
      expect(thrownBy(use).code).toBe('invalid-argument')
    }
  })

  test('activations', () => {
    const x = buffer([-1, 0, 2])
    const c = zeros(3)
    hg.sigmoid_f32(executor, x, c, 3)
    expect(vector(c)[1]).toBe(0.5)
    hg.tanh_f32(executor, x, c, 3)
    expect(vector(c)[2]).toBeCloseTo(Math.tanh(2), 6)
    hg.gelu_f32(executor, x, c, 3)
    expect(vector(c)[2]).toBeCloseTo(1.954597, 5)
    hg.softmax_f32(executor, x, c, 3)
    expect(vector(c).reduce((a, b) => a + b)).toBeCloseTo(1, 6)
  })

  test('gemm, and a layer of matvec and sigmoid', () => {
    const c = zeros(4)
    hg.gemm_f32(executor, buffer([1, 2, 3, 4, 5, 6]), buffer([7, 8, 9, 10, 11, 12]), c, 2, 2, 3)
    expect(vector(c)).toEqual([58, 64, 139, 154])
    const weights = buffer(range(128 * 64, (i) => Math.sin(i)))
    const input = buffer(range(64, (i) => Math.cos(i)))
    const output = zeros(128)
    hg.matvec_f32(executor, weights, input, output, 128, 64)
    hg.sigmoid_f32(executor, output, output, 128)
    for (const [row, value] of vector(output).entries()) {
      const sum = range(64, (i) => Math.sin(row * 64 + i) * Math.cos(i)).reduce((a, b) => a + b)
      expect(value).toBeCloseTo(1 / (1 + Math.exp(-sum)), 5)
    }
  })
})

describe('tensors', () => {
  const counted = (rows: number, columns: number): number =>
    hg.tensor_from_buffer(
      buffer(range(rows * columns, (i) => i + 1)),
      JSON.stringify([rows, columns]),
    )
  const elements = (tensor: number): number[] => {
    const whole = hg.tensor_contiguous(executor, tensor)
    return vector(hg.tensor_buffer(whole))
  }

  test('have a layout', () => {
    const b = zeros(24)
    const t = hg.tensor_from_buffer(b, '[4, 6]')
    expect([
      hg.tensor_shape(t),
      hg.tensor_strides(t),
      hg.tensor_offset(t),
      hg.tensor_ndim(t),
      hg.tensor_numel(t),
      hg.tensor_is_contiguous(t),
      hg.tensor_buffer(t),
    ]).toEqual(['[4,6]', '[6,1]', 0, 2, 24, 1, b])
    expect(hg.tensor_strides(hg.tensor_from_buffer(zeros(60), '[3, 4, 5]'))).toBe('[20,5,1]')
    expect(thrownBy(() => hg.tensor_from_buffer(zeros(10), '[4, 6]')).message).toContain('24')
    const strided = hg.tensor_from_buffer_with_strides(b, '[2, 3]', '[1, 8]')
    expect(hg.tensor_is_contiguous(strided)).toBe(0)
    expect(hg.tensor_strides(strided)).toBe('[1,8]')
    expect(thrownBy(() => hg.tensor_from_buffer_with_strides(b, '[4]', '[8]')).message).toContain(
      '25',
    )
    expect(thrownBy(() => hg.tensor_from_buffer(b, '[4, "6"]')).code).toBe('parse-error')
    expect(thrownBy(() => hg.tensor_from_buffer(b, '[1.5]')).code).toBe('invalid-argument')
  })

  test('have views of the same buffer', () => {
    const t = counted(3, 4)
    const transposed = hg.tensor_transpose(t)
    expect([hg.tensor_shape(transposed), hg.tensor_strides(transposed)]).toEqual(['[4,3]', '[1,4]'])
    expect(hg.tensor_buffer(transposed)).toBe(hg.tensor_buffer(t))
    expect(elements(transposed)).toEqual([1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12])
    expect(hg.tensor_buffer(hg.tensor_contiguous(executor, transposed))).not.toBe(
      hg.tensor_buffer(t),
    )
    expect(hg.tensor_buffer(hg.tensor_contiguous(executor, t))).toBe(hg.tensor_buffer(t))
  })

  test('reshape and select', () => {
    const t = counted(4, 6)
    expect(hg.tensor_shape(hg.tensor_reshape(executor, t, '[2, 12]'))).toBe('[2,12]')
    expect(thrownBy(() => hg.tensor_reshape(executor, t, '[5, 5]')).code).toBe('invalid-argument')
    const cube = hg.tensor_from_buffer(zeros(60), '[3, 4, 5]')
    const selected = hg.tensor_select(cube, 0, 1)
    expect([hg.tensor_shape(selected), hg.tensor_offset(selected)]).toEqual(['[4,5]', 20])
    expect(thrownBy(() => hg.tensor_select(t, 2, 0)).code).toBe('invalid-argument')
    expect(thrownBy(() => hg.tensor_select(t, 0, 4)).code).toBe('invalid-argument')
  })

  test('multiply', () => {
    const product = hg.tensor_matmul(executor, counted(4, 8), counted(8, 3))
    expect(hg.tensor_shape(product)).toBe('[4,3]')
    expect(elements(product)[0]).toBe(
      range(8, (k) => (k + 1) * (3 * k + 1)).reduce((a, b) => a + b),
    )
    // Strided and offset operands count.
    const left = hg.tensor_transpose(counted(3, 2))
    const right = hg.tensor_select(
      hg.tensor_from_buffer(buffer(range(12, (i) => i)), '[2, 3, 2]'),
      0,
      1,
    )
    expect(elements(hg.tensor_matmul(executor, left, right))).toEqual([
      1 * 6 + 3 * 8 + 5 * 10,
      1 * 7 + 3 * 9 + 5 * 11,
      2 * 6 + 4 * 8 + 6 * 10,
      2 * 7 + 4 * 9 + 6 * 11,
    ])
    const cube = hg.tensor_from_buffer(zeros(8), '[2, 2, 2]')
    expect(thrownBy(() => hg.tensor_matmul(executor, cube, cube)).message).toContain('2 dimensions')
    expect(thrownBy(() => hg.tensor_matmul(executor, left, left)).message).toContain(
      'do not multiply',
    )
  })

  test('leave their buffer when they are cleaned up, and the other way', () => {
    const b = buffer([1, 2, 3, 4])
    const t = hg.tensor_from_buffer(b, '[2, 2]')
    hg.tensor_cleanup(t)
    expect(vector(b)).toEqual([1, 2, 3, 4])
    const second = hg.tensor_from_buffer(b, '[2, 2]')
    hg.buffer_cleanup(b)
    expect(hg.tensor_shape(second)).toBe('[2,2]')
    expect(vector(hg.tensor_buffer(second))).toEqual([1, 2, 3, 4])
    expect(thrownBy(() => hg.buffer_length(b)).message).toContain('not found')
  })
})
