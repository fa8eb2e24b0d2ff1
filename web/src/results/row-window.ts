// Which rows of a long table are in sight. Browsers do not scroll elements of any height, so from some
// length on the scroll bar runs over less than the rows would take, in proportion.

export const rowHeight = 28

/** Well below what any browser can lay out, also when a person has zoomed in. */
const longestScroll = 4_000_000

export interface RowWindow {
  /** The first row in sight, perhaps in part. */
  readonly first: number
  /** After the last. */
  readonly end: number
  /** How far the first row is above the upper edge, in pixels. */
  readonly shift: number
}

/** The rows that a table with `rowCount` rows shows in `height` pixels. */
export class RowScale {
  /** What is scrolled over, in pixels. */
  readonly length: number
  readonly #total: number

  constructor(
    readonly rowCount: number,
    readonly height: number,
  ) {
    this.#total = rowCount * rowHeight
    this.length = Math.min(this.#total, longestScroll)
  }

  window(scrollTop: number): RowWindow {
    const position = Math.min(scrollTop * this.#factor, Math.max(0, this.#total - this.height))
    const first = Math.floor(position / rowHeight)
    const end = Math.min(this.rowCount, Math.ceil((position + this.height) / rowHeight))
    return { first, end, shift: position - first * rowHeight }
  }

  /** Where to scroll to have a row in sight: as little as possible from `scrollTop`. */
  reveal(row: number, scrollTop: number): number {
    const position = scrollTop * this.#factor
    const least = (row + 1) * rowHeight - this.height
    const most = row * rowHeight
    return Math.min(Math.max(position, least), most) / this.#factor
  }

  /** How many whole rows fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.height / rowHeight))
  }

  /** Pixels of rows for each pixel of scrolling. */
  get #factor(): number {
    if (this.#total <= this.length) return 1
    return (this.#total - this.height) / (this.length - this.height)
  }
}
