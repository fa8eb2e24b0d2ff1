// One training step of ResNet-20 on CIFAR-10, a batch of 32 images of 32x32x3, f32.
//
// He, Zhang, Ren, Sun: "Deep Residual Learning for Image Recognition", CVPR 2016
// (arXiv:1512.03385), section 4.2: 6n + 2 layers with n = 3; 16, 32 and 64 channels at extents 32,
// 16 and 8; shortcuts without parameters. (The batch there is 128.)
//
// The forward pass keeps what the backward pass reads again: the input of every convolution, for
// the gradient of its weights, and the output of every convolution, for the gradient of the batch
// normalisation. The gradients of all weights live until the optimiser's one step at the end.
import { Graph, im2colBytes } from '../graph.mjs'

const BATCH = 32
const BYTES = 4
const STAGES = [
  { channels: 16, extent: 32 },
  { channels: 32, extent: 16 },
  { channels: 64, extent: 8 },
]
const BLOCKS = 3

export function resnet20Training() {
  const graph = new Graph({ bytes: BYTES })
  const tape = [] // functions that run the backward step of a layer, in order of the forward pass
  const gradients = new Map() // from a value to the gradient collected for it so far
  const weightGradients = []

  // Several readers of one value each give a part of its gradient; they are added up.
  const give = (value, gradient) => {
    const before = gradients.get(value)
    if (before === undefined) {
      gradients.set(value, gradient)
      return
    }
    graph.run(`${gradient.id}.accumulate`, [before, gradient])
  }

  const convolution = (id, input, inputChannels, channels, extent, { first = false } = {}) => {
    const shape = [BATCH, extent, extent, channels]
    // The matrix is made for one image at a time.
    const workspace = im2colBytes(extent, extent, 3, inputChannels, BYTES)
    const raw = graph.op(`${id}.conv`, [input], shape, { workspace })
    const output = graph.op(`${id}.norm`, [raw], shape)
    tape.push(() => {
      const dOutput = gradients.get(output)
      const dRaw = graph.op(`${id}.norm.gradient`, [dOutput, raw], shape)
      const weights = [3, 3, inputChannels, channels]
      weightGradients.push(
        graph.op(`${id}.weights.gradient`, [dRaw, input], weights, { workspace }),
      )
      if (first) return // nothing needs the gradient of the images
      const elements = input.size / BYTES
      give(input, graph.op(`${id}.input.gradient`, [dRaw], [elements], { workspace }))
    })
    return output
  }

  const images = graph.input('images', [BATCH, 32, 32, 3])
  const labels = graph.input('labels', [BATCH])
  let x = convolution('conv1', images, 3, 16, 32, { first: true })
  let channels = 16
  STAGES.forEach((stage, s) => {
    for (let block = 1; block <= BLOCKS; ++block) {
      const id = `stage${s + 1}_${block}`
      const input = x
      const a = convolution(`${id}.a`, input, channels, stage.channels, stage.extent)
      const b = convolution(`${id}.b`, a, stage.channels, stage.channels, stage.extent)
      const shape = [BATCH, stage.extent, stage.extent, stage.channels]
      const sum = graph.op(`${id}.add`, [input, b], shape)
      tape.push(() => {
        const dSum = gradients.get(sum)
        // ReLU's gradient is taken from the sign of its output.
        const dB = graph.op(`${id}.add.gradient`, [dSum, sum], shape)
        gradients.set(b, dB)
        give(input, graph.op(`${id}.shortcut.gradient`, [dB], [input.size / BYTES]))
      })
      channels = stage.channels
      x = sum
    }
  })

  const features = x
  const pooled = graph.op('pool', [features], [BATCH, 64])
  const scores = graph.op('scores', [pooled], [BATCH, 10])
  const loss = graph.op('loss', [scores, labels], [1])
  graph.keep(loss)
  const dScores = graph.op('scores.gradient', [scores, labels], [BATCH, 10])
  weightGradients.push(graph.op('fc.weights.gradient', [dScores, pooled], [64, 10]))
  const dPooled = graph.op('pool.gradient', [dScores], [BATCH, 64])
  give(features, graph.op('features.gradient', [dPooled], [BATCH, 8, 8, 64]))
  for (const backward of tape.reverse()) backward()
  graph.run('optimiser', weightGradients)
  return graph.finish()
}
