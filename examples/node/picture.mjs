// Plans a CSV file, whose name holds the capacity, and writes a picture of the plan:
//
//   node examples/node/picture.mjs examples/problems/unet.200605696.csv docs/plan.svg
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { load } from 'stowage'

import { planToSvg } from './svg.mjs'

const [input, output] = process.argv.slice(2)
const [model, capacityText] = basename(input).split('.')
const capacity = Number(capacityText)

const { Problem, Solver } = await load()
const problem = Problem.fromCsv(readFileSync(input, 'utf8'), { capacity })
const plan = await new Solver({ timeoutSeconds: 60 }).solve(problem)
const title = `${model}: ${problem.buffers.length} buffers in ${capacity} bytes`
writeFileSync(output, planToSvg(title, problem.buffers, plan.offsets, capacity))
