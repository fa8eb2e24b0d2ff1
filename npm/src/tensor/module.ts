/**
 * The WebAssembly module of the tensors as `cpp/bindings/tensor` exports it. Nothing here is checked
 * by the module itself but what its messages speak of: whoever calls has validated types and ranges,
 * and that buffers and tensors are live ones of the executor.
 */
import type { ExchangeModule, Pointer } from '../core/exchange.js'

/** A buffer's or a tensor's number in its executor; -1 for an error, or for none. */
export type Held = number

export interface TensorModule extends ExchangeModule {
  readonly HEAPF32: Float32Array

  _stowage_executor_make(): Pointer
  _stowage_executor_delete(executor: Pointer): void
  _stowage_executor_stats(executor: Pointer): void
  _stowage_executor_defragment(executor: Pointer): void

  _stowage_buffer_allocate(executor: Pointer, length: number): Held
  _stowage_buffer_allocate_boundary(
    executor: Pointer,
    classIndex: number,
    width: number,
    height: number,
  ): Held
  _stowage_buffer_release(executor: Pointer, buffer: Held): void
  _stowage_buffer_num_aliases(executor: Pointer, buffer: Held): number
  _stowage_buffer_describe(executor: Pointer, buffer: Held): void
  _stowage_buffer_data(executor: Pointer, buffer: Held): Pointer
  _stowage_buffer_fill(executor: Pointer, buffer: Held, value: number, length: number): number
  _stowage_buffer_copy(executor: Pointer, from: Held, to: Held, length: number): number
  _stowage_buffer_unary(
    executor: Pointer,
    operation: number,
    input: Held,
    output: Held,
    length: number,
  ): number
  _stowage_buffer_binary(
    executor: Pointer,
    operation: number,
    a: Held,
    b: Held,
    output: Held,
    length: number,
  ): number
  _stowage_buffer_binary_scalar(
    executor: Pointer,
    operation: number,
    a: Held,
    b: number,
    output: Held,
    length: number,
  ): number
  _stowage_buffer_clip(
    executor: Pointer,
    input: Held,
    lo: number,
    hi: number,
    output: Held,
    length: number,
  ): number
  _stowage_buffer_softmax(executor: Pointer, input: Held, output: Held, length: number): number
  _stowage_buffer_reduce(
    executor: Pointer,
    reduction: number,
    input: Held,
    output: Held,
    length: number,
  ): number
  _stowage_buffer_loss(
    executor: Pointer,
    kind: number,
    predictions: Held,
    targets: Held,
    output: Held,
    length: number,
    epsilon: number,
  ): number
  _stowage_buffer_gemm(
    executor: Pointer,
    a: Held,
    b: Held,
    c: Held,
    m: number,
    n: number,
    k: number,
  ): number
  _stowage_buffer_matvec(executor: Pointer, a: Held, x: Held, y: Held, m: number, n: number): number

  _stowage_tensor_zeros(executor: Pointer): Held
  _stowage_tensor_make(executor: Pointer, buffer: Held, rank: number, offset: number): Held
  _stowage_tensor_release(executor: Pointer, tensor: Held): void
  _stowage_tensor_layout(executor: Pointer, tensor: Held): void
  _stowage_tensor_buffer(executor: Pointer, tensor: Held): Held
  _stowage_tensor_shares_memory(executor: Pointer, a: Held, b: Held): number
  _stowage_tensor_data(executor: Pointer, tensor: Held): Pointer
  _stowage_tensor_contiguous(executor: Pointer, tensor: Held): Held
  _stowage_tensor_write(executor: Pointer, tensor: Held, values: Held): number
  _stowage_tensor_transpose(executor: Pointer, tensor: Held): Held
  _stowage_tensor_permute(executor: Pointer, tensor: Held): Held
  _stowage_tensor_narrow(
    executor: Pointer,
    tensor: Held,
    axis: number,
    start: number,
    length: number,
  ): Held
  _stowage_tensor_slice(
    executor: Pointer,
    tensor: Held,
    axis: number,
    start: number,
    end: number,
    step: number,
  ): Held
  _stowage_tensor_select(executor: Pointer, tensor: Held, axis: number, index: number): Held
  _stowage_tensor_reshape(executor: Pointer, tensor: Held): Held
  _stowage_tensor_broadcast(executor: Pointer, tensor: Held): Held
  _stowage_tensor_unary(executor: Pointer, operation: number, tensor: Held): Held
  _stowage_tensor_binary(executor: Pointer, operation: number, a: Held, b: Held): Held
  _stowage_tensor_binary_scalar(executor: Pointer, operation: number, a: Held, b: number): Held
  _stowage_tensor_clip(executor: Pointer, tensor: Held, lo: number, hi: number): Held
  _stowage_tensor_reduce_all(executor: Pointer, reduction: number, tensor: Held): number
  _stowage_tensor_reduce(
    executor: Pointer,
    reduction: number,
    tensor: Held,
    axis: number,
    keepsAxis: number,
  ): Held
  _stowage_tensor_softmax(executor: Pointer, tensor: Held, axis: number): Held
  _stowage_tensor_layer_norm(
    executor: Pointer,
    tensor: Held,
    weight: Held,
    bias: Held,
    epsilon: number,
  ): Held
  _stowage_tensor_loss(
    executor: Pointer,
    kind: number,
    predictions: Held,
    targets: Held,
    epsilon: number,
  ): number
  _stowage_tensor_matmul(executor: Pointer, a: Held, b: Held, bias: Held, activation: number): Held
}

/** `kNoFloat` of the bindings: what stands for an error where a float is returned. */
export const noFloat = Number.MAX_VALUE
export const none = -1
