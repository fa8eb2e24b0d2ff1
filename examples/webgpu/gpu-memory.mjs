// One GPUBuffer for many tensors: their places come from a MemoryPool.
//
// A GPU's buffer is slow to make and to bind, so it pays to make one and hand out parts of it. A part
// that is bound must start at a multiple of 256 bytes (or what the device's limits say).

/**
 * What is used of a GPUDevice.
 * @typedef {object} Device
 * @property {{ minStorageBufferOffsetAlignment: number }} limits
 * @property {{ writeBuffer: Function, submit: Function }} queue
 * @property {(descriptor: object) => any} createBuffer
 * @property {() => any} createCommandEncoder
 */

/** @typedef {import('stowage/pool').MemoryPool} MemoryPool */

/**
 * A part of the buffer. Its offset changes when the memory is defragmented.
 * @typedef {{ offset: number, readonly size: number, readonly label: string }} Part
 */

// As in the specification of WebGPU, which gives them as constants of the page only.
const usages = { copySource: 0x4, copyDestination: 0x8, storage: 0x80 }

export class GpuMemory {
  #device
  #pool
  /** @type {Map<number, Part>} by offset */
  #parts = new Map()

  /**
   * @param {Device} device
   * @param {MemoryPool} pool as large as the buffer shall be
   */
  constructor(device, pool) {
    this.#device = device
    this.#pool = pool
    this.buffer = device.createBuffer({
      label: 'stowage',
      size: pool.total,
      usage: usages.storage | usages.copySource | usages.copyDestination,
    })
  }

  get stats() {
    return this.#pool.stats()
  }

  /**
   * A part for `size` bytes. Where they fit only if others move, these are moved.
   * @param {number} size
   * @param {string} label
   * @returns {Part}
   */
  allocate(size, label) {
    const alignment = this.#device.limits.minStorageBufferOffsetAlignment
    // Copies come in multiples of 4 bytes.
    const bytes = Math.ceil(size / 4) * 4
    let offset = this.#pool.alloc(bytes, { alignment, tag: label })
    if (offset === null) {
      const { fitsAfterDefragment, message } = this.#pool.explain(bytes, alignment)
      if (!fitsAfterDefragment) throw new RangeError(`${label}: ${message}`)
      this.defragment()
      offset = this.#pool.alloc(bytes, { alignment, tag: label })
    }
    const part = { offset: offset ?? 0, size: bytes, label }
    this.#parts.set(part.offset, part)
    return part
  }

  /** @param {Part} part */
  free(part) {
    this.#pool.free(part.offset)
    this.#parts.delete(part.offset)
  }

  /**
   * @param {Part} part
   * @param {ArrayBufferView} data
   */
  write(part, data) {
    this.#device.queue.writeBuffer(this.buffer, part.offset, data)
  }

  /**
   * The entry of a bind group. To be made anew after parts have moved.
   * @param {number} binding
   * @param {Part} part
   */
  entry(binding, { offset, size }) {
    return { binding, resource: { buffer: this.buffer, offset, size } }
  }

  /** Moves all parts together, on the GPU. */
  defragment() {
    const moves = this.#pool.defragmentWithin()
    if (moves.length === 0) return
    // WebGPU does not copy from a buffer to itself, so each part goes over another one.
    const staging = this.#device.createBuffer({
      label: 'stowage staging',
      size: Math.max(...moves.map(({ size }) => size)),
      usage: usages.copySource | usages.copyDestination,
    })
    const encoder = this.#device.createCommandEncoder()
    for (const { from, to, size } of moves) {
      encoder.copyBufferToBuffer(this.buffer, from, staging, 0, size)
      encoder.copyBufferToBuffer(staging, 0, this.buffer, to, size)
      const part = this.#parts.get(from)
      if (part === undefined) continue
      this.#parts.delete(from)
      part.offset = to
      this.#parts.set(to, part)
    }
    this.#device.queue.submit([encoder.finish()])
    staging.destroy()
  }

  destroy() {
    this.buffer.destroy()
    this.#pool.dispose()
  }
}
