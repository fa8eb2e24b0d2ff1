import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'

import type { Progress } from '../planner.js'
import { heights, seconds } from './messages.js'

const pauseSeconds = 0.25
const wipe = '\r\x1b[K'

/** The line on the terminal while a search runs; only where standard error is one. */
export class ProgressLine {
  #isShown = false
  #next = pauseSeconds

  /** For `onProgress`; undefined where there is nobody to see it. */
  readonly show: ((progress: Progress) => void) | undefined = isatty(2)
    ? (progress) => {
        this.#show(progress)
      }
    : undefined

  #show(progress: Progress): void {
    if (progress.seconds < this.#next) return
    this.#next = progress.seconds + pauseSeconds
    this.#isShown = true
    const best = heights(progress.height, progress.lowerBound, 'best ')
    const line = `${best}; ${String(progress.nodes)} nodes, ${seconds(progress.seconds)}`
    writeSync(2, wipe + line)
  }

  clear(): void {
    if (this.#isShown) writeSync(2, wipe)
  }
}
