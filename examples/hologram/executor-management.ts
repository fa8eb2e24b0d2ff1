// Several executors: what belongs to which, and what ends with them.
import { load } from 'stowage/hologram'

const hg = await load()
const first = hg.new_executor()
const second = hg.new_executor()
console.log(`Executors ${first} and ${second}`)

const mine = hg.executor_allocate_buffer(first, 8)
const theirs = hg.executor_allocate_buffer(second, 8)
hg.buffer_fill(first, mine, 1, 8)
hg.buffer_fill(second, theirs, 2, 8)

// A buffer is used with the executor that it is of.
try {
  hg.vector_add_f32(first, mine, theirs, mine, 8)
} catch (error) {
  console.log((error as Error).message)
}

// The end of an executor is that of its buffers, and of nobody else's.
hg.executor_cleanup(second)
try {
  hg.buffer_length(theirs)
} catch (error) {
  console.log((error as Error).message)
}
console.log(`The first still has ${hg.buffer_to_vec(first, mine)}`)

// Everything that is left at once. Handles go on counting.
hg.clear_all_registries()
console.log(`The next executor is ${hg.new_executor()}`)
hg.clear_all_registries()
