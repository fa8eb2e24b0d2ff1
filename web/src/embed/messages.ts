// What goes between the playground in a frame and the page around it; docs/embedding.md describes it.
// All but the handshake, which is the texts "PING" and "PONG", is an object with a field `stowage`.
import * as check from '../state/check'

/** What the page around may ask. */
export type HostMessage =
  | {
      readonly type: 'load'
      readonly csv: string
      readonly name: string
      /** Null for no limit; undefined where the name may tell. */
      readonly capacity: number | null | undefined
      readonly solve: boolean
    }
  | { readonly type: 'select'; readonly ids: readonly string[] }
  | { readonly type: 'getPlan' }

/** What the playground tells. */
export type PlaygroundMessage =
  | { readonly type: 'loaded'; readonly name: string; readonly buffers: number }
  | {
      readonly type: 'solved'
      /** Of the problem. */
      readonly name: string
      readonly height: number
      readonly lowerBound: number
      readonly optimal: boolean
      readonly seconds: number
    }
  | {
      readonly type: 'infeasible' | 'stopped' | 'failed'
      readonly name: string
      readonly message: string
    }
  | { readonly type: 'bufferselect'; readonly ids: readonly string[] }
  | { readonly type: 'plan'; readonly csv: string }
  /** The last message asked for what cannot be: why. */
  | { readonly type: 'refused'; readonly message: string }

/** More than this is no problem for a page. In UTF-16 units. */
const longestCsv = 100_000_000

/** The message in `data`; why it is none, as a text; undefined if it is not meant for Stowage. */
export function hostMessageFrom(data: unknown): HostMessage | string | undefined {
  const envelope = check.record(data)
  if (envelope === undefined || !('stowage' in envelope)) return undefined
  const given = check.record(envelope.stowage)
  if (given === undefined) return 'stowage must be an object'
  if (given.type === 'select') return selectFrom(given)
  if (given.type === 'getPlan') return { type: 'getPlan' }
  if (given.type === undefined || given.type === 'load') return loadFrom(given)
  return 'type must be load, select or getPlan'
}

function loadFrom(given: Readonly<Record<string, unknown>>): HostMessage | string {
  const csv = check.string(given.csv)
  if (csv === undefined) return 'csv must be a text'
  if (csv.length > longestCsv) return `csv is longer than ${String(longestCsv)} characters`
  const { name = 'problem.csv', capacity, solve = true } = given
  if (typeof name !== 'string') return 'name must be a text'
  if (typeof solve !== 'boolean') return 'solve must be true or false'
  const limit = capacity === undefined || capacity === null ? capacity : check.integer(capacity, 0)
  if (capacity !== undefined && limit === undefined) {
    return 'capacity must be a whole number from 0 to 2^53 - 1, or null'
  }
  return { type: 'load', csv, name: name.slice(0, 200), capacity: limit, solve }
}

function selectFrom({ ids }: Readonly<Record<string, unknown>>): HostMessage | string {
  const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string')
  return isList ? { type: 'select', ids: ids } : 'ids must be an array of texts'
}
