import { numberFrom } from '../tensor/checks.js'
import type { BinaryOperation, Loss, Reduction, UnaryOperation } from '../tensor/operations.js'
import type { Registry } from './registry.js'

/** Operations on the first `length` elements of buffers. */
export function operationFunctions(registry: Registry) {
  const on = (executor_handle: number) => ({
    executor: registry.executor(executor_handle),
    buffer: (handle: number) => registry.ownBuffer(executor_handle, handle),
  })

  const binary =
    (operation: BinaryOperation) =>
    (
      executor_handle: number,
      a_handle: number,
      b_handle: number,
      c_handle: number,
      length: number,
    ): void => {
      const { executor, buffer } = on(executor_handle)
      const c = buffer(c_handle)
      executor.binary(operation, buffer(a_handle), buffer(b_handle), c, { length })
    }

  const unary =
    (operation: UnaryOperation) =>
    (executor_handle: number, a_handle: number, c_handle: number, length: number): void => {
      const { executor, buffer } = on(executor_handle)
      executor.unary(operation, buffer(a_handle), buffer(c_handle), { length })
    }

  const scalar =
    (operation: BinaryOperation) =>
    (
      executor_handle: number,
      a_handle: number,
      c_handle: number,
      length: number,
      scalar: number,
    ): void => {
      const { executor, buffer } = on(executor_handle)
      const value = numberFrom('scalar', scalar)
      executor.binary(operation, buffer(a_handle), value, buffer(c_handle), { length })
    }

  const reduce =
    (reduction: Reduction) =>
    (
      executor_handle: number,
      input_handle: number,
      output_handle: number,
      length: number,
    ): number => {
      const { executor, buffer } = on(executor_handle)
      return executor.reduce(reduction, buffer(input_handle), buffer(output_handle), { length })
    }

  const loss =
    (kind: Loss) =>
    (
      executor_handle: number,
      pred_handle: number,
      target_handle: number,
      output_handle: number,
      length: number,
    ): number => {
      const { executor, buffer } = on(executor_handle)
      const output = buffer(output_handle)
      return executor.loss(kind, buffer(pred_handle), buffer(target_handle), output, { length })
    }

  return {
    /** c = a + b */
    vector_add_f32: binary('add'),
    /** c = a - b */
    vector_sub_f32: binary('sub'),
    /** c = a * b */
    vector_mul_f32: binary('mul'),
    /** c = a / b, as IEEE 754 has it. */
    vector_div_f32: binary('div'),
    /** c = min(a, b); where one of the two is NaN, the other. */
    vector_min_f32: binary('min'),
    /** c = max(a, b); where one of the two is NaN, the other. */
    vector_max_f32: binary('max'),
    /** c = |a| */
    vector_abs_f32: unary('abs'),
    /** c = -a */
    vector_neg_f32: unary('neg'),
    /** c = max(a, 0); 0 for NaN. */
    vector_relu_f32: unary('relu'),

    /** c = a limited to [min_val, max_val]; min_val for NaN. */
    vector_clip_f32(
      executor_handle: number,
      a_handle: number,
      c_handle: number,
      length: number,
      min_val: number,
      max_val: number,
    ): void {
      const { executor, buffer } = on(executor_handle)
      executor.clip(buffer(a_handle), min_val, max_val, buffer(c_handle), { length })
    },

    /** c = a + scalar */
    scalar_add_f32: scalar('add'),
    /** c = a * scalar */
    scalar_mul_f32: scalar('mul'),

    /** The sum, also in element 0 of the output, which needs 3 elements, as those below. */
    reduce_sum_f32: reduce('sum'),
    /** The smallest of what is not NaN. */
    reduce_min_f32: reduce('min'),
    /** The largest of what is not NaN. */
    reduce_max_f32: reduce('max'),

    /** 1 / (1 + e^-x) */
    sigmoid_f32: unary('sigmoid'),
    tanh_f32: unary('tanh'),
    /** 0.5 x (1 + tanh(0.7978846 (x + 0.044715 x^3))) */
    gelu_f32: unary('gelu'),

    /** e^x over the sum of all. */
    softmax_f32(
      executor_handle: number,
      input_handle: number,
      output_handle: number,
      length: number,
    ): void {
      const { executor, buffer } = on(executor_handle)
      executor.softmax(buffer(input_handle), buffer(output_handle), { length })
    },

    /** The mean of (p - t)^2, also in element 0 of the output, which needs 3, as those below. */
    mse_loss_f32: loss('meanSquaredError'),
    /** The mean of -t ln p. */
    cross_entropy_loss_f32: loss('crossEntropy'),
    /** The mean of -t ln p - (1 - t) ln(1 - p). */
    binary_cross_entropy_loss_f32: loss('binaryCrossEntropy'),

    /** C = A B, with A m x k, B k x n, C m x n in row-major order. */
    gemm_f32(
      executor_handle: number,
      a_handle: number,
      b_handle: number,
      c_handle: number,
      m: number,
      n: number,
      k: number,
    ): void {
      const { executor, buffer } = on(executor_handle)
      executor.gemm(buffer(a_handle), buffer(b_handle), buffer(c_handle), m, n, k)
    },

    /** y = A x, with A m x n in row-major order. */
    matvec_f32(
      executor_handle: number,
      a_handle: number,
      x_handle: number,
      y_handle: number,
      m: number,
      n: number,
    ): void {
      const { executor, buffer } = on(executor_handle)
      executor.matvec(buffer(a_handle), buffer(x_handle), buffer(y_handle), m, n)
    },
  }
}
