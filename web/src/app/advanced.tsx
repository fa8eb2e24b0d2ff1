// Every setting of the search.
import { useSignal } from '@preact/signals'

import { faultOfHeuristics } from '../solve/params'
import * as check from '../state/check'
import { change, engines } from '../state/keep-settings'
import { defaults, type Settings, settings } from '../state/settings'
import { stowage } from '../state/stowage'

const engineHelp: Readonly<Record<Settings['engine'], string>> = {
  auto: 'Heuristics first, then both exact engines in turns.',
  canonical: 'MiniMalloc’s: buffers in order of offset. Exact.',
  valley: 'Along the skyline, the most constrained section first. Exact.',
  heuristic: 'Greedy: fast at any size, and proves nothing beyond the max load.',
}

const switchHelp: Readonly<Record<keyof Settings['switches'], readonly [string, string]>> = {
  canonicalOnly: [
    'Canonical only',
    'Look only at plans whose buffers are placed in order of offset.',
  ],
  sectionInference: [
    'Section inference',
    'Give up when some section’s unplaced buffers no longer fit above its floor.',
  ],
  dynamicOrdering: [
    'Dynamic ordering',
    'Try buffers in order of their least possible offset instead of the preorder’s.',
  ],
  checkDominance: [
    'Check dominance',
    'Leave no hole below a buffer that an unplaced one could fill.',
  ],
  unallocatedFloor: [
    'Unallocated floor',
    'Let the least offsets of unplaced buffers raise a section’s floor.',
  ],
  staticPreordering: ['Static preordering', 'Sort the buffers by the heuristic first.'],
  dynamicDecomposition: [
    'Dynamic decomposition',
    'Split into parts, solved alone, at moments that no unplaced buffer crosses.',
  ],
  monotonicFloor: [
    'Monotonic floor',
    'No buffer still to be placed lies below the last one placed.',
  ],
  hatlessPruning: [
    'Hatless pruning',
    'Try no alternative to a buffer that nothing unplaced overlaps.',
  ],
}

export function Advanced() {
  return (
    <details class="advanced">
      <summary>Advanced</summary>
      <div class="advanced-fields">
        <EngineField />
        <TimeLimitField />
        <SeedField />
        <HeuristicsField />
        <Switches />
        <button
          type="button"
          onClick={() => {
            const { theme, colorBy, showsWaste } = settings.value
            settings.value = { ...defaults, theme, colorBy, showsWaste }
          }}
        >
          Back to the defaults
        </button>
      </div>
    </details>
  )
}

function EngineField() {
  const { engine } = settings.value
  return (
    <div class="field">
      <label for="engine">Engine</label>
      <select
        id="engine"
        value={engine}
        aria-describedby="engine-help"
        onChange={(event) => {
          change({ engine: event.currentTarget.value as Settings['engine'] })
        }}
      >
        {engines.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <p id="engine-help" class="help">
        {engineHelp[engine]}
      </p>
    </div>
  )
}

function TimeLimitField() {
  const { timeoutSeconds } = settings.value
  return (
    <TextField
      id="timeout"
      label="Time limit, seconds"
      value={timeoutSeconds === null ? '' : String(timeoutSeconds)}
      help="The best plan so far stays when it is over. Empty: no limit."
      take={(typed) => {
        const value = typed === '' ? null : check.number(Number(typed), 0)
        if (value === undefined) return 'Write a number of seconds, such as 60.'
        change({ timeoutSeconds: value })
        return ''
      }}
    />
  )
}

function SeedField() {
  return (
    <TextField
      id="seed"
      label="Seed"
      value={String(settings.value.seed)}
      help="For the random restarts: the same seed gives the same plan everywhere."
      take={(typed) => {
        const seed = typed === '' ? 0 : check.integer(Number(typed), 0)
        if (seed === undefined) return 'Write a whole number of at least 0.'
        change({ seed })
        return ''
      }}
    />
  )
}

function HeuristicsField() {
  return (
    <TextField
      id="heuristics"
      label="Preordering heuristics"
      value={settings.value.preorderingHeuristics}
      help={
        'Orders that take turns. Each letter sorts by a quantity, largest first: A area, C sections ' +
        'crossed, L lower, O overlaps, T total load, U upper, W width, Z size.'
      }
      take={(typed) => {
        const preorderingHeuristics = typed === '' ? defaults.preorderingHeuristics : typed
        const fault = stowage.value === null ? '' : faultOfHeuristics(preorderingHeuristics)
        if (fault === '') change({ preorderingHeuristics })
        return fault
      }}
    />
  )
}

interface TextFieldProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly help: string
  /** Takes what was typed, or says what is wrong with it. */
  readonly take: (typed: string) => string
}

function TextField({ id, label, value, help, take }: TextFieldProps) {
  const fault = useSignal('')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-invalid={fault.value !== ''}
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          fault.value = take(event.currentTarget.value.trim())
        }}
      />
      <p id={`${id}-help`} class={fault.value === '' ? 'help' : 'help wrong'}>
        {fault.value === '' ? help : fault.value}
      </p>
    </div>
  )
}

function Switches() {
  const { switches } = settings.value
  return (
    <fieldset class="switches">
      <legend>Switches of the canonical engine</legend>
      <p class="help">None changes an answer, only how long it takes.</p>
      {Object.entries(switchHelp).map(([key, [label, help]]) => {
        const name = key as keyof Settings['switches']
        return (
          <div key={name} class="switch">
            <input
              id={name}
              type="checkbox"
              checked={switches[name]}
              aria-describedby={`${name}-help`}
              onChange={(event) => {
                change({ switches: { ...switches, [name]: event.currentTarget.checked } })
              }}
            />
            <div>
              <label for={name}>{label}</label>
              <p id={`${name}-help`} class="help">
                {help}
              </p>
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
