// The encoder of BERT-base, one sequence of 384 tokens (the length used for SQuAD), f16.
//
// Devlin, Chang, Lee, Toutanova: "BERT: Pre-training of Deep Bidirectional Transformers", NAACL
// 2019 (arXiv:1810.04805), section 3: 12 layers, hidden size 768, 12 heads, feed-forward size 3072.
// The layer itself: Vaswani et al.: "Attention Is All You Need", NIPS 2017 (arXiv:1706.03762),
// Figures 1 and 2. The normalisations keep their mean and deviation of each token in f32 in a
// workspace; the mask is read by every layer and lives all the time.
import { Graph } from '../graph.mjs'

const LAYERS = 12
const HIDDEN = 768
const HEADS = 12
const FEED_FORWARD = 3072
const TOKENS = 384

export function bertBase() {
  const graph = new Graph({ bytes: 2, alignment: 64 })
  const hidden = [TOKENS, HIDDEN]
  const scoresShape = [HEADS, TOKENS, TOKENS]
  const statistics = { workspace: TOKENS * 2 * 4 }

  const tokens = graph.input('tokens', [TOKENS], { bytes: 4 })
  const segments = graph.input('segments', [TOKENS], { bytes: 4 })
  const mask = graph.input('mask', [TOKENS])
  let x = graph.op('embedding', [tokens, segments], hidden)
  x = graph.op('embedding.norm', [x], hidden, statistics)
  for (let layer = 0; layer < LAYERS; ++layer) {
    const id = (name) => `layer${layer}.${name}`
    const query = graph.op(id('query'), [x], hidden)
    const key = graph.op(id('key'), [x], hidden)
    const value = graph.op(id('value'), [x], hidden)
    const scores = graph.op(id('scores'), [query, key], scoresShape)
    const weights = graph.op(id('softmax'), [scores, mask], scoresShape)
    const context = graph.op(id('context'), [weights, value], hidden)
    const projected = graph.op(id('project'), [context], hidden)
    const attended = graph.op(id('attention.norm'), [x, projected], hidden, statistics)
    const wide = graph.op(id('feed_forward'), [attended], [TOKENS, FEED_FORWARD])
    const active = graph.op(id('gelu'), [wide], [TOKENS, FEED_FORWARD])
    const narrow = graph.op(id('narrow'), [active], hidden)
    x = graph.op(id('output.norm'), [attended, narrow], hidden, statistics)
  }
  graph.keep(graph.op('span', [x], [TOKENS, 2], { bytes: 4 }))
  return graph.finish()
}
