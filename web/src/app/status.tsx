// How the search stands: one sentence, which is read aloud, and figures, which are not.
import { gapOf } from '../results/figures'
import { bytes, integer, percent, seconds } from '../results/format'
import { current } from '../state/plans'
import { capacity, problem, sourceError } from '../state/problem'
import { run, type Run, type RunProgress } from '../state/run'
import { stowage } from '../state/stowage'

type Tone = 'busy' | 'good' | 'warning' | 'bad' | 'plain'

export function Status() {
  const { tone, text } = sentence(run.value)
  return (
    <div class={`status ${tone}`}>
      <p class="status-text" role="status" aria-label="State of the search">
        {text}
      </p>
      <Figures />
    </div>
  )
}

function sentence(state: Run): { tone: Tone; text: string } {
  switch (state.state) {
    case 'solving':
      return { tone: 'busy', text: 'Looking for a plan …' }
    case 'minimizing':
      return { tone: 'busy', text: 'Looking for the least height …' }
    case 'explaining':
      return { tone: 'busy', text: 'Looking for the buffers to blame …' }
    case 'solved':
      return solved(state.isOptimal)
    case 'infeasible':
      return { tone: 'bad', text: `No plan fits within ${integer(capacity.value ?? 0)}.` }
    case 'stopped':
      return { tone: 'warning', text: state.message }
    case 'failed':
      return { tone: 'bad', text: state.message }
    case 'idle':
      return idle()
  }
}

function idle(): { tone: Tone; text: string } {
  if (stowage.value === null) return { tone: 'plain', text: 'Loading …' }
  if (problem.value === null) {
    const isWrong = sourceError.value !== null
    return { tone: 'plain', text: isWrong ? 'The text cannot be read yet.' : 'Loading …' }
  }
  const entry = current.value
  if (entry === null) return { tone: 'plain', text: 'Press Solve for a plan.' }
  if (entry.fault !== '') return { tone: 'warning', text: `This plan is not good: ${entry.fault}.` }
  return { tone: 'good', text: `A plan of height ${integer(entry.plan.height)}, ${entry.name}.` }
}

function solved(isOptimal: boolean): { tone: Tone; text: string } {
  const entry = current.value
  if (entry === null) return { tone: 'plain', text: '' }
  const { plan, fault } = entry
  if (fault !== '') return { tone: 'bad', text: `The plan was found to be wrong: ${fault}.` }
  const limit = capacity.value
  const height = `A plan of height ${integer(plan.height)}`
  if (limit !== null && plan.height > limit) {
    const proof = isOptimal ? 'This is the least height there is' : 'It may not be the least'
    return {
      tone: 'warning',
      text: `${height}, above the capacity of ${integer(limit)}. ${proof}.`,
    }
  }
  const proof = isOptimal ? 'No plan is lower.' : 'A lower one may exist: Minimise looks for it.'
  const within = limit === null ? '' : `, within the capacity of ${integer(limit)}`
  return { tone: 'good', text: `${height}${within}. ${proof}` }
}

function Figures() {
  const progress = progressOf(run.value)
  const entry = current.value
  const height = progress === undefined ? entry?.plan.height : progress?.height
  const lowerBound = progress === undefined ? entry?.plan.lowerBound : progress?.lowerBound
  const spent = progress === undefined ? entry?.seconds : progress?.seconds
  const nodes = progress === undefined ? entry?.nodes : progress?.nodes
  const gap =
    height === undefined || lowerBound === undefined ? undefined : gapOf(height, lowerBound)
  // Heuristics visit none.
  const rate = spent && nodes ? nodes / spent : undefined
  return (
    <dl class="run-figures">
      <Figure name="Best height" value={amount(height)} />
      <Figure name="Proven bound" value={amount(lowerBound)} />
      <Figure name="Gap" value={gap === undefined ? undefined : percent(gap)} />
      <Figure name="Nodes / s" value={rate === undefined ? undefined : integer(rate)} />
      <Figure name="Time" value={spent === undefined ? undefined : seconds(spent)} />
    </dl>
  )
}

/** Undefined when no search runs, null when nothing is known of it yet. */
function progressOf(state: Run): RunProgress | null | undefined {
  return 'progress' in state ? state.progress : undefined
}

function amount(value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  return value < 10_000 ? integer(value) : bytes(value)
}

function Figure({ name, value }: { name: string; value: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  )
}
