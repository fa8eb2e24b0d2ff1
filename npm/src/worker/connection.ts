import { compiledModule } from '../core/load.js'
import { StowageError } from '../errors.js'
import type { Reply, Request } from './protocol.js'

/** What is needed of a `Worker` of the web. */
export interface WebWorker {
  postMessage(message: unknown): void
  terminate(): void
  addEventListener(type: 'message' | 'messageerror', listener: (event: MessageEvent) => void): void
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void
}

/** What is needed of a `Worker` of Node's worker_threads. */
export interface ThreadWorker {
  postMessage(message: unknown): void
  terminate(): unknown
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Node declares it
  on(event: string, listener: (...values: any[]) => void): unknown
  ref(): void
  unref(): void
}

/** A worker as the platform has it. */
export type PlatformWorker = WebWorker | ThreadWorker

/** Starts the package's own worker. */
export function createWorker(): PlatformWorker {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> }
  const threads = process?.getBuiltinModule?.('worker_threads')
  if (threads !== undefined) {
    // Without the options of this process, some of which (--input-type) no worker may have.
    return new threads.Worker(workerBeside(import.meta.url), { execArgv: [] })
  }
  // Bundlers look for just this expression.
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
}

/** As a function of the address: otherwise bundlers would pack the script a second time. */
function workerBeside(address: string): URL {
  return new URL('./worker.js', address)
}

/** A started worker: requests go in, replies come out, and at most once the news of its death. */
export class Connection {
  readonly #worker: PlatformWorker

  constructor(
    worker: PlatformWorker,
    onReply: (reply: Reply) => void,
    onDeath: (error: StowageError) => void,
  ) {
    this.#worker = worker
    let isOver = false
    const die = (why: string, cause?: unknown): void => {
      if (isOver) return
      isOver = true
      onDeath(new StowageError('aborted', `the worker has ended: ${why}`, { cause }))
    }
    if ('addEventListener' in worker) {
      worker.addEventListener('message', (event: MessageEvent<Reply>) => {
        onReply(event.data)
      })
      worker.addEventListener('messageerror', () => {
        die('a message could not be read')
      })
      worker.addEventListener('error', (event) => {
        event.preventDefault()
        die(event.message || 'it could not be started', event)
      })
    } else {
      worker.on('message', onReply)
      worker.on('messageerror', (error: Error) => {
        die(error.message, error)
      })
      worker.on('error', (error: Error) => {
        die(error.message, error)
      })
      worker.on('exit', (code: number) => {
        die(`it exited with status ${String(code)}`)
      })
    }
    this.post({ type: 'start', wasm: compiledModule() })
  }

  post(request: Request): void {
    this.#worker.postMessage(request)
  }

  /** In Node: whether the worker keeps the process from ending. */
  keepAlive(isKept: boolean): void {
    if (!('unref' in this.#worker)) return
    if (isKept) this.#worker.ref()
    else this.#worker.unref()
  }

  terminate(): void {
    void this.#worker.terminate()
  }
}
