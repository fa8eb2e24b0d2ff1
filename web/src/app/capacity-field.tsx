// The capacity as a number and as a slider, with the max load marked: below it nothing can fit.
import { useSignal, useSignalEffect } from '@preact/signals'

import { limitTo } from '../problem/load'
import { capacityError, maxLoad, overload } from '../problem/read'
import { bytes, integer } from '../results/format'
import { capacity } from '../state/problem'
import { amountFrom } from './amount'

export function CapacityField() {
  const typed = useSignal('')
  const fault = useSignal('')
  useSignalEffect(() => {
    typed.value = capacity.value === null ? '' : String(capacity.value)
    fault.value = ''
  })
  const take = (text: string): void => {
    typed.value = text
    const amount = amountFrom(text)
    const isNone = text.trim() === ''
    fault.value =
      amount === undefined && !isNone ? 'This is no amount: write it as 4096 or as 4 KiB.' : ''
    if (fault.value === '') limitTo(amount ?? null)
  }
  const wrong = fault.value === '' ? capacityError.value : fault.value
  return (
    <div class="field">
      <label for="capacity">Capacity</label>
      <div class="capacity-row">
        <input
          id="capacity"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          placeholder="no limit"
          value={typed.value}
          aria-invalid={wrong !== ''}
          aria-describedby="capacity-help capacity-note"
          onChange={(event) => {
            take(event.currentTarget.value)
          }}
        />
        <output class="quiet capacity-size" for="capacity">
          {capacity.value === null ? '' : bytes(capacity.value)}
        </output>
      </div>
      <Slider />
      <p id="capacity-note" class={wrong === '' ? 'note' : 'note wrong'}>
        {wrong === '' ? <Load /> : wrong}
      </p>
      <p id="capacity-help" class="help">
        How much memory there is, in bytes or with KiB, MiB, GiB. Empty: no limit.
      </p>
    </div>
  )
}

/** How far the slider goes to either side of the max load, in steps. */
const reach = 100

function Slider() {
  const load = maxLoad.value ?? 0
  const step = Math.max(1, Math.round(load / (2 * reach)))
  const below = Math.min(reach, Math.floor(load / step))
  const least = load - below * step
  const most = load + below * step
  const shown = Math.min(most, Math.max(least, capacity.value ?? most))
  return (
    <div class="slider">
      <input
        type="range"
        aria-label="Capacity, around the max load"
        list="capacity-marks"
        min={least}
        max={most}
        step={step}
        disabled={load === 0}
        value={shown}
        aria-valuetext={integer(shown)}
        onInput={(event) => {
          limitTo(event.currentTarget.valueAsNumber)
        }}
      />
      <datalist id="capacity-marks">
        <option value={load} label="max load" />
      </datalist>
      <span class="slider-mark" aria-hidden="true">
        max load
      </span>
    </div>
  )
}

/** Why nothing can fit, where that is so from the sizes alone. */
function Load() {
  const reason = overload.value
  if (maxLoad.value === undefined) return <>The max load is not known yet.</>
  const load = integer(maxLoad.value)
  if (reason === undefined) return <>Max load {load}: no plan is lower.</>
  return (
    <span class="wrong">
      Nothing can fit: at time {integer(reason.time)}, {integer(reason.buffers.length)} buffers need{' '}
      {integer(reason.load)} together.
    </span>
  )
}
