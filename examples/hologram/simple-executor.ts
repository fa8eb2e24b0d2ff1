// A layer of a network: 128 outputs of 64 inputs, through a sigmoid.
import { load } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()
const [outputs, inputs] = [128, 64]

const weights = hg.executor_allocate_buffer(executor, outputs * inputs)
const input = hg.executor_allocate_buffer(executor, inputs)
const sums = hg.executor_allocate_buffer(executor, outputs)
const activations = hg.executor_allocate_buffer(executor, outputs)

const waves = Array.from({ length: outputs * inputs }, (_, i) => Math.sin(i) / 8)
hg.buffer_copy_from_slice(executor, weights, JSON.stringify(waves))
hg.buffer_fill(executor, input, 0.5, inputs)

hg.matvec_f32(executor, weights, input, sums, outputs, inputs)
hg.sigmoid_f32(executor, sums, activations, outputs)

const result = JSON.parse(hg.buffer_to_vec(executor, activations)) as number[]
console.log(`${result.length} activations from ${Math.min(...result).toFixed(3)} on`)

// In one call: buffers end with their executor.
hg.executor_cleanup(executor)
