// Plan or pool: what the middle of the page shows.
import { choose, type View, view } from '../state/view'

const views: readonly (readonly [View, string])[] = [
  ['plan', 'Plan'],
  ['pool', 'Pool'],
]

export function ViewSwitch() {
  return (
    <fieldset class="view-switch">
      <legend class="visually-hidden">View</legend>
      {views.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name="view"
            value={value}
            checked={view.value === value}
            onChange={() => {
              choose(value)
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
