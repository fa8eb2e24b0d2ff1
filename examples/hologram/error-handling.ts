// What is refused, with the code and the message of each error. Everything goes on afterwards.
import { load, StowageError } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()
const buffer = hg.executor_allocate_buffer(executor, 10)

const mistakes: Record<string, () => unknown> = {
  'A handle that is none': () => hg.buffer_length(9999),
  'An executor as a buffer': () => hg.buffer_length(executor),
  'JSON that is no array': () => {
    hg.buffer_copy_from_slice(executor, buffer, '{"a": 1}')
  },
  'Too few numbers': () => {
    hg.buffer_copy_from_slice(executor, buffer, '[1, 2, 3]')
  },
  'A length beyond the buffer': () => {
    hg.buffer_fill(executor, buffer, 1, 11)
  },
  'A class out of range': () => hg.executor_allocate_boundary_buffer(executor, 96, 1, 1),
  'A shape that does not fit': () => hg.tensor_from_buffer(buffer, '[4, 6]'),
  'An output that is too short': () =>
    hg.reduce_sum_f32(executor, buffer, hg.executor_allocate_buffer(executor, 1), 10),
}

for (const [name, make] of Object.entries(mistakes)) {
  try {
    make()
    console.log(`${name}: no error`)
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    console.log(`${name}: ${error.code}: ${error.message}`)
  }
}

hg.buffer_fill(executor, buffer, 1, 10)
console.log(`It still works: ${hg.buffer_to_vec(executor, buffer)}`)
hg.executor_cleanup(executor)
