import { Buffer } from 'node:buffer'
import { writeSync } from 'node:fs'

import { type Problem, type Stowage, StowageError } from '../planner.js'
import { CommandError, inputName, readFile } from './files.js'
import { ignoredColumn } from './messages.js'
import type { Options } from './options.js'
import { TraceError } from './trace/recorded-trace.js'

/** The exit status of the command. */
export const enum Exit {
  Answered = 0,
  /** Wrong usage, bad input, or a plan judged bad. */
  Failed = 1,
  /** Proven that there is no answer. */
  NoAnswer = 2,
  /** Stopped before that. */
  Unknown = 3,
}

/** A line on standard error. */
export function say(line: string): void {
  writeSync(2, Buffer.from(`${line}\n`))
}

/** The bytes of the input file; speaks of columns that are ignored. */
export function readInput(stowage: Stowage, options: Options): Uint8Array {
  const csv = readFile(options.input)
  sayWhatIsIgnored(stowage, options, csv)
  return csv
}

function sayWhatIsIgnored(stowage: Stowage, { input }: Options, csv: Uint8Array): void {
  for (const column of stowage.Problem.ignoredColumns(csv)) {
    say(`stowage: ${inputName(input)}: ${ignoredColumn(column)}`)
  }
}

/** Reads the input with `read`, naming it in errors. */
export function parsed<T>({ input }: Options, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StowageError || error instanceof TraceError)) throw error
    throw new CommandError(`${inputName(input)}: ${error.message}`)
  }
}

/** Reads the input as a problem. */
export function readProblem(stowage: Stowage, options: Options, capacity: number): Problem {
  return toProblem(stowage, options, readFile(options.input), capacity)
}

/** The same of the input's text. */
export function toProblem(
  stowage: Stowage,
  options: Options,
  csv: Uint8Array,
  capacity: number,
): Problem {
  sayWhatIsIgnored(stowage, options, csv)
  return parsed(options, () => stowage.Problem.fromCsv(csv, { capacity }))
}
