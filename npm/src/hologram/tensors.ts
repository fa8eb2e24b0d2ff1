import { StowageError } from '../errors.js'
import type { Tensor } from '../tensor/tensor.js'
import { numbersFromJson } from './json.js'
import type { Registry } from './registry.js'

export function tensorFunctions(registry: Registry) {
  /** The handle of each tensor's buffer, where one was asked for or given. */
  const bufferHandles = new WeakMap<Tensor, number>()

  /** A view has the buffer of what it is of. */
  const addView = (view: Tensor, of: Tensor): number => {
    const handle = bufferHandles.get(of)
    if (handle !== undefined && view.sharesMemory(of)) bufferHandles.set(view, handle)
    return registry.add(view)
  }

  const fromBuffer = (buffer_handle: number, shape: number[], strides?: number[]): number => {
    const buffer = registry.buffer(buffer_handle)
    const options = strides === undefined ? {} : { strides }
    const tensor = buffer.executor.tensorFrom(buffer, shape, options)
    bufferHandles.set(tensor, buffer_handle)
    return registry.add(tensor)
  }

  return {
    /** Handle of a tensor in row-major order; the buffer may be larger than need be. */
    tensor_from_buffer(buffer_handle: number, shape_json: string): number {
      return fromBuffer(buffer_handle, numbersFromJson('shape_json', shape_json))
    },

    /** Likewise, with a stride in elements for each dimension. */
    tensor_from_buffer_with_strides(
      buffer_handle: number,
      shape_json: string,
      strides_json: string,
    ): number {
      const shape = numbersFromJson('shape_json', shape_json)
      return fromBuffer(buffer_handle, shape, numbersFromJson('strides_json', strides_json))
    },

    /** As a JSON array. */
    tensor_shape(tensor_handle: number): string {
      return JSON.stringify(registry.tensor(tensor_handle).shape)
    },

    /** As a JSON array, in elements. */
    tensor_strides(tensor_handle: number): string {
      return JSON.stringify(registry.tensor(tensor_handle).strides)
    },

    /** Of the first element, in elements. */
    tensor_offset(tensor_handle: number): number {
      return registry.tensor(tensor_handle).offset
    },

    tensor_ndim(tensor_handle: number): number {
      return registry.tensor(tensor_handle).rank
    },

    tensor_numel(tensor_handle: number): number {
      return registry.tensor(tensor_handle).size
    },

    /** 1 or 0. */
    tensor_is_contiguous(tensor_handle: number): number {
      return registry.tensor(tensor_handle).isContiguous ? 1 : 0
    },

    /** Handle of its buffer: that it was made from, or of its own. */
    tensor_buffer(tensor_handle: number): number {
      const tensor = registry.tensor(tensor_handle)
      const known = bufferHandles.get(tensor)
      if (known !== undefined && registry.has(known)) return known
      const handle = registry.add(tensor.buffer)
      bufferHandles.set(tensor, handle)
      return handle
    },

    /** Handle of a tensor of the same elements in row-major order: shared if they are, or a copy. */
    tensor_contiguous(executor_handle: number, tensor_handle: number): number {
      const tensor = registry.ownTensor(executor_handle, tensor_handle)
      return addView(tensor.contiguous(), tensor)
    },

    /** Handle of a view with rows and columns swapped. */
    tensor_transpose(tensor_handle: number): number {
      const tensor = registry.tensor(tensor_handle)
      return addView(tensor.transpose(), tensor)
    },

    /** Handle of the same elements under another shape: a view, or a copy where it cannot be one. */
    tensor_reshape(executor_handle: number, tensor_handle: number, new_shape_json: string): number {
      const tensor = registry.ownTensor(executor_handle, tensor_handle)
      return addView(tensor.reshape(numbersFromJson('new_shape_json', new_shape_json)), tensor)
    },

    /** Handle of a view of what is at `index` of a dimension, without that dimension. */
    tensor_select(tensor_handle: number, dim: number, index: number): number {
      const tensor = registry.tensor(tensor_handle)
      return addView(tensor.select(dim, index), tensor)
    },

    /** Handle of the product of two matrices. */
    tensor_matmul(executor_handle: number, a_handle: number, b_handle: number): number {
      const a = registry.ownTensor(executor_handle, a_handle)
      const b = registry.ownTensor(executor_handle, b_handle)
      if (a.rank !== 2 || b.rank !== 2) {
        throw new StowageError(
          'invalid-argument',
          `tensor_matmul takes tensors of 2 dimensions, not ${String(a.rank)} and ${String(b.rank)}`,
        )
      }
      return registry.add(a.matmul(b))
    },

    /** Frees a tensor, not the buffer that it was made from. An unknown handle is only warned of. */
    tensor_cleanup(tensor_handle: number): void {
      registry.release('Tensor', tensor_handle)
    },
  }
}
