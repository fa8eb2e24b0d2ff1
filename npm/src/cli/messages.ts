/**
 * The sentences that the command prints. The native command prints the same
 * (cpp/cli/messages.h); docs/cli.md says when. What the library words is not here.
 */

const option = (name: string): string => `option '--${name}'`

export const noCommand = 'no command given'
export const noInput = 'no input file given'

export const unknownCommand = (name: string): string =>
  `unknown command '${name}': there are solve, validate, stats, explain, render, pool and help`

export const unknownOption = (asWritten: string): string => `unknown option '${asWritten}'`

export const needsValue = (name: string): string => `${option(name)} needs a value`

export const takesNoValue = (name: string): string => `${option(name)} takes no value`

export const isNeeded = (name: string): string => `${option(name)} is needed`

export const mustBe = (name: string, right: string, value: string): string =>
  `${option(name)} must be ${right}, not '${value}'`

export const integerRule = `an integer from 0 to ${String(Number.MAX_SAFE_INTEGER)}`
/** Of a picture's side in pixels. */
export const sideRule = (least: number): string => `an integer from ${String(least)} to 16384`

export const timeRule = 'a time such as 10, 2.5s or 1h30m'
export const engineRule = 'auto, canonical, valley or heuristic'
export const switchRule = 'true or false'
export const formatRule = 'png or svg'
export const colorByRule = 'size, lifetime, alignment or prefix'
export const themeRule = 'light or dark'
export const policyRule = 'first-fit, best-fit, worst-fit, next-fit or tlsf'

export const noFormat = "option '--format' is needed where '--output' does not end in .png or .svg"

export const twoInputs = (first: string, second: string): string =>
  `more than one input file given: '${first}' and '${second}'`

export const seeHelp = (command = ''): string =>
  `; see 'stowage${command === '' ? '' : ` ${command}`} --help'`

export const cannotRead = (why: string): string => `cannot be read: ${why}`
export const cannotWrite = (why: string): string => `cannot be written: ${why}`

/** Why a call of the operating system failed. */
export function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'no such file or directory'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'EISDIR':
      return 'is a directory'
    case 'ENOTDIR':
      return 'not a directory'
    case 'ENOSPC':
      return 'no space left on device'
    case 'EPIPE':
      return 'broken pipe'
    default:
      return 'input or output error'
  }
}

export const note = (what: string): string => `note: ${what}`

export const ignoredColumn = (name: string): string =>
  note(`column '${name}' is not known and is ignored`)

export const timeLimit = 'stopped by the time limit'
export const interrupted = 'interrupted'
export const nothingLeft = 'nothing left to try'

export function heights(height: number | undefined, lowerBound: number, best: string): string {
  const bound = `, lower bound ${String(lowerBound)}`
  if (height === undefined) return `no plan found${bound}`
  return `${best}height ${String(height)}${bound}${height === lowerBound ? ' (optimal)' : ''}`
}

export const noPlan = (capacity: number): string =>
  `no plan within the capacity ${String(capacity)} exists`

export const seconds = (value: number): string => `${value.toFixed(3)} s`

export const work = (engine: string, nodes: number, backtracks: number, elapsed: number): string =>
  `; engine ${engine}, ${String(nodes)} nodes, ${String(backtracks)} backtracks, ` +
  seconds(elapsed)

export const defect = (verdict: string, sentence: string): string =>
  `the plan is ${verdict}: ${sentence}`

export const subset = (count: number, of: number, capacity: number): string =>
  `${String(count)} of ${String(of)} buffers ` +
  `${count === 1 ? 'does not fit' : 'do not fit together'} within the capacity ${String(capacity)}`

export const irreducible = '; without any one of them the others do'

export const notIrreducible = (stop: string): string => `; ${stop} before fewer were found`

export const allFit = (capacity: number): string =>
  `all buffers fit within the capacity ${String(capacity)}: there is nothing to explain`

export const offsetsAreTaken = note(
  'online, what failed had a fixed offset at which another buffer was',
)
export const gapsAreHeld = note('online, a buffer holds its memory during its gaps too')

const firstOf = (count: number, line: number): string =>
  count === 1 ? ` (line ${String(line)})` : ` (${String(count)}, the first in line ${String(line)})`

export const failedWhenLogged = (count: number, firstLine: number): string =>
  note(`allocations that failed when this was logged take no part${firstOf(count, firstLine)}`)

export function trace(
  events: number,
  blocks: number,
  neverFreed: number,
  defragmentations: number,
  peakLoad: number,
): string {
  const moved =
    defragmentations > 0
      ? `${String(defragmentations)} defragmentation${defragmentations === 1 ? '' : 's'}, `
      : ''
  return `trace: ${String(events)} events, ${String(blocks)} blocks, ${String(neverFreed)} never freed, ${moved}peak load ${String(peakLoad)}`
}

export function staticPlan(height: number | undefined, lowerBound: number): string {
  if (height === undefined) return 'static plan: there is none, as fixed offsets overlap'
  const bound = `lower bound ${String(lowerBound)}${height === lowerBound ? ' (optimal)' : ''}`
  return `static plan: height ${String(height)}, ${bound}`
}
