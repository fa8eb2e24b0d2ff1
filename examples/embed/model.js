// A small model with a shortcut: its nodes in order of execution, each with the nodes that it reads.
// Sizes are those of float32 activations; a workspace is memory that only the node itself needs.
const KIB = 1024

export const nodes = [
  { id: 'input', reads: [], bytes: 588 * KIB, at: [120, 30] },
  { id: 'conv1', reads: ['input'], bytes: 3136 * KIB, workspace: 1024 * KIB, at: [120, 90] },
  { id: 'pool1', reads: ['conv1'], bytes: 784 * KIB, at: [120, 150] },
  { id: 'conv2a', reads: ['pool1'], bytes: 784 * KIB, workspace: 576 * KIB, at: [70, 210] },
  { id: 'conv2b', reads: ['conv2a'], bytes: 784 * KIB, workspace: 576 * KIB, at: [70, 270] },
  { id: 'shortcut', reads: ['pool1'], bytes: 784 * KIB, at: [185, 240] },
  { id: 'add2', reads: ['conv2b', 'shortcut'], bytes: 784 * KIB, at: [120, 330] },
  { id: 'pool2', reads: ['add2'], bytes: 196 * KIB, at: [120, 390] },
  { id: 'logits', reads: ['pool2'], bytes: 4 * KIB, at: [120, 450] },
]

/** The buffers of the model, and the node that each belongs to. */
export function buffersOf(nodes) {
  const buffers = []
  const nodeIds = []
  const add = (nodeId, buffer) => {
    buffers.push({ alignment: 64, ...buffer })
    nodeIds.push(nodeId)
  }
  nodes.forEach(({ id, bytes, workspace }, time) => {
    // Live until the last node that reads it has run.
    const last = nodes.findLastIndex(({ reads }) => reads.includes(id))
    add(id, { id: `${id}.out`, lower: time, upper: Math.max(last, time) + 1, size: bytes })
    if (workspace) add(id, { id: `${id}.work`, lower: time, upper: time + 1, size: workspace })
  })
  return { buffers, nodeIds }
}
