// Going through the events: a slider, steps, and playing.
import { signal, useSignalEffect } from '@preact/signals'

import { counted, integer } from '../results/format'
import { problem } from '../state/problem'
import { describeEvent, timeOf } from './moment'
import { done, goTo, replay } from './state'

/** In milliseconds. */
const beat = 100
/** Playing takes at most so many beats, however many events there are. */
const longest = 300

const isPlaying = signal(false)

export function Player() {
  useSignalEffect(() => {
    const count = replay.value?.events.length ?? 0
    if (!isPlaying.value) return
    const step = Math.max(1, Math.ceil(count / longest))
    const timer = setInterval(() => {
      goTo(done.peek() + step)
      if (done.peek() >= count) isPlaying.value = false
    }, beat)
    return () => {
      clearInterval(timer)
    }
  })
  const of = problem.value
  const shown = replay.value
  if (of === null || shown === undefined) return null
  const count = shown.events.length
  const time = timeOf(of, shown, done.value - 1)
  return (
    <div class="panel player" role="group" aria-label="Moment">
      <input
        type="range"
        aria-label="Events that have happened"
        min={0}
        max={count}
        value={done.value}
        aria-valuetext={`${integer(done.value)} of ${counted(count, 'event')}`}
        onInput={(event) => {
          isPlaying.value = false
          goTo(event.currentTarget.valueAsNumber)
        }}
      />
      <div class="tool-bar">
        <div class="tool-group">
          <Step by={-done.value} label="Start" />
          <Step by={-1} label="Back" />
          <button
            type="button"
            class="primary"
            onClick={() => {
              if (!isPlaying.value && done.value >= count) goTo(0)
              isPlaying.value = !isPlaying.value
            }}
          >
            {isPlaying.value ? 'Pause' : 'Play'}
          </button>
          <Step by={1} label="Forward" />
        </div>
        <p class="quiet">
          Event {integer(done.value)} of {integer(count)}
          {time !== undefined && `, time ${integer(time)}`}
        </p>
      </div>
      <p class="event" aria-live={isPlaying.value ? 'off' : 'polite'}>
        {describeEvent(of, shown, done.value - 1)}
      </p>
    </div>
  )
}

function Step({ by, label }: { by: number; label: string }) {
  const last = replay.value?.events.length ?? 0
  const target = done.value + by
  return (
    <button
      type="button"
      disabled={by === 0 || target < 0 || target > last}
      onClick={() => {
        isPlaying.value = false
        goTo(target)
      }}
    >
      {label}
    </button>
  )
}
