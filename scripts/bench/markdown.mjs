// Tables, and the blocks of docs/benchmarks.md that hold them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { root, ScriptError } from '../lib/process.mjs'

const document = join(root, 'docs/benchmarks.md')

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/**
 * Three significant digits, and no more than six after the point.
 * @param {number} value
 */
export function digits(value) {
  if (Number.isNaN(value)) return ''
  if (!Number.isFinite(value)) return '-'
  if (value >= 100) return value.toFixed(0)
  const places = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1e-6)))))
  return value.toFixed(places)
}

/**
 * A whole number with its thousands apart.
 * @param {number | null} value
 */
export function whole(value) {
  if (value === null || !Number.isFinite(value)) return '-'
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/**
 * How far `height` is above `bound`, in percent.
 * @param {number | null} height
 * @param {number} bound
 */
export function above(height, bound) {
  if (height === null || !Number.isFinite(height)) return '-'
  const percent = (100 * (height - bound)) / bound
  return percent === 0 ? '0' : `${digits(percent)} %`
}

/**
 * Puts `text` between the marks of the block in docs/benchmarks.md.
 * @param {string} name
 * @param {string} text
 */
export async function writeBlock(name, text) {
  const before = readFileSync(document, 'utf8')
  const begin = `<!-- measured: ${name} -->`
  const end = '<!-- end -->'
  const from = before.indexOf(begin)
  const to = before.indexOf(end, from)
  if (from < 0 || to < 0) throw new ScriptError(`docs/benchmarks.md has no block ${begin}`)
  const after = `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`
  const options = await resolveConfig(document)
  writeFileSync(document, await format(after, { ...options, filepath: document }))
}
