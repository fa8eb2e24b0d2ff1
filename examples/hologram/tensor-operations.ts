// Views of a tensor: they share its buffer until they are copied.
import { load } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()

const buffer = hg.executor_allocate_buffer(executor, 12)
const counted = Array.from({ length: 12 }, (_, i) => i + 1)
hg.buffer_copy_from_slice(executor, buffer, JSON.stringify(counted))
const matrix = hg.tensor_from_buffer(buffer, '[3, 4]')

function describe(name: string, tensor: number): void {
  const [shape, strides] = [hg.tensor_shape(tensor), hg.tensor_strides(tensor)]
  const isContiguous = hg.tensor_is_contiguous(tensor) === 1
  const isShared = hg.tensor_buffer(tensor) === buffer
  console.log(
    `${name}: shape ${shape}, strides ${strides}, offset ${hg.tensor_offset(tensor)},` +
      ` ${isContiguous ? 'contiguous' : 'not contiguous'}, ${isShared ? 'shared' : 'a copy'}`,
  )
}

describe('Matrix', matrix)
const transposed = hg.tensor_transpose(matrix)
describe('Transposed', transposed)
const contiguous = hg.tensor_contiguous(executor, transposed)
describe('Transposed and copied', contiguous)
console.log(`Its elements: ${hg.buffer_to_vec(executor, hg.tensor_buffer(contiguous))}`)
describe('Reshaped', hg.tensor_reshape(executor, matrix, '[2, 6]'))
describe('Row 1', hg.tensor_select(matrix, 0, 1))
describe('Strided', hg.tensor_from_buffer_with_strides(buffer, '[2, 2]', '[8, 1]'))
const square = hg.tensor_matmul(executor, matrix, transposed)
describe('Times its transposition', square)
console.log(`Its elements: ${hg.buffer_to_vec(executor, hg.tensor_buffer(square))}`)

hg.executor_cleanup(executor)
