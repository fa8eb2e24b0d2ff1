// What Node and the page share: training, and the count of new digits that are read.
import { classes, drawDigits, oneHot, pixels } from './digits.mjs'
import { Network } from './network.mjs'

const batch = 64
const batches = 32
const epochs = 16

export function accuracyAfterTraining(executor, onEpoch) {
  const network = new Network(executor)
  const { images, labels } = drawDigits(batch * batches, 2)
  const all = executor.tensor(images, [batch * batches, pixels])
  const targets = executor.tensor(oneHot(labels), [batch * batches, classes])
  for (let epoch = 1; epoch <= epochs; ++epoch) {
    let loss = 0
    for (let i = 0; i < batches; ++i) {
      loss += executor.tidy(() => {
        const rows = all.narrow(0, i * batch, batch)
        return network.learn(rows, targets.narrow(0, i * batch, batch), 1)
      })
    }
    onEpoch(epoch, loss / batches)
  }
  const fresh = drawDigits(1000, 3)
  const answers = network.read(executor.tensor(fresh.images, [1000, pixels]))
  return answers.filter((answer, i) => answer === fresh.labels[i]).length / answers.length
}
