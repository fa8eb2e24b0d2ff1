#!/usr/bin/env node
/** The command `stowage` for Node; docs/cli.md is its contract. */
import explainHelp from '../../../cpp/cli/help/explain.txt'
import poolHelp from '../../../cpp/cli/help/pool.txt'
import renderHelp from '../../../cpp/cli/help/render.txt'
import solveHelp from '../../../cpp/cli/help/solve.txt'
import statsHelp from '../../../cpp/cli/help/stats.txt'
import stowageHelp from '../../../cpp/cli/help/stowage.txt'
import validateHelp from '../../../cpp/cli/help/validate.txt'
import { load, StowageError } from '../planner.js'
import { compileWhileLoading } from './compile.js'
import { runExplain } from './explain.js'
import { CommandError, writeOutput } from './files.js'
import { Exit, say } from './input.js'
import * as messages from './messages.js'
import { type Command, commands, parseOptions, UsageError } from './options.js'
import { runPool } from './pool.js'
import { runRender } from './render.js'
import { runSolve } from './solve.js'
import { runStats } from './stats.js'
import { runValidate } from './validate.js'

const helpOf = {
  solve: solveHelp,
  validate: validateHelp,
  stats: statsHelp,
  explain: explainHelp,
  render: renderHelp,
  pool: poolHelp,
}
const runners = {
  solve: runSolve,
  validate: runValidate,
  stats: runStats,
  explain: runExplain,
  render: runRender,
  pool: runPool,
}

async function run(args: readonly string[]): Promise<Exit> {
  const [first, ...rest] = args
  if (first === undefined) return fail(messages.noCommand + messages.seeHelp())
  if (first === '--version') return print(`stowage ${STOWAGE_VERSION}\n`)
  if (first === '--help' || first === '-h') return print(stowageHelp)
  if (first === 'help') return printHelp(rest[0])
  const command = commandFrom(first)
  if (command !== undefined) return runCommand(command, rest)
  // MiniMalloc's form has options only.
  if (first.startsWith('-')) return runCommand('solve', args)
  return fail(messages.unknownCommand(first) + messages.seeHelp())
}

async function runCommand(command: Command, args: readonly string[]): Promise<Exit> {
  if (command === 'solve') compileWhileLoading()
  const stowage = await load()
  let options
  try {
    options = parseOptions(command, args, (params) => new stowage.Solver(params))
    if (options === undefined) return print(helpOf[command])
  } catch (error) {
    const isUsage = error instanceof UsageError || error instanceof StowageError
    if (!isUsage) throw error
    return fail(error.message + messages.seeHelp(command))
  }
  return runners[command](stowage, options)
}

function printHelp(topic: string | undefined): Exit {
  if (topic === undefined) return print(stowageHelp)
  const command = commandFrom(topic)
  return command === undefined
    ? fail(messages.unknownCommand(topic) + messages.seeHelp())
    : print(helpOf[command])
}

function commandFrom(name: string): Command | undefined {
  return commands.find((command) => command === name)
}

function print(text: string): Exit {
  writeOutput(text)
  return Exit.Answered
}

function fail(message: string): Exit {
  say(`stowage: ${message}`)
  return Exit.Failed
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CommandError || error instanceof StowageError)) throw error
  const isMemory = error instanceof StowageError && error.code === 'out-of-memory'
  process.exitCode = fail(isMemory ? 'out of memory' : error.message)
}
