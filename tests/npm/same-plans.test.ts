// The native command and the package find the same plan for the same seed, by the same steps.
import { readFileSync } from 'node:fs'

import { load } from 'stowage'
import { describe, expect, test } from 'vitest'

import { runCommand } from './command.js'
import { exampleProblems, hasNativeCommand, minimallocProblems } from './paths.js'

const { Problem, Solver, validateSolution } = await load()
const problems = [...exampleProblems(), ...minimallocProblems()]

describe.skipIf(!hasNativeCommand)('native and WebAssembly agree', () => {
  test.each(problems)('$name', async ({ file, capacity }) => {
    const problem = Problem.fromCsv(readFileSync(file), { capacity })
    const solver = new Solver({ seed: 5 })
    const plan = await solver.solve(problem)
    expect(validateSolution(problem, plan)).toBe('good')

    const args = ['solve', file, '--capacity', String(capacity), '--seed', '5', '--json']
    const native = await runCommand('native', args)
    expect(native.stdout).toBe(plan.toCsv())
    const { height, lowerBound, engine } = plan
    const { nodes, backtracks } = solver
    expect(JSON.parse(native.stderr)).toMatchObject({
      height,
      lowerBound,
      engine,
      nodes,
      backtracks,
    })
  })
})
