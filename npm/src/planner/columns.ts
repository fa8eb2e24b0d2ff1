import * as check from '../check.js'
import type { Columns } from '../core/module.js'
import { StowageError } from '../errors.js'
import type { Buffer, BufferColumns, Gap, GapColumns, ProblemColumns } from './buffer.js'

const bufferKeys = ['id', 'lower', 'upper', 'size', 'alignment', 'offset', 'hint', 'gaps'] as const
const gapKeys = ['lower', 'upper', 'window'] as const
const windowKeys = ['lower', 'upper'] as const
const gapColumnKeys = ['ends', 'lower', 'upper', 'windowLower', 'windowUpper'] as const

/** The number that stands for "no limit" on the other side of the boundary. */
export const noLimit = Number.MAX_SAFE_INTEGER

export function capacityOf(value: unknown): number {
  if (value === Infinity) return noLimit
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw check.invalid('capacity', value, 'a whole number from 0 to 2^53 - 1, or Infinity')
}

/** Columns from buffers, each number checked for its type and range. */
export function columnsFromBuffers(buffers: readonly unknown[], capacity: number): Columns {
  const count = buffers.length
  const columns = emptyColumns(count, capacity)
  const ids: string[] = []
  const gaps: { init: unknown; name: string }[] = []
  for (let i = 0; i < count; ++i) {
    const name = `buffers[${String(i)}]`
    const buffer = check.record(name, buffers[i], bufferKeys)
    ids.push(check.text(`${name}.id`, buffer.id))
    columns.lower[i] = check.integer(`${name}.lower`, buffer.lower)
    columns.upper[i] = check.integer(`${name}.upper`, buffer.upper)
    columns.size[i] = check.integer(`${name}.size`, buffer.size, 0)
    columns.alignment[i] = check.integer(`${name}.alignment`, buffer.alignment ?? 1, 1)
    columns.offset[i] = optionalInteger(`${name}.offset`, buffer.offset)
    columns.hint[i] = optionalInteger(`${name}.hint`, buffer.hint)
    const own = buffer.gaps ?? []
    if (!Array.isArray(own)) throw check.invalid(`${name}.gaps`, own, 'an array of gaps')
    own.forEach((init: unknown, at) => gaps.push({ init, name: `${name}.gaps[${String(at)}]` }))
    columns.gapEnds[i] = gaps.length
  }
  return { ...columns, ...encodeIds(ids), ...gapsFrom(gaps) }
}

/** Columns from columns: copies, checked. */
export function columnsFromColumns(init: object, capacity: number): Columns {
  const given = check.record('columns', init, bufferKeys)
  const count = lengthOf('columns.size', given.size)
  const integers = (key: keyof BufferColumns, least: number, nothing?: number): Float64Array =>
    integerColumn(`columns.${key}`, given[key], count, least, nothing)
  const all = Number.MIN_SAFE_INTEGER
  return {
    capacity,
    ...encodeIds(idsFrom(given.id, count)),
    lower: integers('lower', all),
    upper: integers('upper', all),
    size: integers('size', 0),
    alignment: given.alignment === undefined ? filled(count, 1) : integers('alignment', 1),
    offset: given.offset === undefined ? filled(count, NaN) : integers('offset', 0, NaN),
    hint: given.hint === undefined ? filled(count, NaN) : integers('hint', 0, NaN),
    ...gapColumnsFrom(given.gaps, count),
  }
}

/** The buffers that `columns` hold. */
export function buffersFromColumns(columns: Columns): readonly Buffer[] {
  return Array.from(columns.size, (_, row) => bufferFromColumns(columns, row))
}

/** One of them, by its position. */
export function bufferFromColumns(columns: Columns, row: number): Buffer {
  const idBegin = row === 0 ? 0 : at(columns.idEnds, row - 1)
  return Object.freeze({
    id: utf8.decode(columns.idBytes.subarray(idBegin, at(columns.idEnds, row))),
    lower: at(columns.lower, row),
    upper: at(columns.upper, row),
    size: at(columns.size, row),
    alignment: at(columns.alignment, row),
    offset: orNull(at(columns.offset, row)),
    hint: orNull(at(columns.hint, row)),
    gaps: gapsOf(columns, row),
  })
}

