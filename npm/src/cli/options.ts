/**
 * The arguments of the command. Not `parseArgs`: that takes the value of a switch from the next
 * argument's place, groups short options, and knows nothing of `_` for `-`, and this command does
 * just what the native one does (cpp/cli/options.cc).
 */
import type { ColorBy, Engine, RenderOptions, SolverParams, SolverSwitches } from '../planner.js'
import type { PoolPolicy } from '../pool.js'
import * as messages from './messages.js'
import { parseTime } from './time.js'

export type Command = 'solve' | 'validate' | 'stats' | 'explain' | 'render' | 'pool'

export const commands: readonly Command[] = [
  'solve',
  'validate',
  'stats',
  'explain',
  'render',
  'pool',
]

export type PictureFormat = 'png' | 'svg'

/** Something wrong with the arguments. */
export class UsageError extends Error {}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

export interface Options {
  /** "-": standard input. */
  input: string
  /** "-": standard output. */
  output: string
  capacity: number | undefined
  /** Given for render. */
  format: PictureFormat | undefined
  picture: Writable<RenderOptions>
  params: Writable<SolverParams>
  /** For pool; all, unless some are named. */
  policies: readonly PoolPolicy[]
  validate: boolean
  json: boolean
}

type Draft = Omit<Options, 'input'> & { input: string | undefined; checkParams: CheckParams }

/** Throws when the library does not accept the parameters. */
export type CheckParams = (params: SolverParams) => void

interface Option {
  readonly commands: readonly Command[]
  /** Takes a value only behind "=". */
  readonly isSwitch?: boolean
  store(draft: Draft, value: string, name: string): void
}

const search = ['solve', 'explain'] as const
const planned = ['solve', 'explain', 'validate'] as const
const rendered = ['render'] as const
const engines: readonly string[] = ['auto', 'canonical', 'valley', 'heuristic']
const criteria: readonly string[] = ['size', 'lifetime', 'alignment', 'prefix']
const policies: readonly PoolPolicy[] = ['first-fit', 'best-fit', 'worst-fit', 'next-fit', 'tlsf']
const mostPixels = 16_384

const minimize = switchOf(['solve'], (draft, value) => (draft.params.minimizeCapacity = value))

const options: Readonly<Record<string, Option>> = {
  capacity: {
    commands: [...planned, ...rendered, 'pool'],
    store: (draft, value, name) => (draft.capacity = natural(name, value)),
  },
  input: { commands, store: storeInput },
  output: { commands: [...search, ...rendered], store: (draft, value) => (draft.output = value) },
  timeout: {
    commands: [...search, 'pool'],
    store: (draft, value, name) => (draft.params.timeoutSeconds = time(name, value)),
  },
  seed: {
    commands: search,
    store: (draft, value, name) => (draft.params.seed = natural(name, value)),
  },
  engine: { commands: search, store: storeEngine },
  minimize,
  'minimize-capacity': minimize,
  validate: switchOf(['solve'], (draft, value) => (draft.validate = value)),
  json: switchOf(['solve', 'stats', 'pool'], (draft, value) => (draft.json = value)),
  'canonical-only': paramOf('canonicalOnly'),
  'section-inference': paramOf('sectionInference'),
  'dynamic-ordering': paramOf('dynamicOrdering'),
  'check-dominance': paramOf('checkDominance'),
  'unallocated-floor': paramOf('unallocatedFloor'),
  'static-preordering': paramOf('staticPreordering'),
  'dynamic-decomposition': paramOf('dynamicDecomposition'),
  'monotonic-floor': paramOf('monotonicFloor'),
  'hatless-pruning': paramOf('hatlessPruning'),
  'preordering-heuristics': { commands: ['solve'], store: storeHeuristics },
  policy: { commands: ['pool'], store: storePolicies },
  format: { commands: rendered, store: storeFormat },
  width: sideOf('width', 200),
  height: sideOf('height', 150),
  'color-by': { commands: rendered, store: storeColorBy },
  theme: { commands: rendered, store: storeTheme },
  title: { commands: rendered, store: (draft, value) => (draft.picture.title = value) },
}

/** The arguments after the command's name; undefined when they ask for help. */
export function parseOptions(
  command: Command,
  args: readonly string[],
  checkParams: CheckParams,
): Options | undefined {
  const draft: Draft = {
    input: undefined,
    output: '-',
    capacity: undefined,
    format: undefined,
    picture: {},
    params: command === 'pool' ? { timeoutSeconds: 1 } : {},
    policies,
    validate: false,
    json: false,
    checkParams,
  }
  const rest = [...args]
  let optionsEnded = false
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (optionsEnded || argument === '-' || !argument.startsWith('-')) {
      storeInput(draft, argument)
    } else if (argument === '--') {
      optionsEnded = true
    } else if (parseOption(command, draft, argument, rest) === 'help') {
      return undefined
    }
  }
  return completed(command, draft)
}

