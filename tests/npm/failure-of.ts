import { StowageError } from 'stowage'

/** The error that a promise fails with, which must be a StowageError. */
export async function failureOf(attempt: Promise<unknown>): Promise<StowageError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof StowageError) return error
  throw new Error(`no StowageError but ${String(error)}`)
}

/** The error that a call throws, which must be a StowageError. */
export function thrownBy(call: () => unknown): StowageError {
  try {
    call()
  } catch (error) {
    if (error instanceof StowageError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
