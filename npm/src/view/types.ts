/**
 * A rectangle of a plan: time runs to the right, offsets upwards. Numbers, not only whole ones, as
 * zooming in goes beyond whole units. Both lengths are positive.
 */
export interface Viewport {
  readonly timeLower: number
  readonly timeUpper: number
  readonly offsetLower: number
  readonly offsetUpper: number
}

/** The size of a picture, each side from 1 to 16 384. Pixel (0, 0) is at the top left. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

/**
 * What decides the colour of a buffer: octaves of its size or lifetime, its alignment, or the
 * beginning of its id (up to the first of `/ . : _ -` or digit).
 */
export type ColorBy = 'size' | 'lifetime' | 'alignment' | 'prefix'

/** Which buffers share a colour. */
export interface ColorClasses {
  /** Steps of one quantity, for a sequential palette, or unrelated, for a categorical one. */
  readonly isSequential: boolean
  /** One for each class, at most 8, for a legend. */
  readonly labels: readonly string[]
  /** The class of each buffer. */
  readonly ofBuffer: Uint8Array
}

/** A colour as a number, 0xRRGGBB. */
export type Rgb = number

/** Colours of a picture. */
export interface Theme {
  /** Eight steps, for classes that are steps of one quantity. */
  readonly sequential: readonly Rgb[]
  /** Eight colours, for unrelated classes. */
  readonly categorical: readonly Rgb[]
  readonly background: Rgb
  readonly text: Rgb
  readonly grid: Rgb
  readonly waste: Rgb
  readonly gap: Rgb
  readonly load: Rgb
  readonly capacity: Rgb
  readonly bound: Rgb
  readonly height: Rgb
}

/** How the rectangles look. */
export interface Paint {
  /** For each buffer, the position of its colour in `palette`. */
  readonly classes: Uint8Array
  /** From 1 to 256 colours; classes beyond take the last. */
  readonly palette: readonly Rgb[]
  /** For each buffer, 1 when it steps back. None does when it is not given. */
  readonly dimmed?: Uint8Array | undefined
  readonly background: Rgb
  /** The hatching of space below the highest live end that no buffer holds, when it is shown. */
  readonly waste: Rgb
  /** The hatching of what a buffer does not hold in its gaps. */
  readonly gap: Rgb
  readonly showsWaste?: boolean | undefined
}

/** A buffer in sight: it takes the columns [left, right) and the rows [top, bottom). */
export interface VisibleBuffer {
  /** Its position in the problem. */
  readonly buffer: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Steps over time: each value holds from its time on until the next. */
export interface Profile {
  readonly time: Float64Array
  /** The sum of what is held. */
  readonly load: Float64Array
  /** The highest end of what is held; 0 without a plan. */
  readonly top: Float64Array
}

/** A profile for a row of pixels: the largest value within each column. */
export interface ProfileColumns {
  readonly load: Float64Array
  readonly top: Float64Array
}

/** Settings of a picture in a file. */
export interface RenderOptions {
  /** From 200 to 16 384; by default 1600. */
  readonly width?: number | undefined
  /** From 150 to 16 384; by default 900. */
  readonly height?: number | undefined
  /** By default `size`. */
  readonly colorBy?: ColorBy | undefined
  /** By default `light`. */
  readonly theme?: 'light' | 'dark' | undefined
  readonly title?: string | undefined
  /** The whole plan when not given. */
  readonly viewport?: Viewport | undefined
}
