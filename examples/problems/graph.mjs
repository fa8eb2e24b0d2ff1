// A model as the steps of its execution, and the buffers that these steps need.
//
// Time is the number of the step. Step t writes its output while it runs, so the output is live
// from t on, and up to the end of the last step that reads it:
//
//   step    0       1       2       3
//           conv1   conv2   add     pool        conv1 is read by conv2 and by add: [0, 3)
//   conv1   [-----------------------)           conv2 is read by add:              [1, 3)
//   conv2           [---------------)           the workspace of conv2:            [1, 2)
//
// A buffer is {id, lower, upper, size} with optional alignment, hint, offset and gaps, as in the
// CSV dialect of docs/csv.md.

export class Graph {
  /**
   * @param {{ bytes: number, alignment?: number }} defaults the size of an element (1 for int8,
   *   2 for f16, 4 for f32) and the alignment of every buffer.
   */
  constructor({ bytes, alignment = 1 }) {
    this.bytes = bytes
    this.alignment = alignment
    this.time = 0
    this.buffers = []
    this.kept = []
  }

  /**
   * A buffer written from outside before the first step.
   * @param {string} id
   * @param {number[]} shape
   * @param {object} [options] offset, hint, bytes, alignment
   */
  input(id, shape, options = {}) {
    return this.#buffer(id, 0, this.sizeOf(shape, options.bytes), options)
  }

  /**
   * Runs one step that reads `inputs` and writes an output of `shape`.
   * @param {string} id
   * @param {object[]} inputs buffers
   * @param {number[]} shape
   * @param {object} [options] offset, hint, bytes, alignment, and `workspace`, the bytes of scratch
   *   memory that only this step needs
   */
  op(id, inputs, shape, options = {}) {
    const output = this.#buffer(id, this.time, this.sizeOf(shape, options.bytes), options)
    this.run(id, inputs, options)
    return output
  }

  /** Runs one step that reads `inputs` and writes nothing new. */
  run(id, inputs, { workspace = 0 } = {}) {
    for (const input of inputs) input.upper = this.time + 1
    if (workspace > 0) this.#buffer(`${id}.workspace`, this.time, workspace, {})
    this.time += 1
  }

  /** The buffer is read after the last step: it is an output of the model. */
  keep(buffer) {
    this.kept.push(buffer)
    return buffer
  }

  sizeOf(shape, bytes = this.bytes) {
    return shape.reduce((product, extent) => product * extent, bytes)
  }

  /** All buffers in the order in which they were made. */
  finish() {
    for (const buffer of this.kept) buffer.upper = this.time
    return this.buffers
  }

  #buffer(id, lower, size, { alignment = this.alignment, offset, hint }) {
    // A buffer that nothing reads is still live while it is written.
    const buffer = { id, lower, upper: lower + 1, size, alignment, offset, hint, gaps: [] }
    this.buffers.push(buffer)
    return buffer
  }
}

/** The extent of a convolution's or a pooling's output, rounded down. */
export function outputExtent(extent, { kernel, stride = 1, padding = 0 }) {
  return Math.floor((extent + 2 * padding - kernel) / stride) + 1
}

/**
 * The bytes of a whole im2col matrix: for each position of the output, the patch of the input
 * below the kernel. Runtimes that do a convolution as a matrix product need it for all kernels
 * but 1x1.
 */
export function im2colBytes(outputHeight, outputWidth, kernel, channels, bytes) {
  return outputHeight * outputWidth * kernel * kernel * channels * bytes
}
