// Loads the WebAssembly module, and a fresh one after it has died.
import { load, type Stowage, StowageError } from 'stowage/slim'
import wasmUrl from 'stowage/core.wasm?url'

import { stowage } from '../state/stowage'

let compiled: Promise<WebAssembly.Module> | undefined

/** Resolves once the module runs. Rejects when its file cannot be had. */
export async function startModule(): Promise<Stowage> {
  compiled ??= fetchModule()
  try {
    return (stowage.value = await load(compiled))
  } catch (error) {
    compiled = undefined
    throw error
  }
}

async function fetchModule(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl)
  if (!response.ok) throw new Error(`${wasmUrl}: ${String(response.status)}`)
  // Compiled as it comes, unless the host does not know what it is.
  const isKnown = response.headers.get('content-type') === 'application/wasm'
  return isKnown
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer())
}

/** Whether the module is gone, so that only a fresh one can go on. */
export function isDeath(error: unknown): boolean {
  return error instanceof StowageError && ['aborted', 'out-of-memory'].includes(error.code)
}

/** Uses the module on this thread. When it dies of that, a fresh one is started for the next use. */
export function callModule<T>(use: (module: Stowage) => T): T {
  const module = stowage.peek()
  if (module === null) {
    throw new StowageError('aborted', 'the planner is starting again: try once more in a moment')
  }
  try {
    return use(module)
  } catch (error) {
    // Later, as whoever computes a value may not change others meanwhile.
    if (isDeath(error)) queueMicrotask(restart)
    throw error
  }
}

function restart(): void {
  stowage.value = null
  startModule().catch((error: unknown) => {
    console.warn('The planner could not be started again:', error)
  })
}
