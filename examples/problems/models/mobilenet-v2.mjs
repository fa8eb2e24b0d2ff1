// MobileNetV2, one image of 224x224x3, int8.
//
// Sandler, Howard, Zhu, Zhmoginov, Chen: "MobileNetV2: Inverted Residuals and Linear Bottlenecks",
// CVPR 2018 (arXiv:1801.04381). Table 2 gives the blocks, Table 1 the layers of one block.
//
// Fixed offsets: the camera writes the image to the start of the memory. The application reads the
// scores right behind it, and goes on reading those of the image before until the new ones are
// there, so that buffer is live all the time. The hole that this leaves at the bottom is of use
// only to buffers no larger than the image: the least height is above the max load.
import { Graph, im2colBytes } from '../graph.mjs'

// Expansion factor, output channels, repetitions, stride of the first (Table 2).
const BLOCKS = [
  { expansion: 1, channels: 16, repeat: 1, stride: 1 },
  { expansion: 6, channels: 24, repeat: 2, stride: 2 },
  { expansion: 6, channels: 32, repeat: 3, stride: 2 },
  { expansion: 6, channels: 64, repeat: 4, stride: 2 },
  { expansion: 6, channels: 96, repeat: 3, stride: 1 },
  { expansion: 6, channels: 160, repeat: 3, stride: 2 },
  { expansion: 6, channels: 320, repeat: 1, stride: 1 },
]
const IMAGE_BYTES = 224 * 224 * 3

export function mobilenetV2() {
  const graph = new Graph({ bytes: 1, alignment: 16 })
  const image = graph.input('input', [224, 224, 3], { offset: 0 })
  const scores = graph.input('scores', [1000], { offset: IMAGE_BYTES })
  let x = graph.op('conv1', [image], [112, 112, 32], {
    workspace: im2colBytes(112, 112, 3, 3, 1),
  })
  let extent = 112
  let channels = 32
  let number = 0
  for (const block of BLOCKS) {
    for (let i = 0; i < block.repeat; ++i) {
      const stride = i === 0 ? block.stride : 1
      const name = `block${++number}`
      const input = x
      const wide = channels * block.expansion
      if (block.expansion !== 1) x = graph.op(`${name}.expand`, [x], [extent, extent, wide])
      extent /= stride
      x = graph.op(`${name}.depthwise`, [x], [extent, extent, wide])
      x = graph.op(`${name}.project`, [x], [extent, extent, block.channels])
      if (stride === 1 && channels === block.channels) {
        x = graph.op(`${name}.add`, [input, x], [extent, extent, channels])
      }
      channels = block.channels
    }
  }
  x = graph.op('conv2', [x], [extent, extent, 1280])
  x = graph.op('pool', [x], [1280])
  graph.run('classify', [x, scores])
  return graph.finish()
}
