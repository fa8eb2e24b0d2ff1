// The ways a problem gets onto the page: a link, an example, a file, what was there last time.
import { computed, signal } from '@preact/signals'
import { StowageError } from 'stowage/slim'

import * as check from '../state/check'
import { change } from '../state/keep-settings'
import { complain, notice, tell } from '../state/notices'
import { capacity, problem, source } from '../state/problem'
import { read, remove, write } from '../state/storage'
import { show } from '../solve/incumbents'
import { callModule } from '../solve/module'
import { solve, solveSoon, stop } from '../solve/search'
import { FileError, readFile } from './files'
import { capacityIn, type Example, fetchExample, firstExample, gallery } from './gallery'
import { capacityError, readText, replaceSource } from './read'
import { decodeLink, isLink, LinkError, type Shared } from './share'

const key = 'stowage.problem'
const version = 1
/** Longer texts are not kept for the next visit: the browser's storage is small. */
const longestKept = 500_000
/** So long after the last change, in milliseconds. */
const keepAfter = 300

const loaded = signal<{ readonly name: string; readonly text: string } | null>(null)

/** The name of the example that is shown; empty for any other text. */
export const shownExample = computed(() =>
  loaded.value?.text === source.value.text ? loaded.value.name : '',
)

/** Has the first example on its way, if it is what `loadFirst` is going to show. */
export function prepareFirst(): void {
  const example = gallery.find(({ name }) => name === firstExample)
  if (example === undefined || location.hash !== '' || keptSource() !== undefined) return
  // Whether it fails is told when it is asked for.
  fetchExample(example).catch(() => undefined)
}

/** Shows the problem that the address names, or the last one, or the first example; solves it. */
export async function loadFirst(): Promise<void> {
  if (!(await loadFromAddress())) {
    const kept = keptSource()
    if (kept !== undefined) await loadText(kept.name, kept.text, kept.capacity)
    else await loadExample(firstExample)
  }
  keepSource()
  addEventListener('hashchange', () => void loadFromAddress())
}

/** Shows what the address names. False when it names nothing that can be had. */
async function loadFromAddress(): Promise<boolean> {
  const { hash } = location
  notice.value = null
  if (isLink(hash)) return loadLink(hash)
  const name = new URLSearchParams(hash.slice(1)).get('example')
  return name !== null && loadExample(name)
}

/** Shows the example of that name and solves it. False when there is none. */
export async function loadExample(name: string): Promise<boolean> {
  const example = gallery.find((each) => each.name === name)
  if (example === undefined) {
    complain(`There is no example "${name}". The list of examples has all that there are.`)
    return false
  }
  return loadListed(example)
}

async function loadListed(example: Example): Promise<boolean> {
  try {
    const text = await fetchExample(example)
    loaded.value = { name: example.name, text }
    await loadText(example.file, text, example.capacity)
    return true
  } catch {
    complain(`The example ${example.name} could not be loaded. Are you offline? Try again later.`)
    return false
  }
}

/** Shows a problem of that name and solves it, if it can be read. */
export async function loadText(name: string, text: string, limit: number | null): Promise<void> {
  await stop()
  if (replaceSource({ name, text }, limit)) void solve()
}

/** Shows the problem in a file, and solves it. What cannot be read changes nothing. */
export async function loadFile(file: File): Promise<void> {
  notice.value = null
  try {
    const text = await readFile(file)
    forgetAddress()
    await loadText(file.name, text, capacityIn(file.name))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    complain(error.message)
  }
}

/** Shows a text that was pasted, and solves it. */
export async function loadPasted(text: string): Promise<void> {
  notice.value = null
  forgetAddress()
  await loadText('pasted.csv', text, null)
}

/** Takes up a text that a person has changed. */
export function edit(text: string): void {
  forgetAddress()
  if (readText(text)) void solve()
}

/** Takes up a capacity that a person has chosen; null for none. */
export function limitTo(most: number | null): void {
  capacity.value = most
  if (capacityError.peek() === '') solveSoon()
}

async function loadLink(hash: string): Promise<boolean> {
  try {
    const shared = await decodeLink(hash)
    await loadShared(shared)
    return true
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    complain(error.message)
    return false
  } finally {
    forgetAddress()
  }
}

async function loadShared(shared: Shared): Promise<void> {
  const { name, csv, capacity: limit, settings, offsets } = shared
  change(settings)
  await stop()
  if (!replaceSource({ name, text: csv }, limit)) return
  if (offsets === undefined || !showOffsets(offsets)) await solve()
  tell(`Loaded ${name} from the link.`)
}

/** Shows a plan by its offsets. False when they are none for the problem. */
function showOffsets(offsets: readonly number[]): boolean {
  const of = problem.peek()
  if (of?.length !== offsets.length) return false
  try {
    const plan = callModule(({ Plan }) =>
      Plan.fromCsv(of.toCsv(offsets), { capacity: of.capacity }),
    )
    if (callModule(({ validateSolution }) => validateSolution(of, plan)) !== 'good') return false
    const origin = {
      engine: undefined,
      nodes: undefined,
      backtracks: undefined,
      seconds: undefined,
    }
    show({ plan, name: 'from the link', ...origin })
    return true
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    return false
  }
}

/** The address names another problem than the one shown, from now on: none. */
function forgetAddress(): void {
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
}

function keptSource(): { name: string; text: string; capacity: number | null } | undefined {
  const kept = check.record(read(key))
  const name = check.string(kept?.name)
  const text = check.string(kept?.text)
  if (kept?.version !== version || name === undefined || text === undefined) return undefined
  return { name, text, capacity: check.integer(kept.capacity, 0) ?? null }
}

/** From now on the problem is kept for the next visit. In a frame it is not the visitor's to keep. */
function keepSource(): void {
  if (window.parent !== window) return
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (): void => {
    clearTimeout(timer)
    const { name, text } = source.peek()
    if (text.length > longestKept) remove(key)
    else write(key, { version, name, text, capacity: capacity.peek() })
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(keep, keepAfter)
  }
  source.subscribe(keepSoon)
  capacity.subscribe(keepSoon)
  addEventListener('pagehide', keep)
}
