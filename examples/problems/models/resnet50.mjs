// ResNet-50, one image of 224x224x3, f16.
//
// He, Zhang, Ren, Sun: "Deep Residual Learning for Image Recognition", CVPR 2016
// (arXiv:1512.03385). Table 1 gives the stages; Figure 5 (right) the bottleneck; the stride of a
// stage is in the first 1x1 convolution of its first block. Batch normalisation and ReLU are folded
// into the convolutions, as runtimes do for inference.
import { Graph, im2colBytes } from '../graph.mjs'

// Channels inside and after the bottlenecks of a stage, their number, the extent of the output.
const STAGES = [
  { name: 'conv2', inner: 64, outer: 256, blocks: 3, extent: 56 },
  { name: 'conv3', inner: 128, outer: 512, blocks: 4, extent: 28 },
  { name: 'conv4', inner: 256, outer: 1024, blocks: 6, extent: 14 },
  { name: 'conv5', inner: 512, outer: 2048, blocks: 3, extent: 7 },
]
const BYTES = 2

export function resnet50() {
  const graph = new Graph({ bytes: BYTES, alignment: 64 })
  const image = graph.input('input', [224, 224, 3])
  let x = graph.op('conv1', [image], [112, 112, 64], {
    workspace: im2colBytes(112, 112, 7, 3, BYTES),
  })
  x = graph.op('pool1', [x], [56, 56, 64])
  for (const { name, inner, outer, blocks, extent } of STAGES) {
    const narrow = [extent, extent, inner]
    const wide = [extent, extent, outer]
    for (let block = 1; block <= blocks; ++block) {
      const id = `${name}_${block}`
      // The first block of a stage changes the shape, so its shortcut needs a projection.
      const shortcut = block === 1 ? graph.op(`${id}.shortcut`, [x], wide) : x
      const a = graph.op(`${id}.reduce`, [x], narrow)
      const b = graph.op(`${id}.conv`, [a], narrow, {
        workspace: im2colBytes(extent, extent, 3, inner, BYTES),
      })
      const c = graph.op(`${id}.restore`, [b], wide)
      x = graph.op(`${id}.add`, [c, shortcut], wide)
    }
  }
  x = graph.op('pool5', [x], [2048])
  x = graph.op('fc', [x], [1000])
  graph.keep(graph.op('softmax', [x], [1000]))
  return graph.finish()
}
