// The tool bar of the picture.
import type { ColorBy } from 'stowage/slim'

import { change } from '../state/keep-settings'
import { comparison, type Comparison, reference } from '../state/plans'
import { search } from '../state/selection'
import { settings } from '../state/settings'
import { counted } from './format'
import { FitIcon, ZoomInIcon, ZoomOutIcon } from './icons'
import { pictureCommands } from './picture-commands'
import { found } from './search'

const axes = [
  ['time', 'Time'],
  ['offset', 'Offset'],
  ['both', 'Both'],
] as const

const colorings: readonly (readonly [ColorBy, string])[] = [
  ['size', 'Size'],
  ['lifetime', 'Lifetime'],
  ['alignment', 'Alignment'],
  ['prefix', 'Id prefix'],
]

const comparisons: readonly (readonly [Comparison, string])[] = [
  ['off', 'One plan'],
  ['side-by-side', 'Side by side'],
  ['difference', 'Difference'],
]

export function PictureTools() {
  return (
    <div class="tool-bar" role="group" aria-label="Tools of the picture">
      <ZoomTools />
      <ColorTool />
      <WasteTool />
      <SearchTool />
      {reference.value !== null && <ComparisonTool />}
    </div>
  )
}

function ZoomTools() {
  const commands = pictureCommands.value
  return (
    <div class="tool-group">
      <button
        type="button"
        class="tool"
        title="Show the whole plan"
        onClick={() => commands?.fit()}
      >
        <FitIcon /> Fit
      </button>
      {axes.map(([axis, label]) => (
        <span key={axis} class="zoom-pair" role="group" aria-label={`Zoom ${label.toLowerCase()}`}>
          <ZoomButton axis={axis} factor={1 / 1.5} />
          <span aria-hidden="true">{label}</span>
          <ZoomButton axis={axis} factor={1.5} />
        </span>
      ))}
    </div>
  )
}

function ZoomButton({ axis, factor }: { axis: 'time' | 'offset' | 'both'; factor: number }) {
  const isIn = factor > 1
  const what = axis === 'both' ? 'both axes' : axis
  const label = `Zoom ${what} ${isIn ? 'in' : 'out'}`
  const zoom = () => pictureCommands.value?.zoom(factor, axis)
  return (
    <button type="button" class="tool icon-tool" aria-label={label} title={label} onClick={zoom}>
      {isIn ? <ZoomInIcon /> : <ZoomOutIcon />}
    </button>
  )
}

function ColorTool() {
  return (
    <label class="tool-field">
      Colour by
      <select
        value={settings.value.colorBy}
        onChange={({ currentTarget }) => {
          change({ colorBy: currentTarget.value as ColorBy })
        }}
      >
        {colorings.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function WasteTool() {
  return (
    <label class="tool-field" title="Hatch the space below the highest live end that nothing holds">
      <input
        type="checkbox"
        checked={settings.value.showsWaste}
        onChange={({ currentTarget }) => {
          change({ showsWaste: currentTarget.checked })
        }}
      />
      Unused space
    </label>
  )
}

function SearchTool() {
  const result = found.value
  const isWrong = result.state === 'wrong'
  return (
    <label class="tool-field search-field">
      Find
      <input
        type="search"
        value={search.value}
        placeholder="id or pattern, e.g. conv\d+"
        title="A regular expression over ids; upper and lower case are the same"
        spellcheck={false}
        aria-invalid={isWrong}
        aria-describedby="search-result"
        onInput={({ currentTarget }) => {
          searchSoon(currentTarget.value)
        }}
      />
      <output id="search-result" class={isWrong ? 'search-result wrong' : 'search-result'}>
        {result.state === 'wrong' && result.message}
        {result.state === 'some' && counted(result.buffers.length, 'buffer')}
      </output>
    </label>
  )
}

function ComparisonTool() {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">Show</legend>
      {comparisons.map(([value, label]) => (
        <label key={value} class="segment">
          <input
            type="radio"
            name="comparison"
            checked={comparison.value === value}
            onChange={() => {
              comparison.value = value
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

let pending: ReturnType<typeof setTimeout> | undefined

/** Searches once the typing pauses, as a million ids take their time. */
function searchSoon(text: string): void {
  clearTimeout(pending)
  pending = setTimeout(() => {
    search.value = text
  }, 120)
}
