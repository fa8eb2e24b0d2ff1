import { type TraceLine, traceLines } from './lines.js'
import { inQuotes } from './quote.js'
import { type RecordedTrace, TraceError } from './recorded-trace.js'
import { TraceRecorder } from './recorder.js'
import { columnOf, fieldsOf, rmmAction, rmmColumns, rmmPointer, rmmSize } from './rmm-columns.js'

/** RMM's CUDA_ALLOCATION_ALIGNMENT: every block that it hands out has at least this one. */
const alignment = 256

const sizeRule = `must be an integer from 1 to ${String(Number.MAX_SAFE_INTEGER)}`
const pointerRule = 'must be a hexadecimal number of up to 64 bits, such as 0x7f0000000200'

/**
 * Reads the CSV that the logging_resource_adaptor of RAPIDS' memory manager (RMM) writes, one character a
 * byte.
 */
export function readRmmLog(text: string): RecordedTrace {
  const recorder = new TraceRecorder()
  const lines = traceLines(text)
  lines.next() // the header
  for (const line of lines) readRow(recorder, line)
  return recorder.take()
}

interface Row extends TraceLine {
  readonly fields: readonly string[]
}

function readRow(recorder: TraceRecorder, line: TraceLine): void {
  const fields = fieldsOf(line.text)
  if (fields.length !== rmmColumns.length) {
    const message = `the row has ${String(fields.length)} fields but the header names 6 columns: the log was cut off here, or is damaged`
    throw new TraceError(message, line.number, 1)
  }
  const row = { ...line, fields }
  recorder.beginEvent(line.number)
  switch (fields[rmmAction]) {
    case 'allocate':
      readAllocation(recorder, row)
      return
    case 'free':
      readFree(recorder, row)
      return
    case 'allocate failure':
      recorder.fail()
      return
    default:
      throw faultOf(row, rmmAction, 'action', 'must be allocate, allocate failure or free')
  }
}

function readAllocation(recorder: TraceRecorder, row: Row): void {
  const pointer = pointerOf(row)
  const written = row.fields[rmmSize] ?? ''
  const size = /^\d+$/.test(written) ? Number(written) : NaN
  // RMM answers a request for no bytes with no memory.
  if (pointer === '' && size === 0) return
  if (!Number.isSafeInteger(size) || size === 0) throw faultOf(row, rmmSize, 'size', sizeRule)
  if (pointer === '') {
    const rule =
      "must be that of a block: an allocation that failed has the action 'allocate failure'"
    throw pointerFault(row, rule)
  }
  const wrong = recorder.allocate(pointer, { size, alignment })
  if (wrong !== undefined) throw pointerFault(row, wrong)
}

function readFree(recorder: TraceRecorder, row: Row): void {
  const pointer = pointerOf(row)
  if (pointer === '') return
  const wrong = recorder.free(pointer)
  if (wrong !== undefined) throw pointerFault(row, wrong)
}

/** Its digits, without zeros in front; none for no memory. */
function pointerOf(row: Row): string {
  const written = row.fields[rmmPointer] ?? ''
  if (written === '(nil)') return ''
  const digits = /^(?:0x)?0*([0-9a-f]{0,16})$/i.exec(written)?.[1]
  if (digits === undefined || !/[0-9a-f]$/i.test(written)) throw pointerFault(row, pointerRule)
  return digits.toLowerCase()
}

function pointerFault(row: Row, rule: string): TraceError {
  return faultOf(row, rmmPointer, 'pointer', rule)
}

function faultOf(
  { text, number, fields }: Row,
  at: number,
  what: string,
  rule: string,
): TraceError {
  const message = `${what} ${inQuotes(fields[at] ?? '')} ${rule}`
  return new TraceError(message, number, columnOf(text, at))
}
