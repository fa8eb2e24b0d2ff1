import * as check from '../check.js'
import { core, stowageError } from '../core/core.js'
import type { CoreRenderOptions } from '../core/module.js'
import { StowageError } from '../errors.js'
import { Plan } from '../planner/plan.js'
import { colorByFrom, maxPixels, viewportFrom } from './checks.js'
import type { RenderOptions } from './types.js'

/**
 * A picture of a plan as a PNG file: rectangles, labels, axes, the load curve and a legend; byte for
 * byte what `stowage render` writes. Throws `invalid-argument`. O(n log n + pixels).
 */
export function renderPng(plan: Plan, options: RenderOptions = {}): Uint8Array {
  return render(plan, 'png', options)
}

/**
 * The same as an SVG document, for print. Of more than 100 000 buffers it has the largest.
 */
export function renderSvg(plan: Plan, options: RenderOptions = {}): string {
  return new TextDecoder().decode(render(plan, 'svg', options))
}

function render(plan: unknown, format: 'png' | 'svg', options: unknown): Uint8Array {
  if (!(plan instanceof Plan)) throw check.invalid('plan', plan, 'a Plan')
  const { columns } = plan.problem
  const complete = completeOptions(options)
  const { bytes, error } = core().call((module) =>
    module.render(columns, plan.offsets, format, complete),
  )
  if (error !== undefined) throw stowageError(error)
  if (bytes === undefined) throw new StowageError('aborted', 'the picture was not written')
  return bytes
}

function completeOptions(options: unknown): CoreRenderOptions {
  const known = ['width', 'height', 'colorBy', 'theme', 'title', 'viewport'] as const
  const given = check.record('options', options, known)
  const { theme = 'light', viewport } = given
  if (theme !== 'light' && theme !== 'dark') throw check.invalid('theme', theme, 'light or dark')
  return {
    width: check.integer('width', given.width ?? 1600, 200, maxPixels),
    height: check.integer('height', given.height ?? 900, 150, maxPixels),
    colorBy: colorByFrom(given.colorBy ?? 'size'),
    isDark: theme === 'dark',
    title: check.text('title', given.title ?? ''),
    viewport: viewport === undefined ? null : viewportFrom('viewport', viewport),
  }
}
