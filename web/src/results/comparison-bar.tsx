// A plan kept aside, and how it differs from the one that is shown.
import { batch, signal } from '@preact/signals'

import { FileError, readFile } from '../problem/files'
import { comparison, current, type PlanEntry, reference } from '../state/plans'
import { problem } from '../state/problem'
import { stowage } from '../state/stowage'
import { ComparisonTable } from './comparison-table'
import { planFromUpload, UploadError } from './uploaded-plan'

/** Why the last file was not taken; empty when it was. */
const uploadFault = signal('')

export function ComparisonBar() {
  if (problem.value === null || stowage.value === null) return null
  return (
    <section class="panel comparison-bar" aria-label="Compare plans">
      <div class="comparison-actions">
        <h2>Compare</h2>
        <button type="button" disabled={current.value === null} onClick={keep}>
          Keep this plan to compare
        </button>
        <UploadButton />
        {reference.value !== null && (
          <>
            <button type="button" disabled={current.value === null} onClick={swap}>
              Swap
            </button>
            <button type="button" onClick={clear}>
              Stop comparing
            </button>
          </>
        )}
      </div>
      <p class="fault" role="alert">
        {uploadFault.value}
      </p>
      {reference.value === null ? (
        <p class="quiet">
          Keep the plan, then solve again with another engine or capacity; or open a plan from a
          file.
        </p>
      ) : (
        <ComparisonTable />
      )}
    </section>
  )
}

function UploadButton() {
  return (
    <label class="button file-button">
      Open a plan to compare …
      <input
        type="file"
        class="visually-hidden"
        accept=".csv,text/csv"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) void upload(file)
          // So that the same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </label>
  )
}

function keep(): void {
  compareWith(current.value)
}

function compareWith(entry: PlanEntry | null): void {
  batch(() => {
    reference.value = entry
    uploadFault.value = ''
    if (comparison.value === 'off') comparison.value = 'side-by-side'
  })
}

function swap(): void {
  batch(() => {
    const shown = current.value
    current.value = reference.value
    reference.value = shown
  })
}

function clear(): void {
  batch(() => {
    reference.value = null
    comparison.value = 'off'
  })
}

async function upload(file: File): Promise<void> {
  try {
    const text = await readFile(file)
    if (problem.value !== null) compareWith(planFromUpload(problem.value, file.name, text))
  } catch (error) {
    if (!(error instanceof FileError || error instanceof UploadError)) throw error
    uploadFault.value = error.message
  }
}
