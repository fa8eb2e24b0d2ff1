/** The columns of an RMM log. */
export const rmmColumns = ['Thread', 'Time', 'Action', 'Pointer', 'Size', 'Stream'] as const

export const rmmAction = 2
export const rmmPointer = 3
export const rmmSize = 4

const blanksAround = /^[ \t\r]+|[ \t\r]+$/g

/** Commas separate them; RMM quotes nothing. */
export function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => field.replace(blanksAround, ''))
}

/** Of a field, in bytes from 1. */
export function columnOf(line: string, index: number): number {
  const before = line.split(',').slice(0, index)
  const begin = before.reduce((sum, field) => sum + field.length + 1, 0)
  const blanks = /^[ \t\r]*/.exec(line.slice(begin))?.[0].length ?? 0
  return Math.min(begin + blanks, endOf(line, begin)) + 1
}

function endOf(line: string, begin: number): number {
  const comma = line.indexOf(',', begin)
  return comma < 0 ? line.length : comma
}

export function isRmmHeader(line: string): boolean {
  const fields = fieldsOf(line)
  return fields.length === rmmColumns.length && rmmColumns.every((name, at) => fields[at] === name)
}
