import { numbersFromJson } from './json.js'
import type { Registry } from './registry.js'

const elementSize = 4

export function bufferFunctions(registry: Registry) {
  return {
    /** Handle of a buffer of `length` floats, all 0. */
    executor_allocate_buffer(executor_handle: number, length: number): number {
      return registry.add(registry.executor(executor_handle).buffer(length))
    },

    /** Handle of a buffer in the slot of a class, 0 to 95: width 1 to 48, height 1 to 256. */
    executor_allocate_boundary_buffer(
      executor_handle: number,
      class_index: number,
      width: number,
      height: number,
    ): number {
      const executor = registry.executor(executor_handle)
      return registry.add(executor.boundaryBuffer(class_index, width, height))
    },

    /** In elements. */
    buffer_length(buffer_handle: number): number {
      return registry.buffer(buffer_handle).length
    },

    /** 1 or 0. */
    buffer_is_empty(buffer_handle: number): number {
      return registry.buffer(buffer_handle).isEmpty ? 1 : 0
    },

    /** 1 or 0. */
    buffer_is_linear(buffer_handle: number): number {
      return registry.buffer(buffer_handle).pool === 'Linear' ? 1 : 0
    },

    /** 1 or 0. */
    buffer_is_boundary(buffer_handle: number): number {
      return registry.buffer(buffer_handle).pool === 'Boundary' ? 1 : 0
    },

    /** "Linear" or "Boundary". */
    buffer_pool(buffer_handle: number): string {
      return registry.buffer(buffer_handle).pool
    },

    /** In bytes: 4. */
    buffer_element_size(buffer_handle: number): number {
      registry.buffer(buffer_handle)
      return elementSize
    },

    buffer_size_bytes(buffer_handle: number): number {
      return registry.buffer(buffer_handle).byteLength
    },

    /** 0 to 95. */
    buffer_class_index(buffer_handle: number): number {
      return registry.buffer(buffer_handle).classIndex
    },

    /** Sets all elements from a JSON array of as many numbers. */
    buffer_copy_from_slice(
      executor_handle: number,
      buffer_handle: number,
      data_json: string,
    ): void {
      const buffer = registry.ownBuffer(executor_handle, buffer_handle)
      buffer.write(numbersFromJson('data_json', data_json))
    },

    /** All elements as a JSON array; null for what is not finite, which JSON cannot say. */
    buffer_to_vec(executor_handle: number, buffer_handle: number): string {
      const buffer = registry.ownBuffer(executor_handle, buffer_handle)
      return JSON.stringify([...buffer.toArray()])
    },

    /** Sets the first `length` elements. */
    buffer_fill(
      executor_handle: number,
      buffer_handle: number,
      value: number,
      length: number,
    ): void {
      registry.ownBuffer(executor_handle, buffer_handle).fill(value, { length })
    },

    /** Copies the first `length` elements. */
    buffer_copy(
      executor_handle: number,
      src_handle: number,
      dst_handle: number,
      length: number,
    ): void {
      const from = registry.ownBuffer(executor_handle, src_handle)
      from.copyTo(registry.ownBuffer(executor_handle, dst_handle), { length })
    },

    /** Frees a buffer. An unknown handle is only warned of. */
    buffer_cleanup(buffer_handle: number): void {
      registry.release('Buffer', buffer_handle)
    },
  }
}
