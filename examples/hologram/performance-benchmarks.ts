// What some operations cost: the shortest of a few runs, after one to warm up.
import { load } from 'stowage/hologram'

const hg = await load()
const executor = hg.new_executor()

function milliseconds(run: () => void): number {
  run()
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return Math.min(...times)
}

function report(name: string, operations: number, run: () => void): void {
  const time = milliseconds(run)
  console.log(`${name}: ${time.toFixed(3)} ms, ${(operations / time / 1e6).toFixed(2)} GFLOP/s`)
}

const length = 2 ** 20
const [a, b, c] = [0, 1, 2].map(() => hg.executor_allocate_buffer(executor, length))
if (a === undefined || b === undefined || c === undefined) throw new Error('three buffers')
hg.buffer_fill(executor, a, 0.5, length)
hg.buffer_fill(executor, b, 0.25, length)

report('vector_add of 2^20', length, () => {
  hg.vector_add_f32(executor, a, b, c, length)
})
report('tanh of 2^20', length, () => {
  hg.tanh_f32(executor, a, c, length)
})
report('reduce_sum of 2^20', length, () => {
  hg.reduce_sum_f32(executor, a, c, length)
})
report('matvec of 1024 x 1024', 2 * 2 ** 20, () => {
  hg.matvec_f32(executor, a, b, c, 1024, 1024)
})
report('gemm of 512 x 512 x 512', 2 * 512 ** 3, () => {
  hg.gemm_f32(executor, a, b, c, 512, 512, 512)
})

hg.executor_cleanup(executor)
