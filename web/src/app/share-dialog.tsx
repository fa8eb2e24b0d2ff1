// A link that holds the whole problem.
import { signal } from '@preact/signals'

import { encodeLink, longestLink, type Shared } from '../problem/share'
import { complain } from '../state/notices'
import { current } from '../state/plans'
import { capacity, problem, source } from '../state/problem'
import { settings } from '../state/settings'

let dialog: HTMLDialogElement | null = null

const link = signal('')
const copied = signal(false)

export async function openShareDialog(): Promise<void> {
  const made = await makeLink()
  if (made === undefined) {
    complain(
      `This problem does not fit into a link of ${String(longestLink)} characters. ` +
        'Export it as CSV, and send the file instead.',
    )
    return
  }
  link.value = made
  copied.value = false
  if (dialog !== null && !dialog.open) dialog.showModal()
}

/** With the plan where it fits, without it where only the problem does. */
async function makeLink(): Promise<string | undefined> {
  const { name, text: csv } = source.value
  const { engine, timeoutSeconds, seed, switches, preorderingHeuristics } = settings.value
  const shared: Shared = {
    name,
    csv,
    capacity: capacity.value,
    settings: { engine, timeoutSeconds, seed, switches, preorderingHeuristics },
    offsets: undefined,
  }
  const hash =
    (await encodeLink({ ...shared, offsets: offsetsOfPlan() })) ?? (await encodeLink(shared))
  return hash === undefined ? undefined : location.href.replace(/#.*$/u, '') + hash
}

function offsetsOfPlan(): number[] | undefined {
  const entry = current.value
  const isGood = entry !== null && entry.fault === '' && entry.plan.length === problem.value?.length
  return isGood ? [...entry.plan.offsets] : undefined
}

async function copy(): Promise<void> {
  try {
    await navigator.clipboard.writeText(link.value)
    copied.value = true
  } catch {
    dialog?.querySelector('input')?.select()
  }
}

export function ShareDialog() {
  return (
    <dialog
      aria-labelledby="share-title"
      ref={(element) => {
        dialog = element
      }}
    >
      <div class="dialog-head">
        <h2 id="share-title">Share</h2>
        <button type="button" onClick={() => dialog?.close()}>
          Close
        </button>
      </div>
      <div class="field">
        <label for="share-link">Link</label>
        <div class="field-row share-row">
          <input
            id="share-link"
            type="text"
            readonly
            value={link.value}
            aria-describedby="share-help"
            onFocus={(event) => {
              event.currentTarget.select()
            }}
          />
          <button type="button" class="primary" onClick={() => void copy()}>
            {copied.value ? 'Copied' : 'Copy'}
          </button>
        </div>
        <p id="share-help" class="help">
          The problem, its capacity, the settings of the search and the plan are all in the link
          itself. Nothing is uploaded: whoever has the link has the data.
        </p>
      </div>
    </dialog>
  )
}
