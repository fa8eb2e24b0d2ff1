// A plan as C, for the source of an interpreter or a firmware. Compiles as C99 and C++.
import type { Plan } from 'stowage/slim'

import { columnsOf } from './columns'

/** Positions of buffers as `#define`s, and an array of offsets. */
export function planToCArray(plan: Plan, name: string): string {
  const { id } = columnsOf(plan.problem)
  const prefix = identifier(name)
  const wanted = id.map((each) => `${prefix}_${identifier(each)}`.toUpperCase())
  const macros = uniqueNames(wanted, Object.values(macroNames(prefix)))
  const offsets = Array.from(
    plan.offsets,
    (offset, i) => `    ${String(offset)},  /* ${comment(id[i])} */\n`,
  )
  return [
    ...preamble(plan, name),
    '/* Positions in the array below. */\n',
    ...macros.map((macro, i) => `#define ${macro} ${String(i)}\n`),
    `\nstatic const uint64_t ${prefix}_offsets[] = {\n`,
    ...(offsets.length === 0 ? ['    0,\n'] : offsets),
    '};\n',
  ].join('')
}

/** The same as an array of structures with id, offset and size. */
export function planToCStruct(plan: Plan, name: string): string {
  const { id, size } = columnsOf(plan.problem)
  const prefix = identifier(name)
  const rows = Array.from(
    plan.offsets,
    (offset, i) => `    {${stringLiteral(id[i])}, ${String(offset)}, ${String(size[i])}},\n`,
  )
  return [
    ...preamble(plan, name),
    `struct ${prefix}_buffer {\n  const char *id;\n  uint64_t offset;\n  uint64_t size;\n};\n`,
    `\nstatic const struct ${prefix}_buffer ${prefix}_buffers[] = {\n`,
    ...(rows.length === 0 ? ['    {"", 0, 0},\n'] : rows),
    '};\n',
  ].join('')
}

function preamble(plan: Plan, name: string): string[] {
  const { alignment } = columnsOf(plan.problem)
  const { arenaSize, arenaAlignment, bufferCount } = macroNames(identifier(name))
  const largest = alignment.reduce((a, b) => Math.max(a, b), 1)
  return [
    `/* Where the buffers of ${comment(name)} are in memory. Planned by Stowage. */\n`,
    '#include <stdint.h>\n\n',
    `#define ${arenaSize} ${String(plan.height)}\n`,
    `#define ${arenaAlignment} ${String(largest)}\n`,
    `#define ${bufferCount} ${String(plan.length)}\n\n`,
  ]
}

function macroNames(prefix: string) {
  const name = (what: string): string => `${prefix}_${what}`.toUpperCase()
  return {
    arenaSize: name('arena_size'),
    arenaAlignment: name('arena_alignment'),
    bufferCount: name('buffer_count'),
  }
}

/** Letters, digits and underscores, beginning with a letter. */
function identifier(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9]+/gu, '_').replace(/^_+|_+$/gu, '')
  return /^[A-Za-z]/u.test(safe) ? safe : `b_${safe}`
}

/** The names, those that come again with a number behind them that makes them unique. */
function uniqueNames(names: readonly string[], reserved: readonly string[]): readonly string[] {
  const taken = new Set(reserved)
  const nextNumber = new Map<string, number>()
  return names.map((name) => {
    let unique = name
    let number = nextNumber.get(name) ?? 2
    while (taken.has(unique)) unique = `${name}_${String(number++)}`
    nextNumber.set(name, number)
    taken.add(unique)
    return unique
  })
}

function comment(text = ''): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *')
}

/** In UTF-8, with octal escapes, which end by themselves, for all that is not plain ASCII. */
function stringLiteral(text = ''): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte)
    return byte < 0x20 || byte > 0x7e || '"\\?'.includes(character)
      ? `\\${byte.toString(8).padStart(3, '0')}`
      : character
  })
  return `"${bytes.join('')}"`
}
