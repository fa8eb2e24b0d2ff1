// Plans a CSV file, whose name holds the capacity, and writes a picture of the plan, PNG or SVG:
//
//   node examples/node/picture.mjs examples/problems/unet.187809792.csv plan.svg
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { load } from 'stowage'

const [input, output] = process.argv.slice(2)
const [model, capacity] = basename(input).split('.')

const { Problem, Solver, renderPng, renderSvg } = await load()
const problem = Problem.fromCsv(readFileSync(input), { capacity: Number(capacity) })
const plan = await new Solver({ timeoutSeconds: 60 }).solve(problem)
const render = output.endsWith('.png') ? renderPng : renderSvg
writeFileSync(output, render(plan, { title: model, colorBy: 'prefix' }))
