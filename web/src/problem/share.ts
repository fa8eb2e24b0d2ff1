// Links that hold a whole problem: `#v1=`, then JSON, deflated, in base64url. Nothing is uploaded.
import * as check from '../state/check'
import { settingsFrom } from '../state/keep-settings'
import { defaults, type Settings } from '../state/settings'

/** The settings that decide what a search does. */
export type SharedSettings = Pick<
  Settings,
  'engine' | 'timeoutSeconds' | 'seed' | 'switches' | 'preorderingHeuristics'
>

/** What a link holds. */
export interface Shared {
  readonly name: string
  readonly csv: string
  readonly capacity: number | null
  readonly settings: SharedSettings
  /** Of the plan, one for each buffer. */
  readonly offsets: readonly number[] | undefined
}

const prefix = '#v1='

/** Longer links get lost in chats and address bars. */
export const longestLink = 60_000
/** More text than this is not unpacked: a short link can hold a great deal of it. */
const longestText = 20_000_000

/** A link that cannot be followed, with what to do in its message. */
export class LinkError extends Error {}

/** Whether the hash of an address is meant as a link with a problem, of this version or another. */
export function isLink(hash: string): boolean {
  return /^#v\d+=/u.test(hash)
}

/** The hash of a link; undefined when it would be too long. */
export async function encodeLink(shared: Shared): Promise<string | undefined> {
  const json = new Blob([JSON.stringify(shared)])
  const packed = await new Response(
    json.stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer()
  if ((packed.byteLength * 4) / 3 + prefix.length > longestLink) return undefined
  return prefix + toBase64Url(new Uint8Array(packed))
}

/** Reads the hash of a link. Rejects with a {@link LinkError}. */
export async function decodeLink(hash: string): Promise<Shared> {
  if (!hash.startsWith(prefix)) {
    throw new LinkError(
      'This link was made by a newer version of the page. Reload the page to get it, then open the link again.',
    )
  }
  const shared = sharedFrom(await unpack(hash.slice(prefix.length)))
  if (shared === undefined) throw damaged()
  return shared
}

function damaged(): LinkError {
  return new LinkError(
    'This link is damaged: perhaps it was cut off on its way. Ask for it again, or for the CSV file.',
  )
}

async function unpack(text: string): Promise<unknown> {
  try {
    const packed = new Blob([fromBase64Url(text)])
    const json = await readUpTo(
      packed.stream().pipeThrough(new DecompressionStream('deflate-raw')),
      longestText,
    )
    return JSON.parse(json)
  } catch {
    throw damaged()
  }
}

async function readUpTo(stream: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > limit) throw damaged()
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(characters, (character) => character.charCodeAt(0))
}

function sharedFrom(value: unknown): Shared | undefined {
  const given = check.record(value)
  const csv = check.string(given?.csv)
  const name = check.string(given?.name)
  if (given === undefined || csv === undefined || name === undefined) return undefined
  const capacity = given.capacity === null ? null : check.integer(given.capacity, 0)
  if (capacity === undefined) return undefined
  const offsets = offsetsFrom(given.offsets)
  if (given.offsets !== undefined && offsets === undefined) return undefined
  const { engine, timeoutSeconds, seed, switches, preorderingHeuristics } = settingsFrom(
    given.settings,
    defaults,
  )
  const settings = { engine, timeoutSeconds, seed, switches, preorderingHeuristics }
  return { name: name.slice(0, 200), csv, capacity, settings, offsets }
}

function offsetsFrom(value: unknown): number[] | undefined {
  if (!Array.isArray(value)) return undefined
  const offsets = value.flatMap((each) => check.integer(each, 0) ?? [])
  return offsets.length === value.length ? offsets : undefined
}
