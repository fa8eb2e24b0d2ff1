// The page: draws some digits, trains, and says how many new ones the network reads.
import { load } from 'stowage/tensor'

import { drawDigits, pixels, side } from './digits.mjs'
import { accuracyAfterTraining } from './training.mjs'

const context = document.querySelector('canvas').getContext('2d')
const shown = context.canvas.width / side
const { images } = drawDigits(shown, 2)
for (let i = 0; i < shown * pixels; ++i) {
  const [digit, row, column] = [Math.floor(i / pixels), Math.floor((i % pixels) / side), i % side]
  const shade = Math.round(255 * (1 - Math.min(Math.max(images[i], 0), 1)))
  context.fillStyle = `rgb(${shade} ${shade} ${shade})`
  context.fillRect(digit * side + column, row, 1, 1)
}

const { Executor } = await load()
const executor = new Executor()
const accuracy = accuracyAfterTraining(executor, (epoch, loss) => {
  const item = document.createElement('li')
  item.textContent = `loss ${loss.toFixed(4)}`
  document.querySelector('#epochs').append(item)
})
executor.dispose()
document.querySelector('[role=status]').textContent =
  `It reads ${(100 * accuracy).toFixed(1)} % of new digits.`
