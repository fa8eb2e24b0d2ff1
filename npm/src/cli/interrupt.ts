import { StowageError } from '../planner.js'
import * as messages from './messages.js'

/**
 * Awaits `search` while an interrupt (Ctrl-C) calls `cancel`. A second interrupt ends the command,
 * as it would have without this.
 */
export async function interruptible<T>(cancel: () => void, search: Promise<T>): Promise<T> {
  process.once('SIGINT', cancel)
  try {
    return await search
  } finally {
    process.off('SIGINT', cancel)
  }
}

/** `error` if it is of a search that was stopped before its answer. */
export function stopOf(error: unknown): StowageError | undefined {
  const isStop =
    error instanceof StowageError &&
    (error.code === 'deadline-exceeded' || error.code === 'cancelled')
  return isStop ? error : undefined
}

/** Why a search stopped. */
export function whyStopped(error: StowageError): string {
  if (error.code === 'cancelled') return messages.interrupted
  return error.exhausted ? messages.nothingLeft : messages.timeLimit
}
