import { setFlagsFromString } from 'node:v8'

/** The newest V8 known to have the flag; it would complain about one that it does not know. */
const newestVersion = 14

/**
 * From now on modules are compiled whole while they load, on several threads, instead of function by
 * function when each is first called: a search is then quicker by the time that takes, some 10 ms.
 * Concerns all of this process, so it is for a command, and not for the library, to do.
 */
export function compileWhileLoading(): void {
  if (Number.parseInt(process.versions.v8, 10) > newestVersion) return
  setFlagsFromString('--no-wasm-lazy-compilation')
}
