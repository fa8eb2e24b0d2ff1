// A network of two layers: tanh(x W1 + b1) W2 + b2, of which softmax makes probabilities.
import { classes, pixels, randomNumbers } from './digits.mjs'

const hidden = 48

export class Network {
  #executor
  #weights1
  #bias1
  #weights2
  #bias2

  constructor(executor) {
    this.#executor = executor
    const random = randomNumbers(1)
    const weights = (rows, columns) => {
      const scale = 2 / Math.sqrt(rows)
      const values = Float32Array.from({ length: rows * columns }, () => scale * (random() - 0.5))
      return executor.tensor(values, [rows, columns])
    }
    this.#weights1 = weights(pixels, hidden)
    this.#bias1 = executor.zeros([hidden])
    this.#weights2 = weights(hidden, classes)
    this.#bias2 = executor.zeros([classes])
  }

  #layer1(images) {
    return images.matmul(this.#weights1, { bias: this.#bias1, activation: 'tanh' })
  }

  #layer2(activations) {
    return activations.matmul(this.#weights2, { bias: this.#bias2 }).softmax()
  }

  /** The probability of each class, a row for each image. */
  probabilities(images) {
    return this.#executor.tidy(() => this.#layer2(this.#layer1(images)))
  }

  /** The likeliest class of each image. */
  read(images) {
    const table = this.#executor.tidy(() => this.probabilities(images).toArray())
    return Array.from({ length: table.length / classes }, (_, i) => {
      const row = table.subarray(i * classes, (i + 1) * classes)
      return row.indexOf(Math.max(...row))
    })
  }

  /** A step of gradient descent; the loss before it. */
  learn(images, targets, rate) {
    return this.#executor.tidy(() => {
      const activations = this.#layer1(images)
      const probabilities = this.#layer2(activations)
      const loss = probabilities.crossEntropy(targets, { epsilon: 1e-6 }) * classes

      // The derivative of the loss, layer by layer, back to the first. That of tanh is 1 - tanh².
      const ofOutputs = probabilities.sub(targets).mul(1 / images.shape[0])
      const slope = activations.mul(activations).neg().add(1)
      const ofHidden = ofOutputs.matmul(this.#weights2.transpose()).mul(slope)

      descend(this.#weights2, activations.transpose().matmul(ofOutputs), rate)
      descend(this.#bias2, ofOutputs.sum({ axis: 0 }), rate)
      descend(this.#weights1, images.transpose().matmul(ofHidden), rate)
      descend(this.#bias1, ofHidden.sum({ axis: 0 }), rate)
      return loss
    })
  }
}

function descend(parameter, derivative, rate) {
  parameter.write(parameter.sub(derivative.mul(rate)).toArray())
}
