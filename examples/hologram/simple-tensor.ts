// The product of a 4 x 8 and an 8 x 3 matrix.
import { load } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()

const bufferA = hg.executor_allocate_buffer(executor, 32)
const bufferB = hg.executor_allocate_buffer(executor, 24)
hg.buffer_fill(executor, bufferA, 1, 32)
hg.buffer_fill(executor, bufferB, 2, 24)

const a = hg.tensor_from_buffer(bufferA, JSON.stringify([4, 8]))
const b = hg.tensor_from_buffer(bufferB, JSON.stringify([8, 3]))
const product = hg.tensor_matmul(executor, a, b)

console.log(`Shape ${hg.tensor_shape(product)}, strides ${hg.tensor_strides(product)}`)
console.log(`Elements ${hg.buffer_to_vec(executor, hg.tensor_buffer(product))}`)

for (const tensor of [product, b, a]) hg.tensor_cleanup(tensor)
for (const buffer of [bufferB, bufferA]) hg.buffer_cleanup(buffer)
hg.executor_cleanup(executor)
