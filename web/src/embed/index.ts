// The playground in somebody's frame.
import { effect } from '@preact/signals'

import { capacityIn } from '../problem/gallery'
import { replaceSource } from '../problem/read'
import { columnsOf } from '../results/columns'
import { solve, stop } from '../solve/search'
import { current } from '../state/plans'
import { problem, source, sourceError } from '../state/problem'
import { run } from '../state/run'
import { selection } from '../state/selection'
import { type HostMessage, hostMessageFrom, type PlaygroundMessage } from './messages'
import { allowedOrigins } from './origins'

/**
 * Answers the page that shows this one in a frame, or opened it, if its origin is allowed: "PING"
 * with "PONG", then the messages of docs/embedding.md. To be called once the page is ready for
 * another problem. Does nothing where there is no such page.
 */
export function startEmbedding(): void {
  const host = window.parent === window ? (window.opener as Window | null) : window.parent
  if (host === null) return
  const origins = allowedOrigins()
  let connection: Connection | undefined
  let hasTold = false
  addEventListener('message', ({ source: sender, origin, data }: MessageEvent<unknown>) => {
    if (sender !== host) return
    if (!origins.has(origin)) {
      if (!hasTold) console.info(`Stowage ignores messages from ${origin}: see docs/embedding.md.`)
      hasTold = true
      return
    }
    if (data === 'PING') {
      host.postMessage('PONG', origin)
      connection ??= new Connection(host, origin)
    } else {
      connection?.receive(data)
    }
  })
}

/** After the handshake. */
class Connection {
  /** What the host itself has selected: no news for it. */
  #selectedByHost: readonly number[] = selection.peek()

  constructor(
    readonly host: Window,
    readonly origin: string,
  ) {
    this.#tellOutcomes()
    this.#tellSelections()
  }

  receive(data: unknown): void {
    const message = hostMessageFrom(data)
    if (typeof message === 'string') this.#send({ type: 'refused', message })
    else if (message !== undefined) void this.#perform(message)
  }

  #send(stowage: PlaygroundMessage): void {
    this.host.postMessage({ stowage }, this.origin)
  }

  async #perform(message: HostMessage): Promise<void> {
    switch (message.type) {
      case 'load':
        await this.#load(message)
        break
      case 'select':
        this.#select(message.ids)
        break
      case 'getPlan':
        this.#sendPlan()
    }
  }

  async #load(message: Extract<HostMessage, { type: 'load' }>): Promise<void> {
    const { name, csv, capacity = capacityIn(name) } = message
    await stop()
    if (!replaceSource({ name, text: csv }, capacity)) {
      this.#send({ type: 'refused', message: sourceError.peek()?.message ?? 'csv is no problem' })
      return
    }
    this.#send({ type: 'loaded', name: source.peek().name, buffers: problem.peek()?.length ?? 0 })
    if (message.solve) void solve()
  }

  #select(ids: readonly string[]): void {
    const of = problem.peek()
    if (of === null) return
    const wanted = new Set(ids)
    const buffers: number[] = []
    columnsOf(of).id.forEach((id, buffer) => {
      if (wanted.has(id)) buffers.push(buffer)
    })
    this.#selectedByHost = buffers
    selection.value = buffers
  }

  #sendPlan(): void {
    const plan = current.peek()?.plan
    if (plan === undefined) this.#send({ type: 'refused', message: 'there is no plan yet' })
    else this.#send({ type: 'plan', csv: plan.toCsv() })
  }

  #tellOutcomes(): void {
    let isFirst = true
    effect(() => {
      const outcome = run.value
      // How things stood before the handshake is no news.
      if (isFirst) isFirst = false
      else if (outcome.state === 'solved') this.#tellSolved(outcome.isOptimal, outcome.seconds)
      else if ('message' in outcome) {
        const { name } = source.peek()
        this.#send({ type: outcome.state, name, message: outcome.message })
      }
    })
  }

  #tellSolved(optimal: boolean, seconds: number): void {
    const plan = current.peek()?.plan
    if (plan === undefined) return
    const { height, lowerBound } = plan
    const { name } = source.peek()
    this.#send({ type: 'solved', name, height, lowerBound, optimal, seconds })
  }

  #tellSelections(): void {
    effect(() => {
      const buffers = selection.value
      const of = problem.peek()
      if (buffers === this.#selectedByHost || of === null) return
      const { id } = columnsOf(of)
      this.#send({ type: 'bufferselect', ids: buffers.flatMap((buffer) => id[buffer] ?? []) })
    })
  }
}
