// One row of the table.
import { current } from '../state/plans'
import { problem } from '../state/problem'
import { hovered, selection } from '../state/selection'
import { at, columnsOf, gapText } from './columns'
import { integer } from './format'
import { pictureCommands } from './picture-commands'
import { type ColumnName, columnNames } from './row-order'
import { activeBuffer } from './table-state'

interface BufferRowProps {
  readonly buffer: number
  readonly id: string
  /** Its place in the table. */
  readonly row: number
  /** In pixels from the upper edge of what is in sight. */
  readonly top: number
  readonly isActive: boolean
}

export function BufferRow({ buffer, id, row, top, isActive }: BufferRowProps) {
  const isSelected = selection.value.includes(buffer)
  const states = { selected: isSelected, active: isActive, hovered: hovered.value === buffer }
  return (
    <div
      class={`grid-row body-row ${namesOf(states)}`}
      role="row"
      id={id}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={(event) => {
        activeBuffer.value = buffer
        select(buffer, event.ctrlKey || event.metaKey)
      }}
      onDblClick={() => pictureCommands.value?.reveal(buffer)}
    >
      {columnNames.map((name, i) => (
        <div
          key={name}
          class={`grid-cell column-${name}`}
          role="gridcell"
          aria-colindex={i + 1}
          title={name === 'id' || name === 'gaps' ? textOf(name, buffer) : undefined}
        >
          {textOf(name, buffer)}
        </div>
      ))}
    </div>
  )
}

/** The names of the states that are on, with blanks between them. */
function namesOf(states: Readonly<Record<string, boolean>>): string {
  return Object.keys(states)
    .filter((name) => states[name])
    .join(' ')
}

/** Selects one buffer, or adds it to the selection or takes it out. */
function select(buffer: number, isToggled: boolean): void {
  const others = selection.value.filter((each) => each !== buffer)
  if (!isToggled) selection.value = [buffer]
  else selection.value = others.length < selection.value.length ? others : [...others, buffer]
}

function textOf(column: ColumnName, buffer: number): string {
  if (problem.value === null) return ''
  const columns = columnsOf(problem.value)
  switch (column) {
    case 'id':
      return columns.id[buffer] ?? ''
    case 'gaps':
      return gapText(columns, buffer)
    case 'offset':
    case 'end': {
      const offset = current.value?.plan.at(buffer)
      if (offset === undefined) return ''
      return integer(column === 'offset' ? offset : offset + at(columns.size, buffer))
    }
    default:
      return integer(at(columns[column], buffer))
  }
}
