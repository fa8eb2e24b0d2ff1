// Writes the example problems beside this file, one CSV file a model:
//
//   node examples/problems/generate.mjs            write them
//   node examples/problems/generate.mjs --check    compare with what is there; exit 1 if different
//
// The lifespans come from the order in which a model's layers run (graph.mjs), the sizes from the
// shapes in the papers that the files in models/ cite. The same input always gives the same bytes.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { bertBase } from './models/bert-base.mjs'
import { gpt2Decode } from './models/gpt2-decode.mjs'
import { mobilenetV2 } from './models/mobilenet-v2.mjs'
import { resnet20Training } from './models/resnet20-training.mjs'
import { resnet50 } from './models/resnet50.mjs'
import { squeezenet } from './models/squeezenet.mjs'
import { unet } from './models/unet.mjs'
import { yolov3Neck } from './models/yolov3-neck.mjs'

// The capacities are the least heights: `stowage solve FILE --minimize` proves them.
const PROBLEMS = [
  { name: 'bert-base', capacity: 8_258_304, model: bertBase },
  { name: 'gpt2-decode', capacity: 9_828_672, model: gpt2Decode },
  { name: 'mobilenet-v2', capacity: 1_656_816, model: mobilenetV2 },
  { name: 'resnet20-training', capacity: 49_678_852, model: resnet20Training },
  { name: 'resnet50', capacity: 6_021_120, model: resnet50 },
  { name: 'squeezenet', capacity: 3_144_531, model: squeezenet },
  { name: 'unet', capacity: 187_809_792, model: unet },
  { name: 'yolov3-neck', capacity: 5_015_260, model: yolov3Neck },
]

/** All problems: the file name, with the capacity in it, and the text. */
export function generate() {
  return PROBLEMS.map(({ name, capacity, model }) => ({
    file: `${name}.${capacity}.csv`,
    capacity,
    text: toCsv(model()),
  }))
}

function toCsv(buffers) {
  const columns = ['id', 'lower', 'upper', 'size']
  if (buffers.some((buffer) => buffer.alignment !== 1)) columns.push('alignment')
  if (buffers.some((buffer) => buffer.hint !== undefined)) columns.push('hint')
  if (buffers.some((buffer) => buffer.gaps.length > 0)) columns.push('gaps')
  if (buffers.some((buffer) => buffer.offset !== undefined)) columns.push('offset')
  const cell = (buffer, column) =>
    column === 'gaps' ? buffer.gaps.map(gapText).join(' ') : (buffer[column] ?? '')
  const lines = buffers.map((buffer) => columns.map((column) => cell(buffer, column)).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

function gapText({ lower, upper, window }) {
  const text = `${lower}-${upper}`
  return window === undefined ? text : `${text}@${window.lower}:${window.upper}`
}

function main(check) {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const present = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  const problems = generate()
  const expected = new Set(problems.map(({ file }) => file))
  const different = present.filter((name) => !expected.has(name))
  for (const { file, text } of problems) {
    if (!check) writeFileSync(join(folder, file), text)
    else if (!present.includes(file) || readFileSync(join(folder, file), 'utf8') !== text) {
      different.push(file)
    }
  }
  if (different.length === 0) return
  console.error(`not what the generator writes: ${different.join(', ')}`)
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes('--check'))
