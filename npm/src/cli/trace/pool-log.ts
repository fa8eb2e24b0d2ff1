import { beginOf, findMember } from './json-member.js'
import { parseObject } from './json-object.js'
import { type TraceLine, traceLines } from './lines.js'
import { inQuotes } from './quote.js'
import { type Fault, type RecordedTrace, TraceError } from './recorded-trace.js'
import { TraceRecorder } from './recorder.js'

const opRule = 'alloc, alloc-at, free, grow, shrink, defragment or clear'

/** Reads the log of a MemoryPool, as JSON lines, one character a byte. */
export function readPoolLog(text: string): RecordedTrace {
  const recorder = new TraceRecorder()
  let isFirst = true
  for (const line of traceLines(text)) {
    const event = new LoggedEvent(line)
    if (isFirst && event.has('stowage')) {
      readHeader(recorder, event)
    } else {
      recorder.beginEvent(line.number)
      readEvent(recorder, event)
    }
    isFirst = false
  }
  return recorder.take()
}

function readHeader(recorder: TraceRecorder, header: LoggedEvent): void {
  if (header.member('stowage') !== 'pool-log') {
    throw header.fault('stowage', 'must be "pool-log", as in the header of a MemoryPool\'s log')
  }
  if (header.integer('header', 'version', 1) !== 1) {
    throw header.fault('version', 'must be 1: a newer version of Stowage wrote this')
  }
  if (header.has('total')) recorder.resize(header.integer('header', 'total', 1))
}

function readEvent(recorder: TraceRecorder, event: LoggedEvent): void {
  if (!event.has('op')) throw event.missing('line', 'op', opRule)
  const op = event.member('op')
  switch (op) {
    case 'alloc':
    case 'alloc-at':
      readAllocation(recorder, event, op)
      return
    case 'free':
      event.expectNone(recorder.free(event.integer(op, 'id', 0)))
      return
    case 'grow':
    case 'shrink':
      recorder.resize(event.integer(op, 'total', 1))
      return
    case 'defragment':
      recorder.defragment()
      return
    case 'clear':
      recorder.clear()
      return
    default:
      throw event.fault('op', `must be ${opRule}`)
  }
}

function readAllocation(
  recorder: TraceRecorder,
  event: LoggedEvent,
  op: 'alloc' | 'alloc-at',
): void {
  const id = event.integer(op, 'id', 0)
  const size = event.integer(op, 'size', 1)
  const alignment = event.has('alignment') ? event.integer(op, 'alignment', 1) : 1
  if (op === 'alloc-at') {
    const offset = readOffset(event, size, alignment)
    event.expectNone(recorder.allocate(id, { size, alignment, offset }))
  } else if (event.member('offset') === null) {
    event.expectNone(recorder.fail(id))
  } else {
    event.expectNone(recorder.allocate(id, { size, alignment }))
  }
}

function readOffset(event: LoggedEvent, size: number, alignment: number): number {
  const offset = event.integer('alloc-at', 'offset', 0)
  if (offset % alignment !== 0) {
    throw event.fault('offset', `must be a multiple of the alignment, ${String(alignment)}`)
  }
  const most = Number.MAX_SAFE_INTEGER
  if (offset > most - size) {
    const rule = `must let the block, of size ${String(size)}, end within ${String(most)}`
    throw event.fault('offset', rule)
  }
  return offset
}

/** The object in a line. */
class LoggedEvent {
  readonly #line: TraceLine
  readonly #object: Readonly<Record<string, unknown>>

  constructor(line: TraceLine) {
    this.#line = line
    const object = parseObject(line.text)
    if (object === undefined) {
      const shown = inQuotes(line.text.slice(beginOf(line.text)))
      throw this.#error(
        `${shown} is not a JSON object, or not all of one: a log has an event on each line, such as {"op":"free","id":0}`,
      )
    }
    this.#object = object
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name)
  }

  member(name: string): unknown {
    return this.has(name) ? this.#object[name] : undefined
  }

  /** `of` is what has to have the member. */
  integer(of: string, name: string, least: number): number {
    const rule = `an integer from ${String(least)} to ${String(Number.MAX_SAFE_INTEGER)}`
    if (!this.has(name)) throw this.missing(of, name, rule)
    const value = this.#object[name]
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
    throw this.fault(name, `must be ${rule}`)
  }

  expectNone(wrong: Fault): void {
    if (wrong !== undefined) throw this.fault('id', wrong)
  }

  fault(name: string, rule: string): TraceError {
    const { value, column } = findMember(this.#line.text, name)
    return new TraceError(`${name} ${inQuotes(value)} ${rule}`, this.#line.number, column)
  }

  missing(of: string, name: string, rule: string): TraceError {
    return this.#error(`the ${of} has no '${name}', which must be ${rule}`)
  }

  #error(message: string): TraceError {
    return new TraceError(message, this.#line.number, beginOf(this.#line.text) + 1)
  }
}
