// A model's graph beside its memory plan: a node selects its buffers, a buffer its node.
// In a project of your own these are 'stowage' and 'stowage/element/define'.
import { load } from '../../npm/dist/index.js'
import '../../npm/dist/element-define.js'
import { buffersOf, nodes } from './model.js'

const graph = document.querySelector('#graph')
const picture = document.querySelector('stowage-plan')
const status = document.querySelector('#status')
const shapes = new Map(nodes.map((node) => [node.id, drawNode(node)]))

picture.addEventListener('bufferselect', ({ detail }) => {
  for (const [id, shape] of shapes) {
    shape.setAttribute('aria-pressed', detail.nodeIds.includes(id))
  }
})
picture.addEventListener('bufferhover', ({ detail }) => {
  for (const [id, shape] of shapes) shape.classList.toggle('is-hovered', id === detail.nodeId)
})
await show()

async function show() {
  const { Problem, Solver } = await load()
  const { buffers, nodeIds } = buffersOf(nodes)
  const problem = new Problem(buffers, { capacity: Infinity })
  picture.nodeIds = nodeIds
  picture.plan = await new Solver({ minimizeCapacity: true }).solve(problem)
  const { height } = picture.plan
  status.textContent = `${buffers.length} buffers in ${height / 1024} KiB. Click a node or a buffer.`
}

function drawNode({ id, reads, at: [x, y] }) {
  for (const read of reads) {
    const [fromX, fromY] = nodes.find((node) => node.id === read).at
    const bend = (fromY + y) / 2
    const d = `M ${fromX} ${fromY + 17} C ${fromX} ${bend} ${x} ${bend} ${x} ${y - 17}`
    graph.prepend(make('path', { d }))
  }
  const shape = make('g', { role: 'button', tabindex: 0, 'aria-pressed': false, 'aria-label': id })
  const box = make('rect', { x: x - 42, y: y - 17, width: 84, height: 34, rx: 6 })
  const label = make('text', { x, y })
  label.textContent = id
  shape.append(box, label)
  shape.addEventListener('click', () => picture.selectNode(id))
  shape.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    picture.selectNode(id)
  })
  return graph.appendChild(shape)
}

function make(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}
