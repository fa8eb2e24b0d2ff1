/**
 * Lets the event loop run: resolves in a task of its own, without the delay that browsers add to
 * nested timers.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise(queueTask)
}

const waiting: (() => void)[] = []
let channel: MessageChannel | undefined

function queueTask(task: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (task: () => void) => unknown }
  if (setImmediate !== undefined) {
    setImmediate(task)
    return
  }
  waiting.push(task)
  if (channel === undefined) {
    channel = new MessageChannel()
    channel.port1.onmessage = () => waiting.shift()?.()
  }
  channel.port2.postMessage(null)
}
