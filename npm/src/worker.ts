/**
 * A worker that plans: `stowage/worker`. It is a script to start a module worker from, in a browser
 * or in Node, and says everything by messages; it exports nothing.
 */
import { start } from './core/load.js'
import { StowageError } from './errors.js'
import type { Plan, PlanInit } from './planner/plan.js'
import { checkedProblem } from './planner/problem.js'
import { Solver } from './planner/solver.js'
import { cancelledBy, type Progress } from './planner/solver-params.js'
import type { Reply, Request, SentError } from './worker/protocol.js'

type Search = Extract<Request, { type: 'solve' | 'explain' }>

interface Port {
  postMessage(reply: Reply): void
  listen(onRequest: (request: Request) => void): void
}

const port = findPort()
/** The searches that were asked for and have not ended; some still wait for the module. */
const searches = new Map<number, { solver: Solver | undefined; isCancelled: boolean }>()
let ready: Promise<unknown> | undefined

port.listen((request) => {
  if (request.type === 'start') ready = start(request.wasm)
  else if (request.type === 'cancel') cancel(request.id)
  else if (request.type === 'report') searches.get(request.id)?.solver?.report(request.findings)
  else void search(request)
})

function cancel(id: number): void {
  const running = searches.get(id)
  if (running === undefined) return
  running.isCancelled = true
  running.solver?.cancel()
}

async function search(request: Search): Promise<void> {
  const { id } = request
  const running = { solver: undefined as Solver | undefined, isCancelled: false }
  searches.set(id, running)
  try {
    await ready
    if (running.isCancelled) throw cancelledBy(undefined)
    const solver = new Solver({
      ...request.params,
      ...(request.wantsProgress ? { onProgress: progressReporter(id) } : {}),
    })
    running.solver = solver
    const problem = checkedProblem(request.columns)
    if (request.type === 'solve') {
      port.postMessage({ type: 'plan', id, plan: sent(await solver.solve(problem)) })
    } else {
      const subset = await solver.computeIrreducibleInfeasibleSubset(problem)
      port.postMessage({ type: 'subset', id, subset })
    }
  } catch (error) {
    port.postMessage({ type: 'error', id, error: sentError(error) })
  } finally {
    searches.delete(id)
  }
}

function progressReporter(id: number): (progress: Progress) => void {
  let best = Infinity
  return ({ incumbent, ...progress }) => {
    const plan = (progress.height ?? Infinity) < best ? incumbent() : undefined
    best = plan?.height ?? best
    port.postMessage({ type: 'progress', id, progress, incumbent: plan && sent(plan) })
  }
}

function sent({ offsets, height, lowerBound, engine }: Plan): PlanInit {
  return { offsets, height, lowerBound, engine }
}

function sentError(error: unknown): SentError {
  if (!(error instanceof StowageError)) return sentError(new StowageError('aborted', String(error)))
  const { code, message, line, column, lowerBound, overload, exhausted, subset } = error
  const incumbent = error.incumbent && sent(error.incumbent)
  return { code, message, line, column, lowerBound, overload, exhausted, incumbent, subset }
}

/** The way to whoever started this worker: the global scope in a browser, a port in Node. */
function findPort(): Port {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> }
  const parent = process?.getBuiltinModule?.('worker_threads').parentPort
  if (parent) {
    return {
      postMessage: (reply) => {
        parent.postMessage(reply)
      },
      listen: (onRequest) => parent.on('message', onRequest),
    }
  }
  const scope = globalThis as unknown as {
    postMessage(reply: Reply): void
    onmessage: (event: MessageEvent<Request>) => void
  }
  return {
    postMessage: (reply) => {
      scope.postMessage(reply)
    },
    listen: (onRequest) => {
      scope.onmessage = (event) => {
        onRequest(event.data)
      }
    },
  }
}
