import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'stowage'
import { describe, expect, it } from 'vitest'

import { capacityIn, problemFiles, problemsFolder, run } from './paths.js'

const minutes = 60_000
const { Problem, Solver, validateSolution } = await load()

function read(file: string): InstanceType<typeof Problem> {
  const csv = readFileSync(join(problemsFolder, file))
  return Problem.fromCsv(csv, { capacity: capacityIn(file) })
}

// Where the least height is above the max load: buffers that cannot do with less by themselves. See
// examples/problems/README.md for the reasons.
const crowds: Record<string, readonly string[]> = {
  'mobilenet-v2': ['scores', 'block2.expand', 'block2.depthwise'],
  unet: ['down1.conv_a', 'down1.conv_b', 'up1.upconv', 'up1.concat'],
  'yolov3-neck': [
    'backbone.stride8',
    'large.boxes',
    'medium.boxes',
    'small.upsample',
    'small.concat',
  ],
}

describe('the example problems', () => {
  it('are what the generator writes', async () => {
    await run('node', ['examples/problems/generate.mjs', '--check'])
  })

  it('are eight', () => {
    expect(problemFiles).toHaveLength(8)
  })

  it.each(problemFiles)('%s is in the table, with the number of its buffers', (file) => {
    const table = readFileSync(join(problemsFolder, 'README.md'), 'utf8')
    const name = file.split('.')[0] ?? ''
    const row = table.split('\n').find((line) => line.startsWith(`| \`${name}\` `))
    expect(row?.split('|')[3]?.trim()).toBe(String(read(file).length))
  })

  it('use every feature of the model', () => {
    const buffers = problemFiles.flatMap((file) => read(file).buffers)
    expect(buffers.some((buffer) => buffer.alignment > 1)).toBe(true)
    expect(buffers.some((buffer) => buffer.offset !== null)).toBe(true)
    expect(buffers.some((buffer) => buffer.hint !== null)).toBe(true)
    const gaps = buffers.flatMap((buffer) => buffer.gaps)
    expect(gaps.some((gap) => gap.window === undefined)).toBe(true)
    expect(gaps.some((gap) => gap.window !== undefined)).toBe(true)
  })

  it.each(problemFiles)(
    '%s is solved at the capacity in its name',
    { timeout: 2 * minutes },
    async (file) => {
      const problem = read(file)
      const plan = await new Solver().solve(problem)
      expect(plan.height).toBeLessThanOrEqual(problem.capacity)
      expect(validateSolution(problem, plan)).toBe('good')
    },
  )

  it.each(problemFiles)('%s cannot do with less', { timeout: 2 * minutes }, async (file) => {
    const problem = read(file)
    const ids = crowds[file.split('.')[0] ?? '']
    if (ids === undefined) {
      expect(problem.stats().maxLoad).toBe(problem.capacity)
      return
    }
    const crowd = problem.buffers.filter((buffer) => ids.includes(buffer.id))
    const solver = new Solver({ minimizeCapacity: true })
    const plan = await solver.solve(new Problem(crowd, { capacity: Infinity }))
    expect(plan.optimal).toBe(true)
    expect(plan.height).toBe(problem.capacity)
  })
})

describe('the five-buffer example', () => {
  it('is planned in 12', async () => {
    const csv = readFileSync(join(problemsFolder, '../input.12.csv'))
    const problem = Problem.fromCsv(csv, { capacity: 12 })
    const plan = await new Solver().solve(problem)
    expect(plan.height).toBe(12)
    expect(validateSolution(problem, plan)).toBe('good')
    // The offsets that MiniMalloc's documentation shows.
    expect(validateSolution(problem, [8, 8, 4, 4, 0])).toBe('good')
  })

  it('does not fit in 11', async () => {
    const csv = readFileSync(join(problemsFolder, '../input.12.csv'))
    const problem = Problem.fromCsv(csv, { capacity: 11 })
    await expect(new Solver().solve(problem)).rejects.toMatchObject({ code: 'infeasible' })
  })
})
