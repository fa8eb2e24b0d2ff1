import { load } from 'stowage/pool'

import { GpuMemory } from './gpu-memory.mjs'

const output = document.getElementById('output')

/** Makes parts, frees some, makes one that fits only once others have moved, and reads one back. */
async function run() {
  const adapter = await navigator.gpu?.requestAdapter()
  const device = await adapter?.requestDevice()
  if (!device) return 'This browser, or this machine, has no WebGPU.'
  const { MemoryPool } = await load()
  const memory = new GpuMemory(device, new MemoryPool(1 << 20))
  const parts = ['a', 'b', 'c', 'd'].map((label) => memory.allocate(1 << 18, label))
  memory.write(parts[1], new Float32Array([1, 2, 3, 4]))
  memory.free(parts[0])
  memory.free(parts[2])
  memory.allocate(1 << 19, 'e')
  const values = await read(device, memory.buffer, parts[1].offset)
  const { used, total } = memory.stats
  return `b is at ${parts[1].offset} now and holds ${values}; ${used} of ${total} bytes are used`
}

async function read(device, buffer, offset) {
  const copy = device.createBuffer({
    size: 16,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  })
  const encoder = device.createCommandEncoder()
  encoder.copyBufferToBuffer(buffer, offset, copy, 0, 16)
  device.queue.submit([encoder.finish()])
  await copy.mapAsync(GPUMapMode.READ)
  return [...new Float32Array(copy.getMappedRange())].join(', ')
}

output.textContent = await run().catch((error) => String(error))
