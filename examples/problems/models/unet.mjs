// U-Net, one image of 572x572x1, f32.
//
// Ronneberger, Fischer, Brox: "U-Net: Convolutional Networks for Biomedical Image Segmentation",
// MICCAI 2015 (arXiv:1505.04597). Figure 1 gives every extent and channel count. The convolutions
// are not padded, so each shrinks the image by 2. The skip connections make the lifespans of the
// left side long: the first is read again by the last concatenation.
//
// Gaps with windows: a skip connection is cropped before it is concatenated. Once the pooling has
// read all of it, only the rows inside the crop are still needed; those above and below are free.
import { Graph } from '../graph.mjs'

const CHANNELS = [64, 128, 256, 512]
const SKIP_EXTENTS = [568, 280, 136, 64]
const BYTES = 4

// The bytes of the rows of a skip connection that a crop to `extent` rows keeps.
function cropWindow(level, extent) {
  const rowBytes = SKIP_EXTENTS[level] * CHANNELS[level] * BYTES
  const margin = (SKIP_EXTENTS[level] - extent) / 2
  return { lower: margin * rowBytes, upper: (margin + extent) * rowBytes }
}

export function unet() {
  const graph = new Graph({ bytes: BYTES, alignment: 64 })
  let extent = 572
  let x = graph.input('input', [extent, extent, 1])
  const convolutions = (name, channels) => {
    for (const suffix of ['a', 'b']) {
      extent -= 2
      x = graph.op(`${name}.conv_${suffix}`, [x], [extent, extent, channels])
    }
  }

  const skips = []
  CHANNELS.forEach((channels, level) => {
    convolutions(`down${level + 1}`, channels)
    skips.push(x)
    extent /= 2
    x = graph.op(`down${level + 1}.pool`, [x], [extent, extent, channels])
  })
  convolutions('bottom', 1024)
  for (let level = CHANNELS.length; level >= 1; --level) {
    const channels = CHANNELS[level - 1]
    extent *= 2
    x = graph.op(`up${level}.upconv`, [x], [extent, extent, channels])
    const skip = skips.pop()
    const pooled = skip.upper
    x = graph.op(`up${level}.concat`, [skip, x], [extent, extent, 2 * channels])
    skip.gaps.push({ lower: pooled, upper: skip.upper, window: cropWindow(level - 1, extent) })
    convolutions(`up${level}`, channels)
  }
  graph.keep(graph.op('classes', [x], [extent, extent, 2]))
  return graph.finish()
}
