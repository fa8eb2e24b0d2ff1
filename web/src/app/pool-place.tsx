// Where the pool view is. It is loaded when it is first asked for, as few visitors want it.
import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

const loaded = signal<ComponentType | null>(null)
const failure = signal('')

async function load(): Promise<void> {
  failure.value = ''
  try {
    const { PoolView, startPools } = await import('../pool')
    await startPools()
    loaded.value = PoolView
  } catch {
    failure.value = 'The pools could not be loaded. Check the connection, then try again.'
  }
}

export function PoolPlace() {
  useEffect(() => {
    if (loaded.peek() === null) void load()
  }, [])
  const PoolView = loaded.value
  if (PoolView !== null) return <PoolView />
  return (
    <div class="panel">
      <p role="status">{failure.value === '' ? 'Loading the pools …' : failure.value}</p>
      {failure.value !== '' && (
        <button type="button" onClick={() => void load()}>
          Try again
        </button>
      )}
    </div>
  )
}
