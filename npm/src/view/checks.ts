import * as check from '../check.js'
import type { ColorBy, PixelSize, Viewport } from './types.js'

const criteria: readonly ColorBy[] = ['size', 'lifetime', 'alignment', 'prefix']

/** The most pixels along one side of a picture. */
export const maxPixels = 16_384

/** A copy of `value` if it is a viewport. */
export function viewportFrom(name: string, value: unknown): Viewport {
  const given = check.record(name, value, ['timeLower', 'timeUpper', 'offsetLower', 'offsetUpper'])
  const number = (key: keyof Viewport): number => finite(`${name}.${key}`, given[key])
  const viewport = {
    timeLower: number('timeLower'),
    timeUpper: number('timeUpper'),
    offsetLower: number('offsetLower'),
    offsetUpper: number('offsetUpper'),
  }
  refuseEmpty(name, 'time', viewport.timeLower, viewport.timeUpper)
  refuseEmpty(name, 'offset', viewport.offsetLower, viewport.offsetUpper)
  return viewport
}

export function sizeFrom(name: string, value: unknown, least = 1): PixelSize {
  const { width, height } = check.record(name, value, ['width', 'height'])
  return {
    width: check.integer(`${name}.width`, width, least, maxPixels),
    height: check.integer(`${name}.height`, height, least, maxPixels),
  }
}

export function colorByFrom(value: unknown): ColorBy {
  const criterion = criteria.find((each) => each === value)
  if (criterion === undefined) {
    throw check.invalid('colorBy', value, `one of ${criteria.join(', ')}`)
  }
  return criterion
}

export function finite(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw check.invalid(name, value, 'a finite number')
}

/** A colour 0xRRGGBB. */
export function rgbFrom(name: string, value: unknown): number {
  return check.integer(name, value, 0, 0xffffff)
}

function refuseEmpty(name: string, axis: string, lower: number, upper: number): void {
  if (lower < upper) return
  throw check.invalid(`${name}.${axis}Upper`, upper, `above ${axis}Lower, ${String(lower)}`)
}
