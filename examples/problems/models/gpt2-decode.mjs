// Three decoding steps of GPT-2 (small) with a KV cache, f16, in the local memory of an accelerator.
//
// Radford et al.: "Language Models are Unsupervised Multitask Learners", 2019, Table 2: 12 layers,
// model dimension 768; section 2.3: context of 1024, normalisation before each sub-block. The
// feed-forward size is 4 x 768 and the vocabulary 50257, as there.
//
// Two things that accelerators do make this more than a chain of layers.
//   - Weights are streamed in, one layer ahead (double buffering): the tile for a product is
//     loaded while the step before it runs, so it is live in two steps.
//   - The keys and values of a layer live at one address through all decoding steps, since the
//     compiled program names it. Between the layer's turns they are parked in main memory: a gap in
//     the lifespan, in which other buffers may use the place.
import { Graph } from '../graph.mjs'

const LAYERS = 12
const MODEL = 768
const HEADS = 12
const CACHE = 512 // room in the cache, of which attention masks what is not filled yet
const TOKENS = 3 // decoded here, one after the other
const TILES = 16 // the products over the vocabulary are done in so many tiles
const VOCABULARY = 50688 // 50257, padded so that a tile of logits fills whole lines of 64 bytes

export function gpt2Decode() {
  const graph = new Graph({ bytes: 2, alignment: 64 })
  const caches = Array.from({ length: LAYERS }, () => [])
  for (let token = 0; token < TOKENS; ++token) decodeToken(graph, caches, token)
  return graph.finish()
}

// A matrix product whose weights were loaded during the step before.
function product(graph, id, inputs, rows, columns, options) {
  const weights = graph.input(`${id}.weights`, [rows, columns])
  weights.lower = Math.max(0, graph.time - 1)
  return graph.op(id, [...inputs, weights], [columns], options)
}

// The cache is in use in this step. It is made when a layer first asks for it, and has a gap since
// the step in which it was last used.
function useCaches(graph, caches, layer, token) {
  if (token === 0) {
    for (const name of ['keys', 'values']) {
      const cache = graph.input(`layer${layer}.${name}`, [CACHE, MODEL])
      cache.lower = graph.time
      caches[layer].push(cache)
    }
  }
  for (const cache of caches[layer]) {
    if (token > 0) cache.gaps.push({ lower: cache.upper, upper: graph.time })
  }
  return caches[layer]
}

function decodeToken(graph, caches, token) {
  const model = [MODEL]
  let x = graph.op(`token${token}.embedding`, [], model)
  for (let layer = 0; layer < LAYERS; ++layer) {
    const id = (name) => `token${token}.layer${layer}.${name}`
    const before = graph.op(id('norm1'), [x], model)
    const qkv = product(graph, id('qkv'), [before], MODEL, 3 * MODEL)
    const [keys, values] = useCaches(graph, caches, layer, token)
    graph.run(id('append'), [qkv, keys, values])
    const weights = graph.op(id('attention'), [qkv, keys], [HEADS, CACHE], {
      workspace: HEADS * CACHE * 4, // the scores before the softmax, in f32
    })
    const context = graph.op(id('context'), [weights, values], model)
    const projected = product(graph, id('project'), [context], MODEL, MODEL)
    const attended = graph.op(id('add1'), [x, projected], model)
    const middle = graph.op(id('norm2'), [attended], model)
    const wide = product(graph, id('feed_forward'), [middle], MODEL, 4 * MODEL)
    const active = graph.op(id('gelu'), [wide], [4 * MODEL])
    const narrow = product(graph, id('narrow'), [active], 4 * MODEL, MODEL)
    x = graph.op(id('add2'), [attended, narrow], model)
  }
  x = graph.op(`token${token}.norm`, [x], model)
  const tiles = []
  for (let tile = 0; tile < TILES; ++tile) {
    tiles.push(product(graph, `token${token}.logits${tile}`, [x], MODEL, VOCABULARY / TILES))
  }
  graph.op(`token${token}.argmax`, tiles, [1], { bytes: 4 })
}
