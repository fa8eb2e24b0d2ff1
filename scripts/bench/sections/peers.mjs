// How low other planners come on A to K, where none but MiniMalloc reaches the capacity.
import { above, digits, table, whole } from '../markdown.mjs'
import { solveNatively } from '../native.mjs'
import { peers, runPeer } from '../peers.mjs'
import { nameOf, publicProblems } from '../places.mjs'

export const title = 'A to K, the height that others come to'
const capacity = 1_048_576
const timeout = 3

/** @returns {import('./section.mjs').Section} */
export function run() {
  const rows = publicProblems('minimalloc').map((file) => {
    const [own] = solveNatively([file, '--timeout', String(timeout)])
    const cells = peers.map(({ program }) => {
      const { height, seconds } = runPeer(program, file, capacity, timeout)
      return Number.isFinite(height) ? `${above(height, capacity)} in ${digits(seconds)} s` : '-'
    })
    const height = own?.height ?? Infinity
    return [
      nameOf(file),
      `${above(Math.max(height, capacity), capacity)} in ${digits(own?.wallSeconds ?? NaN)} s`,
      ...cells,
    ]
  })
  const text = table(['problem', 'Stowage', ...peers.map(({ name }) => name)], rows)
  return {
    text: `Above the capacity of ${whole(capacity)}, after at most ${String(timeout)} s.\n\n${text}`,
  }
}
