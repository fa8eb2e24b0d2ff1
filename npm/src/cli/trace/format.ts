import { traceLines } from './lines.js'
import { isRmmHeader } from './rmm-columns.js'

/** `problem`: no trace, but a problem in CSV. */
export type TraceFormat = 'problem' | 'pool-log' | 'rmm-log'

/**
 * By the first line that is not blank: that of a pool's log begins with a brace (or, as the mistake of
 * writing one array is then explained, with a bracket), that of an RMM log is its header.
 */
export function formatOf(text: string): TraceFormat {
  const first = traceLines(text).next().value
  if (first === undefined) return 'problem'
  if (/^[ \t\r]*[{[]/.test(first.text)) return 'pool-log'
  return isRmmHeader(first.text) ? 'rmm-log' : 'problem'
}
