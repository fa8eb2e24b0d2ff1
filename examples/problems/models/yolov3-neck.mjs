// The neck and heads of YOLOv3 for an image of 416x416, f16.
//
// Redmon, Farhadi: "YOLOv3: An Incremental Improvement", 2018 (arXiv:1804.02767). Table 1 gives the
// stages of the backbone, whose last three outputs come in here (strides 8, 16 and 32, so extents
// 52, 26 and 13 at 416x416); section 2.3 the upsampling, the concatenations and the heads with
// 3 x (4 + 1 + 80) = 255 channels. The channel counts between are those of its configuration file.
//
// Hints: the backbone leaves its three outputs one above the other from the bottom of the memory
// up, in the order in which it made them, and would like to find them there again.
import { Graph } from '../graph.mjs'

const CLASSES = 80
const ANCHORS = 3
const BYTES = 2
const SCALES = [
  { name: 'large', extent: 13, channels: 512 },
  { name: 'medium', extent: 26, channels: 256 },
  { name: 'small', extent: 52, channels: 128 },
]

export function yolov3Neck() {
  const graph = new Graph({ bytes: BYTES, alignment: 64 })
  const fine = graph.input('backbone.stride8', [52, 52, 256], { hint: 0 })
  const middle = graph.input('backbone.stride16', [26, 26, 512], { hint: fine.size })
  const coarse = graph.input('backbone.stride32', [13, 13, 1024], {
    hint: fine.size + middle.size,
  })
  const lateral = [undefined, middle, fine]
  const boxes = []

  let route = coarse
  SCALES.forEach(({ name, extent, channels }, scale) => {
    const shape = (depth) => [extent, extent, depth]
    let x = route
    if (scale > 0) {
      const below = SCALES[scale - 1]
      const narrow = [below.extent, below.extent, channels]
      x = graph.op(`${name}.route`, [x], narrow)
      x = graph.op(`${name}.upsample`, [x], shape(channels))
      // The backbone's output has twice as many channels as the upsampled one.
      x = graph.op(`${name}.concat`, [x, lateral[scale]], shape(3 * channels))
    }
    for (let i = 1; i <= 5; ++i) {
      x = graph.op(`${name}.conv${i}`, [x], shape(i % 2 === 1 ? channels : 2 * channels))
    }
    route = x
    x = graph.op(`${name}.conv6`, [x], shape(2 * channels))
    x = graph.op(`${name}.head`, [x], shape(ANCHORS * (5 + CLASSES)))
    // Decoding turns the head into boxes and scores in f32 for the last step.
    boxes.push(
      graph.op(`${name}.boxes`, [x], [extent * extent * ANCHORS, 5 + CLASSES], { bytes: 4 }),
    )
  })
  graph.keep(graph.op('suppression', boxes, [100, 6], { bytes: 4 }))
  return graph.finish()
}
