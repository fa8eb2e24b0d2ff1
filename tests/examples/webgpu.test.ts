// The example that hands out a GPU's memory: the pool is real, the device records what it is told and
// keeps the bytes.
import { load } from 'stowage/pool'
import { describe, expect, it } from 'vitest'

import { GpuMemory } from '../../examples/webgpu/gpu-memory.mjs'

const { MemoryPool } = await load()

class RecordedBuffer {
  readonly bytes: Uint8Array
  isDestroyed = false

  constructor(readonly size: number) {
    this.bytes = new Uint8Array(size)
  }

  destroy(): void {
    this.isDestroyed = true
  }
}

/** Refuses what the specification of WebGPU refuses. */
class RecordedDevice {
  readonly limits = { minStorageBufferOffsetAlignment: 256 }
  readonly buffers: RecordedBuffer[] = []
  copies = 0
  readonly queue = {
    writeBuffer: (buffer: RecordedBuffer, offset: number, data: Uint8Array): void => {
      expect([offset % 4, data.byteLength % 4]).toEqual([0, 0])
      buffer.bytes.set(data, offset)
    },
    submit: (commands: readonly (() => void)[]): void => {
      for (const command of commands) command()
    },
  }

  createBuffer = ({ size }: { size?: number }): RecordedBuffer => {
    const buffer = new RecordedBuffer(size ?? 0)
    this.buffers.push(buffer)
    return buffer
  }

  createCommandEncoder = (): object => {
    const commands: (() => void)[] = []
    return {
      copyBufferToBuffer: (
        source: RecordedBuffer,
        from: number,
        target: RecordedBuffer,
        to: number,
        size: number,
      ): void => {
        expect(source).not.toBe(target)
        expect([from % 4, to % 4, size % 4]).toEqual([0, 0, 0])
        expect(from + size).toBeLessThanOrEqual(source.size)
        expect(to + size).toBeLessThanOrEqual(target.size)
        commands.push(() => {
          ++this.copies
          target.bytes.set(source.bytes.subarray(from, from + size), to)
        })
      },
      finish: () => () => {
        for (const command of commands) command()
      },
    }
  }
}

function memoryOf(total: number): { memory: GpuMemory; device: RecordedDevice } {
  const device = new RecordedDevice()
  return { memory: new GpuMemory(device, new MemoryPool(total)), device }
}

describe('the example of a GPU’s memory', () => {
  it('hands out aligned parts of one buffer', () => {
    const { memory, device } = memoryOf(4096)
    const parts = [100, 300, 7].map((size, index) => memory.allocate(size, `part ${String(index)}`))
    expect(parts.map(({ offset, size }) => [offset, size])).toEqual([
      [0, 100],
      [256, 300],
      [768, 8],
    ])
    expect(memory.entry(3, { offset: 256, size: 300, label: '' })).toEqual({
      binding: 3,
      resource: { buffer: device.buffers[0], offset: 256, size: 300 },
    })
    expect(device.buffers).toHaveLength(1)
    memory.destroy()
    expect(device.buffers[0]?.isDestroyed).toBe(true)
  })

  it('moves parts, with what they hold, where a new one fits only so', () => {
    const { memory, device } = memoryOf(1024)
    const parts = ['a', 'b', 'c', 'd'].map((label) => memory.allocate(256, label))
    const [a, b, c, d] = parts
    if (!a || !b || !c || !d) throw new Error('no parts')
    memory.write(b, new Uint8Array(256).fill(2))
    memory.write(d, new Uint8Array(256).fill(4))
    memory.free(a)
    memory.free(c)
    const e = memory.allocate(500, 'e')
    expect([b.offset, d.offset, e.offset]).toEqual([0, 256, 512])
    const held = (offset: number): number[] => [
      ...new Set(device.buffers[0]?.bytes.subarray(offset, offset + 256)),
    ]
    expect([held(b.offset), held(d.offset)]).toEqual([[2], [4]])
    expect(device.copies).toBe(4)
    expect(device.buffers[1]?.isDestroyed).toBe(true)
    expect(memory.stats.used).toBe(1012)
    memory.destroy()
  })

  it('says why something never fits', () => {
    const { memory } = memoryOf(1024)
    memory.allocate(600, 'first')
    expect(() => memory.allocate(600, 'second')).toThrow(
      'second: 600 bytes aligned to 256 do not fit',
    )
    memory.destroy()
  })
})
