// Trains the network and prints how many new digits it reads:
//
//   node examples/digits/train.mjs
import { load } from 'stowage/tensor'

import { accuracyAfterTraining } from './training.mjs'

const { Executor } = await load()
const executor = new Executor()
const accuracy = accuracyAfterTraining(executor, (epoch, loss) => {
  console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`)
})
console.log(`reads ${(100 * accuracy).toFixed(1)} % of new digits`)
executor.dispose()
