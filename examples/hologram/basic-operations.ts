// The version, an executor, and the sum of two vectors.
import { load } from 'stowage/hologram'

const hg = await load()
console.log(`Stowage ${hg.get_version()}`)

const executor = hg.new_executor()
const length = 1024
const a = hg.executor_allocate_buffer(executor, length)
const b = hg.executor_allocate_buffer(executor, length)
const c = hg.executor_allocate_buffer(executor, length)

const numbers = Array.from({ length }, (_, i) => i)
hg.buffer_copy_from_slice(executor, a, JSON.stringify(numbers))
hg.buffer_copy_from_slice(executor, b, JSON.stringify(numbers.map((i) => 2 * i)))
hg.vector_add_f32(executor, a, b, c, length)

const sums = JSON.parse(hg.buffer_to_vec(executor, c)) as number[]
console.log(`First five sums: ${sums.slice(0, 5).join(', ')}`)

for (const buffer of [a, b, c]) hg.buffer_cleanup(buffer)
hg.executor_cleanup(executor)
