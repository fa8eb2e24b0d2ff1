// What the keys do.
let dialog: HTMLDialogElement | null = null

export function openKeyboardSheet(): void {
  if (dialog !== null && !dialog.open) dialog.showModal()
}

interface Group {
  readonly title: string
  readonly keys: readonly (readonly [readonly string[], string])[]
}

const groups: readonly Group[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'Enter'], 'Solve: a plan within the capacity'],
      [['Ctrl', 'Shift', 'Enter'], 'Minimise: the least height'],
      [['Esc'], 'Stop the search; the best plan so far stays'],
      [['Ctrl', 'V'], 'Paste a CSV text as a new problem, outside of a field'],
      [['?'], 'This sheet'],
    ],
  },
  {
    title: 'In the picture',
    keys: [
      [['←', '→', '↑', '↓'], 'To the nearest buffer on that side'],
      [['Home', 'End'], 'To the buffer that starts first, or last'],
      [['Enter'], 'Pin the buffer; with Shift, in addition to others'],
      [['+', '−'], 'Zoom in and out'],
      [['W', 'S'], 'Zoom in and out in time; with Shift, in offset'],
      [['A', 'D'], 'Move left and right; with Shift and an arrow, anywhere'],
      [['F'], 'Show the whole plan'],
      [['Esc'], 'Let go of the pinned buffers'],
    ],
  },
  {
    title: 'In the table',
    keys: [
      [['↑', '↓'], 'To the next buffer'],
      [['Page ↑', 'Page ↓'], 'A page up or down'],
      [['Home', 'End'], 'To the first, or the last'],
      [['Enter'], 'Bring the buffer into sight in the picture'],
      [['Esc'], 'Let go of the selected buffers'],
    ],
  },
  {
    title: 'In the text',
    keys: [
      [['Ctrl', 'Z'], 'Undo, also of a problem that was loaded over it'],
      [['Ctrl', 'Shift', 'Z'], 'Redo'],
    ],
  },
]

export function KeyboardSheet() {
  return (
    <dialog
      aria-labelledby="keyboard-title"
      ref={(element) => {
        dialog = element
      }}
    >
      <div class="dialog-head">
        <h2 id="keyboard-title">Keys</h2>
        <button type="button" onClick={() => dialog?.close()}>
          Close
        </button>
      </div>
      {groups.map(({ title, keys }) => (
        <section key={title} class="key-group">
          <h3>{title}</h3>
          <dl>
            {keys.map(([combination, what]) => (
              <div key={what}>
                <dt>
                  {combination.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p class="help">On a Mac, Command works in place of Ctrl.</p>
    </dialog>
  )
}
