// Linear and boundary buffers: what they are, filling, copying, arithmetic and reductions.
import { load } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()

const linear = hg.executor_allocate_buffer(executor, 10)
const boundary = hg.executor_allocate_boundary_buffer(executor, 21, 48, 256)
for (const buffer of [linear, boundary]) {
  const length = hg.buffer_length(buffer)
  const bytes = hg.buffer_size_bytes(buffer)
  const of = `class ${hg.buffer_class_index(buffer)}`
  console.log(`${hg.buffer_pool(buffer)}: ${length} elements, ${bytes} bytes, ${of}`)
}

hg.buffer_copy_from_slice(executor, linear, '[-5, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 5]')
const result = hg.executor_allocate_buffer(executor, 10)
hg.vector_clip_f32(executor, linear, result, 10, -1, 1)
console.log(`Clipped: ${hg.buffer_to_vec(executor, result)}`)
hg.vector_relu_f32(executor, linear, result, 10)
console.log(`ReLU: ${hg.buffer_to_vec(executor, result)}`)
hg.buffer_copy(executor, linear, result, 3)
hg.scalar_mul_f32(executor, result, result, 10, 2)
console.log(`Three copied, all doubled: ${hg.buffer_to_vec(executor, result)}`)

// The output of a reduction has at least three elements.
const output = hg.executor_allocate_buffer(executor, 3)
console.log(`Sum ${hg.reduce_sum_f32(executor, linear, output, 10)}`)
console.log(`Min ${hg.reduce_min_f32(executor, linear, output, 10)}`)
console.log(`Max ${hg.reduce_max_f32(executor, linear, output, 10)}`)

hg.executor_cleanup(executor)
