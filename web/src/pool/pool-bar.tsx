// The pool as a bar from its lowest byte to its highest: blocks, and the holes between them.
import { signal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import { bytes, counted } from '../results/format'
import { settings } from '../state/settings'
import type { LiveBlock } from './moment'
import { moment, total } from './state'

/** How far blocks are on their way down: from 0 to 1; null when they do not move. */
export const movement = signal<number | null>(null)

const width = signal(0)

export function PoolBar() {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      width.value = element.clientWidth
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [])
  useSignalEffect(() => {
    // Also when the colours change.
    const { theme } = settings.value
    if (canvas.current !== null) draw(canvas.current, width.value, theme)
  })
  const now = moment.value
  const label =
    now === undefined
      ? 'The pool'
      : `The pool of ${bytes(total.value)}: ${counted(now.blocks.length, 'block')}, ${counted(now.holes.length, 'hole')}`
  return (
    <figure class="pool-bar">
      <figcaption class="quiet">
        The pool now, from offset 0 to {bytes(total.value)}: blocks, and holes between them
      </figcaption>
      <canvas ref={canvas} height={28} role="img" aria-label={label} />
    </figure>
  )
}

function draw(canvas: HTMLCanvasElement, size: number, theme: string): void {
  canvas.dataset.theme = theme
  const now = moment.value
  const progress = movement.value
  const ratio = devicePixelRatio
  canvas.width = Math.max(1, Math.round(size * ratio))
  canvas.height = Math.round(28 * ratio)
  const context = canvas.getContext('2d')
  if (context === null || now === undefined || total.value === 0) return
  const style = getComputedStyle(canvas)
  const scale = canvas.width / total.value
  context.fillStyle = style.getPropertyValue('--raised')
  context.fillRect(0, 0, canvas.width, canvas.height)
  const targets =
    progress === null ? undefined : new Map(now.moves.map(({ from, to }) => [from, to]))
  const [even, odd] = [style.getPropertyValue('--accent'), style.getPropertyValue('--edge')]
  for (const [index, block] of now.blocks.entries()) {
    const offset = offsetOf(block, targets, progress ?? 0)
    // At least as wide as can be seen; neighbours are told apart by their colours.
    context.fillStyle = index % 2 === 0 ? even : odd
    context.fillRect(offset * scale, 0, Math.max(block.size * scale, 1), canvas.height)
  }
}

function offsetOf(
  { offset }: LiveBlock,
  targets: ReadonlyMap<number, number> | undefined,
  progress: number,
): number {
  const target = targets?.get(offset) ?? offset
  return offset + (target - offset) * progress
}
