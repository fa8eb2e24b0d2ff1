// The playground in a frame: the handshake, problems in, plans and selections out. See
// docs/embedding.md for all messages.
const frame = document.querySelector('iframe')
const status = document.querySelector('#status')
const origin = new URL(frame.src).origin

addEventListener('message', ({ source, origin: from, data }) => {
  if (source !== frame.contentWindow || from !== origin) return
  if (data === 'PONG') begin()
  else if (data?.stowage) hear(data.stowage)
})

// The frame cannot hear before its page runs, so ask until it answers.
const timer = setInterval(() => frame.contentWindow.postMessage('PING', origin), 100)

function begin() {
  clearInterval(timer)
  status.textContent = 'The playground is ready.'
  for (const button of document.querySelectorAll('button')) button.disabled = false
}

function send(stowage) {
  frame.contentWindow.postMessage({ stowage }, origin)
}

document.querySelector('#small').addEventListener('click', () => {
  send({ name: 'small', csv: layers(3), capacity: 64 })
})
document.querySelector('#large').addEventListener('click', () => {
  send({ name: 'large', csv: layers(40), capacity: null })
})
document.querySelector('#select').addEventListener('click', () => {
  send({ type: 'select', ids: ['weights0', 'weights1', 'weights2'] })
})

function hear(message) {
  switch (message.type) {
    case 'solved':
      status.textContent = `${message.name} needs ${message.height}, no plan less than ${message.lowerBound}.`
      break
    case 'bufferselect':
      status.textContent = `Selected: ${message.ids.join(', ') || 'nothing'}`
      break
    case 'infeasible':
    case 'stopped':
    case 'failed':
    case 'refused':
      status.textContent = message.message
  }
}

/** A chain of layers, each with weights, and a result that the next one reads. */
function layers(count) {
  const lines = ['id,lower,upper,size']
  for (let i = 0; i < count; ++i) {
    lines.push(`weights${i},${i},${i + 1},${8 + (i % 3) * 4}`)
    lines.push(`result${i},${i},${i + 2},${12 - (i % 4) * 2}`)
  }
  return `${lines.join('\n')}\n`
}