/** All of them, one array for each property: copies, for the caller to keep. */
export function columnsForCaller(columns: Columns): ProblemColumns {
  return {
    id: decodeIds(columns),
    lower: columns.lower.slice(),
    upper: columns.upper.slice(),
    size: columns.size.slice(),
    alignment: columns.alignment.slice(),
    offset: columns.offset.slice(),
    hint: columns.hint.slice(),
    gaps: {
      ends: columns.gapEnds.slice(),
      lower: columns.gapLower.slice(),
      upper: columns.gapUpper.slice(),
      windowLower: columns.gapWindowLower.slice(),
      windowUpper: columns.gapWindowUpper.slice(),
    },
  }
}

/** The ids of all buffers. Quick where they are ASCII, as nearly all are. O(bytes). */
export function decodeIds({ idBytes, idEnds }: Columns): readonly string[] {
  const all = utf8.decode(idBytes)
  const isAscii = all.length === idBytes.length
  return Array.from(idEnds, (end, row) => {
    const begin = row === 0 ? 0 : at(idEnds, row - 1)
    // One call of the decoder for each of a million ids takes its time.
    return isAscii ? all.slice(begin, end) : utf8.decode(idBytes.subarray(begin, end))
  })
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function gapsOf(columns: Columns, buffer: number): readonly Gap[] {
  const gaps: Gap[] = []
  for (
    let i = buffer === 0 ? 0 : at(columns.gapEnds, buffer - 1);
    i < at(columns.gapEnds, buffer);
    ++i
  ) {
    const gap = { lower: at(columns.gapLower, i), upper: at(columns.gapUpper, i) }
    const window = { lower: at(columns.gapWindowLower, i), upper: at(columns.gapWindowUpper, i) }
    const isWhole = Number.isNaN(window.lower)
    gaps.push(Object.freeze(isWhole ? gap : { ...gap, window: Object.freeze(window) }))
  }
  return Object.freeze(gaps)
}

/** The element at a position that is known to exist. */
export function at(values: Float64Array | Uint32Array, index: number): number {
  return values[index] ?? NaN
}

function emptyColumns(count: number, capacity: number) {
  return {
    capacity,
    lower: new Float64Array(count),
    upper: new Float64Array(count),
    size: new Float64Array(count),
    alignment: new Float64Array(count),
    offset: new Float64Array(count),
    hint: new Float64Array(count),
    gapEnds: new Uint32Array(count),
  }
}

function filled(count: number, value: number): Float64Array {
  return new Float64Array(count).fill(value)
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function optionalInteger(name: string, value: unknown): number {
  return value === undefined || value === null ? NaN : check.integer(name, value, 0)
}

function encodeIds(ids: readonly string[]): Pick<Columns, 'idBytes' | 'idEnds'> {
  const encoder = new TextEncoder()
  const idEnds = new Uint32Array(ids.length)
  let idBytes = new Uint8Array(ids.reduce((sum, id) => sum + id.length, 0) + 16)
  let end = 0
  ids.forEach((id, i) => {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (idBytes.length < end + 3 * id.length) {
      const larger = new Uint8Array(2 * idBytes.length + 3 * id.length)
      larger.set(idBytes)
      idBytes = larger
    }
    end += encoder.encodeInto(id, idBytes.subarray(end)).written
    idEnds[i] = end
  })
  return { idBytes: idBytes.slice(0, end), idEnds }
}

function gapsFrom(gaps: readonly { init: unknown; name: string }[]) {
  const lower = new Float64Array(gaps.length)
  const upper = new Float64Array(gaps.length)
  const windowLower = filled(gaps.length, NaN)
  const windowUpper = filled(gaps.length, NaN)
  gaps.forEach(({ init, name }, i) => {
    const gap = check.record(name, init, gapKeys)
    lower[i] = check.integer(`${name}.lower`, gap.lower)
    upper[i] = check.integer(`${name}.upper`, gap.upper)
    if (gap.window === undefined) return
    const window = check.record(`${name}.window`, gap.window, windowKeys)
    windowLower[i] = check.integer(`${name}.window.lower`, window.lower, 0)
    windowUpper[i] = check.integer(`${name}.window.upper`, window.upper, 0)
  })
  return {
    gapLower: lower,
    gapUpper: upper,
    gapWindowLower: windowLower,
    gapWindowUpper: windowUpper,
  }
}

function gapColumnsFrom(
  value: unknown,
  count: number,
): Pick<Columns, 'gapEnds' | 'gapLower' | 'gapUpper' | 'gapWindowLower' | 'gapWindowUpper'> {
  if (value === undefined) return { gapEnds: new Uint32Array(count), ...gapsFrom([]) }
  const given = check.record('columns.gaps', value, gapColumnKeys)
  const gaps = lengthOf('columns.gaps.lower', given.lower)
  const integers = (key: keyof GapColumns, least: number, nothing?: number): Float64Array =>
    given[key] === undefined && nothing !== undefined
      ? filled(gaps, nothing)
      : integerColumn(`columns.gaps.${key}`, given[key], gaps, least, nothing)
  const ends = integerColumn('columns.gaps.ends', given.ends, count, 0)
  ends.forEach((end, i) => {
    const least = i === 0 ? 0 : at(ends, i - 1)
    check.integer(`columns.gaps.ends[${String(i)}]`, end, least, gaps)
  })
  if (gaps !== (count === 0 ? 0 : at(ends, count - 1))) {
    throw check.invalid('the last of columns.gaps.ends', at(ends, count - 1), String(gaps))
  }
  const gapWindowLower = integers('windowLower', 0, NaN)
  const gapWindowUpper = integers('windowUpper', 0, NaN)
  for (let i = 0; i < gaps; ++i) {
    if (Number.isNaN(at(gapWindowLower, i)) !== Number.isNaN(at(gapWindowUpper, i))) {
      throw new StowageError(
        'invalid-argument',
        `gap ${String(i)} has one of windowLower and windowUpper; it must have both, or neither`,
      )
    }
  }
  const all = Number.MIN_SAFE_INTEGER
  return {
    gapEnds: Uint32Array.from(ends),
    gapLower: integers('lower', all),
    gapUpper: integers('upper', all),
    gapWindowLower,
    gapWindowUpper,
  }
}

function lengthOf(name: string, value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return (value as Float64Array).length
  }
  throw check.invalid(name, value, 'an array or typed array of numbers')
}

function integerColumn(
  name: string,
  value: unknown,
  count: number,
  least: number,
  nothing?: number,
): Float64Array {
  const length = lengthOf(name, value)
  if (length !== count) {
    throw new StowageError(
      'invalid-argument',
      `${name} has ${String(length)} elements; it must have ${String(count)}, like the others`,
    )
  }
  const given = value as ArrayLike<unknown>
  const column = new Float64Array(count)
  for (let i = 0; i < count; ++i) {
    const element = given[i]
    column[i] =
      nothing !== undefined && Number.isNaN(element)
        ? nothing
        : check.integer(`${name}[${String(i)}]`, element, least)
  }
  return column
}

function idsFrom(value: unknown, count: number): readonly string[] {
  if (value === undefined) return Array.from({ length: count }, (_, i) => String(i))
  if (!Array.isArray(value)) throw check.invalid('columns.id', value, 'an array of strings')
  if (value.length !== count) {
    throw new StowageError(
      'invalid-argument',
      `columns.id has ${String(value.length)} elements; it must have ${String(count)}, like the others`,
    )
  }
  return value.map((id: unknown, i) => check.text(`columns.id[${String(i)}]`, id))
}
