// Reads the text: what the page shows is always the last text that could be read.
import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { type Problem, StowageError } from 'stowage/slim'

import { callModule, isDeath } from '../solve/module'
import { abandon } from '../solve/search'
import { comparison, current, reference } from '../state/plans'
import { capacity, problem, source, type Source, sourceError } from '../state/problem'
import { cursorTime, hovered, marked, pinnedTime, search, selection } from '../state/selection'

/** The last text that could be read, without a capacity. */
const unlimited = signal<Problem | null>(null)

/** The columns of the text that mean nothing here. */
export const ignoredColumns = signal<readonly string[]>([])

/** Why the capacity cannot be; then `problem` still has the last one that could. */
export const capacityError = signal('')

const tooLarge =
  'the browser has not enough memory for this problem: the command, stowage solve, takes it'

/** The capacity of a text that cannot be read yet; undefined when there is none waiting. */
let waitingCapacity: number | null | undefined

/** No plan is lower than this; undefined without a problem. */
export const maxLoad = computed(() => ask(unlimited.value, (problem) => problem.stats().maxLoad))

/** Where the load alone exceeds the capacity, so that nothing can fit. */
export const overload = computed(() => ask(problem.value, (problem) => problem.overload()))

/** What a problem answers; undefined without one, and where the module dies, as the search tells. */
function ask<T>(of: Problem | null, question: (problem: Problem) => T): T | undefined {
  try {
    return of === null ? undefined : callModule(() => question(of))
  } catch (error) {
    if (isDeath(error)) return undefined
    throw error
  }
}

/** From now on the problem follows the capacity. */
export function followCapacity(): void {
  effect(() => {
    const base = unlimited.value
    const most = capacity.value
    if (base === null) return
    untracked(() => {
      abandon()
      limit(base, most)
    })
  })
}

function limit(base: Problem, most: number | null): void {
  try {
    const limited = most === null ? base : callModule(() => base.withCapacity(most))
    batch(() => {
      problem.value = limited
      capacityError.value = ''
      judgeAgain(limited)
    })
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    capacityError.value = error.message
  }
}

/** Reads an edited text. True if it is a problem; if not, `sourceError` says why. */
export function readText(text: string): boolean {
  source.value = { ...source.peek(), text }
  try {
    const read = parse(text)
    batch(() => {
      forgetPlans()
      sourceError.value = null
      if (waitingCapacity !== undefined) capacity.value = waitingCapacity
      waitingCapacity = undefined
      unlimited.value = read
    })
    return true
  } catch (error) {
    if (!(error instanceof StowageError)) throw error
    const message = error.code === 'out-of-memory' ? tooLarge : error.message
    sourceError.value = { message, line: error.line ?? 0, column: error.column ?? 0 }
    return false
  }
}

/** Puts another problem in the place of the present one. True if its text is one. */
export function replaceSource(next: Source, limit: number | null): boolean {
  return batch(() => {
    source.value = next
    waitingCapacity = limit
    const isRead = readText(next.text)
    if (isRead) search.value = ''
    return isRead
  })
}

function parse(text: string): Problem {
  return callModule(({ Problem }) => {
    const read = Problem.fromCsv(text, { capacity: Infinity })
    ignoredColumns.value = Problem.ignoredColumns(text)
    return read
  })
}

/** Plans of, and positions in, one problem mean nothing in another. */
function forgetPlans(): void {
  current.value = null
  reference.value = null
  comparison.value = 'off'
  selection.value = []
  hovered.value = null
  cursorTime.value = null
  pinnedTime.value = null
  marked.value = null
}

/** Says of the plan that is shown whether it is good under another capacity. */
function judgeAgain(limited: Problem): void {
  const entry = current.peek()
  if (entry === null) return
  const { message } = callModule(({ explainVerdict }) => explainVerdict(limited, entry.plan))
  current.value = { ...entry, fault: message }
}
