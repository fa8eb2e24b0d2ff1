// All buffers with their offsets: what the picture shows, for those who cannot see it or want numbers.
import { useSignal, useSignalEffect } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

import { problem } from '../state/problem'
import { search, selection } from '../state/selection'
import { BufferRow } from './buffer-row'
import { integer } from './format'
import { SortIcon } from './icons'
import { pictureCommands } from './picture-commands'
import { type ColumnName, columnNames } from './row-order'
import { RowScale, rowHeight } from './row-window'
import { found } from './search'
import { activeBuffer, rows, sortBy, sorting } from './table-state'

const headings: Readonly<Record<ColumnName, string>> = {
  id: 'Id',
  lower: 'Lower',
  upper: 'Upper',
  size: 'Size',
  alignment: 'Alignment',
  offset: 'Offset',
  end: 'End',
  gaps: 'Gaps',
}

export function BufferTable() {
  const grid = useRef<HTMLDivElement>(null)
  const height = useSignal(0)
  const scrollTop = useSignal(0)
  const idPrefix = useId()
  useHeight(grid, (pixels) => (height.value = pixels))

  const scale = new RowScale(rows.value.length, Math.max(0, height.value - rowHeight))
  const { first, end, shift } = scale.window(scrollTop.value)
  const shown = Array.from(rows.value.subarray(first, end))
  const active = activeBuffer.value
  const rowId = (buffer: number): string => `${idPrefix}-${String(buffer)}`

  const reveal = (row: number): void => {
    const target = new RowScale(rows.peek().length, Math.max(0, height.peek() - rowHeight))
    grid.current?.scrollTo({ top: target.reveal(row, grid.current.scrollTop) })
  }
  useSignalEffect(() => {
    // What the picture or a list has selected comes into sight.
    const [selected] = selection.value
    if (selected === undefined || height.value === 0) return
    activeBuffer.value = selected
    const row = rows.peek().indexOf(selected)
    if (row >= 0) reveal(row)
  })

  return (
    <section class="panel buffer-table" aria-label="Buffers">
      <TableHead />
      <div
        ref={grid}
        class="grid"
        role="grid"
        tabIndex={0}
        aria-label="Buffers and their offsets"
        aria-rowcount={rows.value.length + 1}
        aria-colcount={columnNames.length}
        aria-multiselectable
        aria-activedescendant={
          active !== null && shown.includes(active) ? rowId(active) : undefined
        }
        onScroll={({ currentTarget }) => {
          scrollTop.value = currentTarget.scrollTop
        }}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && actOn(event, scale.page)) {
            event.preventDefault()
            // The grid scrolls to the row by itself; the page may have to be scrolled as well.
            event.currentTarget.scrollIntoView({ block: 'nearest' })
          }
        }}
      >
        <HeaderRow />
        <div class="grid-space" role="rowgroup" style={{ height: `${String(scale.length)}px` }}>
          <div class="grid-window" role="none" style={{ height: `${String(scale.height)}px` }}>
            {shown.map((buffer, i) => (
              <BufferRow
                key={buffer}
                buffer={buffer}
                id={rowId(buffer)}
                row={first + i}
                top={i * rowHeight - shift}
                isActive={buffer === active}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  )
}

function TableHead() {
  const count = problem.value?.length ?? 0
  const isFiltered = found.value.state === 'some'
  return (
    <div class="table-head">
      <h2>Buffers</h2>
      <p class="quiet" role="status">
        {isFiltered
          ? `${integer(rows.value.length)} of ${integer(count)} match ${search.value}`
          : integer(count)}
      </p>
    </div>
  )
}

function HeaderRow() {
  return (
    <div class="grid-head" role="rowgroup">
      <div class="grid-row" role="row" aria-rowindex={1}>
        {columnNames.map((name, i) => {
          const direction = sorting.value?.by === name ? sorting.value.direction : 'none'
          return (
            <div
              key={name}
              class={`grid-cell column-${name}`}
              role="columnheader"
              aria-colindex={i + 1}
              aria-sort={direction}
            >
              <button
                type="button"
                class="sort-button"
                onClick={() => {
                  sortBy(name)
                }}
              >
                {headings[name]}
                <SortIcon direction={direction} />
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Does what a key means; false if it means nothing here. */
function actOn(event: KeyboardEvent, page: number): boolean {
  const now = activeBuffer.value === null ? -1 : rows.value.indexOf(activeBuffer.value)
  const last = rows.value.length - 1
  const goTo = (row: number): boolean => {
    const buffer = rows.value[Math.min(Math.max(row, 0), last)]
    if (buffer !== undefined) selection.value = [buffer]
    return true
  }
  switch (event.key) {
    case 'ArrowDown':
      return goTo(now + 1)
    case 'ArrowUp':
      return goTo(now - 1)
    case 'PageDown':
      return goTo(now + page)
    case 'PageUp':
      return goTo(now - page)
    case 'Home':
      return goTo(0)
    case 'End':
      return goTo(last)
    case 'Enter':
      if (activeBuffer.value !== null) pictureCommands.value?.reveal(activeBuffer.value)
      return true
    case 'Escape':
      selection.value = []
      return true
    default:
      return false
  }
}

/** Reports the height of an element, now and when it changes. */
function useHeight(
  element: { readonly current: HTMLElement | null },
  report: (pixels: number) => void,
): void {
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return undefined
    const observer = new ResizeObserver(() => {
      report(current.clientHeight)
    })
    report(current.clientHeight)
    observer.observe(current)
    return () => {
      observer.disconnect()
    }
  }, [element])
}