/** Refuses what is not there, and supplies what follows from the rest. */
function completed(command: Command, draft: Draft): Options {
  const { input } = draft
  const isPlanned = (planned as readonly Command[]).includes(command)
  const isCapacityNeeded = isPlanned && draft.params.minimizeCapacity !== true
  if (isCapacityNeeded && draft.capacity === undefined) {
    throw new UsageError(messages.isNeeded('capacity'))
  }
  if (input === undefined) throw new UsageError(messages.noInput)
  const format = draft.format ?? formatOf(draft.output)
  if (command === 'render' && format === undefined) throw new UsageError(messages.noFormat)
  return { ...draft, input, format }
}

/** By how the file's name ends. */
function formatOf(file: string): PictureFormat | undefined {
  if (file.endsWith('.png')) return 'png'
  return file.endsWith('.svg') ? 'svg' : undefined
}

function parseOption(
  command: Command,
  draft: Draft,
  argument: string,
  rest: string[],
): 'help' | undefined {
  const long = argument === '-h' ? '--help' : argument === '-o' ? '--output' : argument
  const equals = long.indexOf('=')
  const written = equals < 0 ? long : long.slice(0, equals)
  if (!written.startsWith('--')) throw new UsageError(messages.unknownOption(written))
  const name = written.slice(2).replaceAll('_', '-')
  const inline = equals < 0 ? undefined : long.slice(equals + 1)
  if (name === 'help') {
    if (inline !== undefined) throw new UsageError(messages.takesNoValue(name))
    return 'help'
  }
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (option?.commands.includes(command) !== true) {
    throw new UsageError(messages.unknownOption(written))
  }
  const value = inline ?? (option.isSwitch === true ? 'true' : rest.shift())
  if (value === undefined) throw new UsageError(messages.needsValue(name))
  option.store(draft, value, name)
  return undefined
}

function switchOf(
  commands: readonly Command[],
  store: (draft: Draft, value: boolean) => void,
): Option {
  return {
    commands,
    isSwitch: true,
    store: (draft, value, name) => {
      const isOn = ['true', '1', 'yes'].includes(value)
      if (!isOn && !['false', '0', 'no'].includes(value)) {
        throw new UsageError(messages.mustBe(name, messages.switchRule, value))
      }
      store(draft, isOn)
    },
  }
}

function paramOf(key: keyof SolverSwitches): Option {
  return switchOf(['solve'], (draft, value) => (draft.params[key] = value))
}

function storeInput(draft: Draft, value: string): void {
  if (draft.input !== undefined) throw new UsageError(messages.twoInputs(draft.input, value))
  draft.input = value
}

function storeEngine(draft: Draft, value: string, name: string): void {
  if (!engines.includes(value)) {
    throw new UsageError(messages.mustBe(name, messages.engineRule, value))
  }
  draft.params.engine = value as Engine
}

function sideOf(side: 'width' | 'height', least: number): Option {
  return {
    commands: rendered,
    store: (draft, value, name) => {
      const pixels = /^\d+$/.test(value) ? Number(value) : NaN
      if (!(pixels >= least && pixels <= mostPixels)) {
        throw new UsageError(messages.mustBe(name, messages.sideRule(least), value))
      }
      draft.picture[side] = pixels
    },
  }
}

function storeFormat(draft: Draft, value: string, name: string): void {
  if (value !== 'png' && value !== 'svg') {
    throw new UsageError(messages.mustBe(name, messages.formatRule, value))
  }
  draft.format = value
}

function storePolicies(draft: Draft, value: string, name: string): void {
  draft.policies = value.split(',').map((word) => {
    const policy = policies.find((each) => each === word)
    if (policy === undefined) {
      throw new UsageError(messages.mustBe(name, messages.policyRule, word))
    }
    return policy
  })
}

function storeColorBy(draft: Draft, value: string, name: string): void {
  if (!criteria.includes(value)) {
    throw new UsageError(messages.mustBe(name, messages.colorByRule, value))
  }
  draft.picture.colorBy = value as ColorBy
}

function storeTheme(draft: Draft, value: string, name: string): void {
  if (value !== 'light' && value !== 'dark') {
    throw new UsageError(messages.mustBe(name, messages.themeRule, value))
  }
  draft.picture.theme = value
}

function storeHeuristics(draft: Draft, value: string): void {
  draft.params.preorderingHeuristics = value.split(',')
  draft.checkParams(draft.params)
}

function natural(name: string, value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN
  if (!Number.isSafeInteger(number)) {
    throw new UsageError(messages.mustBe(name, messages.integerRule, value))
  }
  return number
}

function time(name: string, value: string): number {
  const seconds = parseTime(value)
  if (seconds === undefined) throw new UsageError(messages.mustBe(name, messages.timeRule, value))
  return seconds
}
