// What is asked: the capacity, and what is to be found.
import { minimize, solve, stop } from '../solve/search'
import { problem } from '../state/problem'
import { run } from '../state/run'
import { Advanced } from './advanced'
import { CapacityField } from './capacity-field'

export function SolvePanel() {
  const isBusy = 'progress' in run.value
  const isEmpty = problem.value === null
  return (
    <section class="panel" aria-labelledby="solve-title">
      <h2 id="solve-title">Search</h2>
      <CapacityField />
      <div class="solve-buttons">
        <button
          type="button"
          class="primary"
          disabled={isEmpty || isBusy}
          aria-keyshortcuts="Control+Enter"
          title="A plan within the capacity (Ctrl+Enter)"
          onClick={() => void solve()}
        >
          Solve
        </button>
        <button
          type="button"
          disabled={isEmpty || isBusy}
          aria-keyshortcuts="Control+Shift+Enter"
          title="The least height there is (Ctrl+Shift+Enter)"
          onClick={() => void minimize()}
        >
          Minimise
        </button>
        <button
          type="button"
          disabled={!isBusy}
          aria-keyshortcuts="Escape"
          title="Keeps the best plan so far (Escape)"
          onClick={() => void stop()}
        >
          Stop
        </button>
      </div>
      <p class="help">
        Solve finds a plan within the capacity. Minimise finds the least capacity that will do.
      </p>
      <Advanced />
    </section>
  )
}
