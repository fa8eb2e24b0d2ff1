// SqueezeNet, one image of 224x224x3, int8.
//
// Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer: "SqueezeNet: AlexNet-level accuracy with 50x
// fewer parameters", 2016 (arXiv:1602.07360). Table 1 gives the output sizes and the channels of
// each fire module (squeeze 1x1, expand 1x1 beside expand 3x3, concatenated).
import { Graph, im2colBytes } from '../graph.mjs'

// Fire modules and poolings in order: squeeze channels, channels of each expansion.
const LAYERS = [
  { name: 'fire2', squeeze: 16, expand: 64 },
  { name: 'fire3', squeeze: 16, expand: 64 },
  { name: 'fire4', squeeze: 32, expand: 128 },
  { name: 'maxpool4', extent: 27 },
  { name: 'fire5', squeeze: 32, expand: 128 },
  { name: 'fire6', squeeze: 48, expand: 192 },
  { name: 'fire7', squeeze: 48, expand: 192 },
  { name: 'fire8', squeeze: 64, expand: 256 },
  { name: 'maxpool8', extent: 13 },
  { name: 'fire9', squeeze: 64, expand: 256 },
]

export function squeezenet() {
  const graph = new Graph({ bytes: 1 })
  const image = graph.input('input', [224, 224, 3])
  let x = graph.op('conv1', [image], [111, 111, 96], {
    workspace: im2colBytes(111, 111, 7, 3, 1),
  })
  let extent = 55
  let channels = 96
  x = graph.op('maxpool1', [x], [extent, extent, channels])
  for (const { name, squeeze, expand, extent: pooled } of LAYERS) {
    if (pooled !== undefined) {
      extent = pooled
      x = graph.op(name, [x], [extent, extent, channels])
      continue
    }
    const s = graph.op(`${name}.squeeze`, [x], [extent, extent, squeeze])
    const e1 = graph.op(`${name}.expand1x1`, [s], [extent, extent, expand])
    const e3 = graph.op(`${name}.expand3x3`, [s], [extent, extent, expand], {
      workspace: im2colBytes(extent, extent, 3, squeeze, 1),
    })
    channels = 2 * expand
    x = graph.op(`${name}.concat`, [e1, e3], [extent, extent, channels])
  }
  x = graph.op('conv10', [x], [extent, extent, 1000])
  x = graph.op('avgpool10', [x], [1000])
  graph.keep(graph.op('softmax', [x], [1000]))
  return graph.finish()
}
