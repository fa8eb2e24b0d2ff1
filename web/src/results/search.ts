// Which buffers the search finds: for the picture's tool bar and the table alike.
import { computed } from '@preact/signals'
import type { Problem } from 'stowage/slim'

import { problem } from '../state/problem'
import { search } from '../state/selection'
import { columnsOf } from './columns'

export type Found =
  | { readonly state: 'all' }
  | { readonly state: 'wrong'; readonly message: string }
  | { readonly state: 'some'; readonly buffers: Uint32Array }

/** The buffers whose ids match `search`, in the problem's order. */
export const found = computed<Found>(() => {
  if (search.value === '' || problem.value === null) return { state: 'all' }
  const pattern = patternFrom(search.value)
  if (typeof pattern === 'string') return { state: 'wrong', message: pattern }
  return { state: 'some', buffers: matching(problem.value, pattern) }
})

/** The regular expression, as the picture reads it, or why it is none. */
function patternFrom(text: string): RegExp | string {
  try {
    return new RegExp(text, 'iu')
  } catch (error) {
    const [, reason = 'wrong'] = /.*: (.*)/su.exec((error as Error).message) ?? []
    return reason
  }
}

function matching(problem: Problem, pattern: RegExp): Uint32Array {
  const buffers: number[] = []
  columnsOf(problem).id.forEach((id, buffer) => {
    if (pattern.test(id)) buffers.push(buffer)
  })
  return Uint32Array.from(buffers)
}
