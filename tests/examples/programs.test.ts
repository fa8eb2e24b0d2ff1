import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

import { root, run } from './paths.js'

const minutes = 60_000
const folder = mkdtempSync(join(tmpdir(), 'stowage-examples-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** `b1 at 8` and so on, five of them, and the last line. */
function expectPlanOfFive(output: string): void {
  const lines = output.trimEnd().split('\n')
  expect(lines).toHaveLength(6)
  for (const [i, line] of lines.slice(0, 5).entries()) {
    expect(line).toMatch(new RegExp(`^b${String(i + 1)} at [048]$`))
  }
  expect(lines.at(-1)).toBe('height 12 of 12, good')
}

describe('the examples in Node', () => {
  it('print a plan', async () => {
    const { stdout } = await run('node', ['examples/node/plan.mjs', 'examples/input.12.csv', '12'])
    expectPlanOfFive(stdout)
  })

  it('say why there is none', async () => {
    const failing = run('node', ['examples/node/plan.mjs', 'examples/input.12.csv', '11'])
    await expect(failing).rejects.toMatchObject({ code: 1, stderr: /^infeasible: / })
  })

  it('draw a plan', async () => {
    const picture = join(folder, 'plan.svg')
    const problem = 'examples/problems/yolov3-neck.5015260.csv'
    await run('node', ['examples/node/picture.mjs', problem, picture])
    const svg = readFileSync(picture, 'utf8')
    expect(svg).toContain('>yolov3-neck<')
    // As there are no gaps, one shape with its particulars for each buffer.
    expect(svg.match(/<rect [^>]*><title>/g)).toHaveLength(34)
  })
})

describe('the example in C++', () => {
  it('builds and prints a plan', { timeout: 10 * minutes }, async () => {
    const build = join(root, 'build/examples/cpp')
    const type = '-DCMAKE_BUILD_TYPE=Release'
    await run('cmake', ['-S', 'examples/cpp', '-B', build, '-G', 'Ninja', type])
    await run('cmake', ['--build', build])
    const { stdout } = await run(join(build, 'plan'), ['examples/input.12.csv', '12'])
    expectPlanOfFive(stdout)
  })
})
