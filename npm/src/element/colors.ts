// The colours of a picture on a page: those of the theme, each replaced where a custom property says so.
import type { Rgb, Theme } from '../view/types.js'
import { themeOf } from '../view/theme.js'

export type ThemeName = 'light' | 'dark'

export interface Colors extends Theme {
  /** In the order of `differences`. */
  readonly difference: readonly Rgb[]
  /** A CSS font-family. */
  readonly font: string
}

const single = [
  'background',
  'text',
  'grid',
  'waste',
  'gap',
  'load',
  'capacity',
  'bound',
  'height',
] as const
const differenceNames = ['same', 'up', 'down', 'only'] as const
const paletteNames = Array.from({ length: 8 }, (_, i) => `palette-${String(i + 1)}`)

/** All custom properties that are read. */
export const customProperties = [...single, ...differenceNames, ...paletteNames, 'font'].map(
  propertyOf,
)

// Grey for what stays, and three that the common kinds of colour blindness tell apart.
const differenceColors = {
  light: [0xb9bec7, 0xd55e00, 0x0072b2, 0xcc79a7],
  dark: [0x59606c, 0xf0883e, 0x56b4e9, 0xcc79a7],
} as const

function propertyOf(name: string): string {
  return `--stowage-plan-${name}`
}

/** The colours at `probe`, an element of no other use whose colour is set to find them. */
export function colorsAt(probe: HTMLElement, theme: ThemeName): Colors {
  const style = getComputedStyle(probe)
  const read = (name: string, otherwise: Rgb): Rgb =>
    rgbOf(probe, style.getPropertyValue(propertyOf(name)).trim()) ?? otherwise
  const defaults = themeOf(theme)
  const palette = (colors: readonly Rgb[]): readonly Rgb[] =>
    colors.map((color, i) => read(paletteNames[i] ?? '', color))
  const ownColors = Object.fromEntries(single.map((name) => [name, read(name, defaults[name])]))
  return {
    ...(ownColors as Record<(typeof single)[number], Rgb>),
    sequential: palette(defaults.sequential),
    categorical: palette(defaults.categorical),
    difference: differenceNames.map((name, i) => read(name, differenceColors[theme][i] ?? 0)),
    font: style.getPropertyValue(propertyOf('font')).trim() || style.fontFamily,
  }
}

/** A CSS colour of any kind as a number; undefined when there is none. */
function rgbOf(probe: HTMLElement, value: string): Rgb | undefined {
  if (value === '' || !CSS.supports('color', value)) return undefined
  probe.style.color = value
  const computed = getComputedStyle(probe).color
  probe.style.removeProperty('color')
  const numbers = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(computed)?.slice(1).map(Number)
  const [red = 0, green = 0, blue = 0] = numbers ?? paintedPixel(computed)
  return (red << 16) | (green << 8) | blue
}

/** What painting with a colour gives, for those that are not plain red, green and blue. */
function paintedPixel(color: string): ArrayLike<number> & Iterable<number> {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const context = canvas.getContext('2d')
  if (context === null) return [0, 0, 0]
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  return context.getImageData(0, 0, 1, 1).data
}

export function cssOf(color: Rgb, alpha = 1): string {
  const red = color >> 16
  const green = (color >> 8) & 255
  const blue = color & 255
  return `rgb(${String(red)} ${String(green)} ${String(blue)} / ${String(alpha)})`
}

/** Black or white, whichever is read more easily on `color` (WCAG 2's contrast). */
export function textOn(color: Rgb): 'black' | 'white' {
  const channel = (shift: number): number => {
    const value = ((color >> shift) & 255) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  return luminance > 0.179 ? 'black' : 'white'
}

/** `count` of eight steps, spread over all of them; the first ones of unrelated colours. */
export function chosen(palette: readonly Rgb[], count: number, isSequential: boolean): Rgb[] {
  return Array.from({ length: count }, (_, i) => {
    const step = isSequential && count > 1 ? Math.round((i * 7) / (count - 1)) : i
    return palette[Math.min(step, palette.length - 1)] ?? 0
  })
}
