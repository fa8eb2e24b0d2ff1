// Whatever is wrong is refused by name, before anything crosses into WebAssembly.
import { load, StowageError } from 'stowage'
import { describe, expect, test } from 'vitest'

const stowage = await load()
const { Problem, Solver, SolverPool, solveFromCsv, solveInWorker, validateSolution } = stowage

const a = { id: 'a', lower: 0, upper: 2, size: 4 }
const good = new Problem([a], { capacity: 8 })

/** The error that `attempt` throws or rejects with. */
async function failure(attempt: () => unknown): Promise<StowageError> {
  try {
    await attempt()
  } catch (error) {
    if (error instanceof StowageError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** What JavaScript lets through that TypeScript does not. */
function untyped(value: unknown): never {
  return value as never
}

describe('a problem', () => {
  test.each<[string, unknown, unknown]>([
    ['buffers is 3', 3, { capacity: 8 }],
    ['buffers is null', null, { capacity: 8 }],
    ['capacity is undefined', [a], {}],
    ['options is undefined', [a], undefined],
    ['options has no option "size"', [a], { capacity: 8, size: 1 }],
    ['capacity is "8"', [a], { capacity: '8' }],
    ['capacity is -1', [a], { capacity: -1 }],
    ['capacity is NaN', [a], { capacity: NaN }],
    ['capacity is 8n', [a], { capacity: 8n }],
    ['capacity is 9007199254740992', [a], { capacity: 2 ** 53 }],
    ['buffers[0] is "a"', ['a'], { capacity: 8 }],
    ['buffers[0] has no option "start"', [{ ...a, start: 1 }], { capacity: 8 }],
    ['buffers[0].id is undefined', [{ ...a, id: undefined }], { capacity: 8 }],
    ['buffers[0].id is "\\ud800"', [{ ...a, id: '\ud800' }], { capacity: 8 }],
    ['buffers[0].lower is 0.5', [{ ...a, lower: 0.5 }], { capacity: 8 }],
    ['buffers[0].upper is "2"', [{ ...a, upper: '2' }], { capacity: 8 }],
    ['buffers[0].size is -4', [{ ...a, size: -4 }], { capacity: 8 }],
    ['buffers[0].size is Infinity', [{ ...a, size: Infinity }], { capacity: 8 }],
    ['buffers[0].alignment is 0', [{ ...a, alignment: 0 }], { capacity: 8 }],
    ['buffers[0].offset is 1.5', [{ ...a, offset: 1.5 }], { capacity: 8 }],
    ['buffers[0].hint is -1', [{ ...a, hint: -1 }], { capacity: 8 }],
    ['buffers[0].gaps is "0-1"', [{ ...a, gaps: '0-1' }], { capacity: 8 }],
    ['buffers[0].gaps[0].upper is undefined', [{ ...a, gaps: [{ lower: 0 }] }], { capacity: 8 }],
    [
      'buffers[0].gaps[0].window is an array of 2',
      [{ ...a, gaps: [{ lower: 0, upper: 1, window: [0, 1] }] }],
      { capacity: 8 },
    ],
    ['columns.size is undefined', { lower: [], upper: [] }, { capacity: 8 }],
    ['columns.lower has 0 elements', { lower: [], upper: [2], size: [4] }, { capacity: 8 }],
    ['columns.size[0] is NaN', { lower: [0], upper: [2], size: [NaN] }, { capacity: 8 }],
    [
      'columns.size[0] is 4n',
      { lower: [0], upper: [2], size: BigInt64Array.of(4n) },
      { capacity: 8 },
    ],
    ['columns.id[0] is 7', { id: [7], lower: [0], upper: [2], size: [4] }, { capacity: 8 }],
    [
      'columns.gaps.ends[0] is 2',
      { lower: [0], upper: [2], size: [4], gaps: { ends: [2], lower: [0], upper: [1] } },
      { capacity: 8 },
    ],
    [
      'the last of columns.gaps.ends is 0',
      { lower: [0], upper: [2], size: [4], gaps: { ends: [0], lower: [0], upper: [1] } },
      { capacity: 8 },
    ],
    [
      'gap 0 has one of',
      {
        lower: [0],
        upper: [2],
        size: [4],
        gaps: { ends: [1], lower: [0], upper: [1], windowLower: [1] },
      },
      { capacity: 8 },
    ],
  ])('%s', async (message, buffers, options) => {
    const error = await failure(() => new Problem(untyped(buffers), untyped(options)))
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toContain(message)
  })

  test.each<[string, object[]]>([
    ['twice the same id', [a, a]],
    ['an empty lifespan', [{ ...a, upper: 0 }]],
    ['a gap outside the lifespan', [{ ...a, gaps: [{ lower: 1, upper: 3 }] }]],
    [
      'gaps that overlap',
      [
        {
          ...a,
          upper: 9,
          gaps: [
            { lower: 1, upper: 4 },
            { lower: 3, upper: 5 },
          ],
        },
      ],
    ],
    [
      'a window beyond the size',
      [{ ...a, gaps: [{ lower: 0, upper: 1, window: { lower: 0, upper: 5 } }] }],
    ],
    ['a misaligned fixed offset', [{ ...a, offset: 2, alignment: 4 }]],
    ['a fixed offset that ends above the capacity', [{ ...a, offset: 5 }]],
  ])('%s', async (_, buffers) => {
    const error = await failure(() => new Problem(untyped(buffers), { capacity: 8 }))
    expect(error).toMatchObject({ code: 'invalid-argument', line: undefined, column: undefined })
    expect(error.message).toMatch(/a/)
  })
})

describe('CSV', () => {
  test.each<[string, string | Uint8Array, number | undefined]>([
    ['empty', '', undefined],
    ['binary', Uint8Array.of(0, 159, 146, 150), undefined],
    ['without a column', 'id,lower,upper\na,0,1\n', 1],
    ['with a column twice', 'id,lower,upper,size,size\na,0,1,2,3\n', 1],
    ['with too few fields', 'id,lower,upper,size\na,0,1\n', 2],
    ['with a word for a number', 'id,lower,upper,size\na,0,1,2\nb,0,x,2\n', 3],
    ['past 2^53', 'id,lower,upper,size\na,0,1,9007199254740992\n', 2],
    ['with an unclosed quote', 'id,lower,upper,size\n"a,0,1,2\n', 2],
  ])('%s', async (_, text, line) => {
    const error = await failure(() => Problem.fromCsv(text, { capacity: 8 }))
    // A number that can be read but never be right is an argument, and has a place all the same.
    expect(['parse-error', 'invalid-argument']).toContain(error.code)
    if (line !== undefined) {
      expect(error.line).toBe(line)
      expect(error.column).toBeGreaterThan(0)
      expect(error.message).toContain(`line ${String(line)}, column ${String(error.column)}: `)
    }
  })

  test('that is no text', async () => {
    const error = await failure(() => Problem.fromCsv(untyped(7), { capacity: 8 }))
    expect(error.message).toBe('csv is 7; it must be a string or a Uint8Array')
  })
})

describe('parameters', () => {
  const bad: [string, object][] = [
    ['params has no option "timeout"', { timeout: 1 }],
    ['timeoutSeconds is -1', { timeoutSeconds: -1 }],
    ['timeoutSeconds is "1"', { timeoutSeconds: '1' }],
    ['timeoutSeconds is NaN', { timeoutSeconds: NaN }],
    ['engine is "fast"', { engine: 'fast' }],
    ['seed is 1.5', { seed: 1.5 }],
    ['seed is -1', { seed: -1 }],
    ['racer is 256', { racer: 256 }],
    ['canonicalOnly is 1', { canonicalOnly: 1 }],
    ['minimizeCapacity is "yes"', { minimizeCapacity: 'yes' }],
    ['preorderingHeuristics is "WAT"', { preorderingHeuristics: 'WAT' }],
    ['preorderingHeuristics[0] is 1', { preorderingHeuristics: [1] }],
    ["preordering heuristic 'WAX'", { preorderingHeuristics: ['WAX'] }],
    ['preordering heuristics must not be an empty list', { preorderingHeuristics: [] }],
    ['onProgress is true', { onProgress: true }],
    ['signal is an object', { signal: {} }],
  ]

  test.each(bad)('%s', async (message, params) => {
    const attempts: (() => unknown)[] = [
      () => new Solver(untyped(params)),
      () => solveInWorker(good, untyped(params)),
      () => new SolverPool({ size: 1 }).solve(good, untyped(params)),
    ]
    for (const attempt of attempts) {
      const error = await failure(attempt)
      expect(error.code).toBe('invalid-argument')
      expect(error.message).toContain(message)
    }
  })
})

describe('calls', () => {
  test.each<[string, () => unknown]>([
    ['problem is undefined', () => new Solver().solve(untyped(undefined))],
    ['problem is an object', () => new Solver().solve(untyped({ columns: good }))],
    ['problem is null', () => new Solver().computeIrreducibleInfeasibleSubset(untyped(null))],
    ['problem is 1', () => validateSolution(untyped(1), [])],
    ['plan is "0"', () => validateSolution(good, untyped('0'))],
    ['plan[0] is 0.5', () => validateSolution(good, [0.5])],
    ['plan has 2 offsets', () => good.toCsv([0, 1])],
    ['options is undefined', () => solveFromCsv('', untyped(undefined))],
    ['capacity is undefined', () => solveFromCsv('', untyped({}))],
    ['size is 0', () => new SolverPool({ size: 0 })],
    ['createWorker is 1', () => new SolverPool({ createWorker: untyped(1) })],
    ['params is an array of 0', () => new SolverPool({ size: 1 }).race(good, [])],
    ['seed is -1', () => new SolverPool({ size: 1 }).race(good, { seed: -1 })],
    ['seed is -1', () => new SolverPool({ size: 1 }).race(good, [{}, { seed: -1 }])],
    ['problem is 1', () => new SolverPool({ size: 1 }).race(untyped(1))],
    [
      'height is -1',
      () => {
        new Solver().report({ height: -1 })
      },
    ],
    [
      'lowerBound is 0.5',
      () => {
        new Solver().report({ lowerBound: 0.5 })
      },
    ],
    [
      'findings is 1',
      () => {
        new Solver().report(untyped(1))
      },
    ],
    ['indices[0] is "0"', () => good.subset(untyped(['0']))],
    ['capacity is 1.5', () => good.withCapacity(1.5)],
  ])('%s', async (message, attempt) => {
    const error = await failure(attempt)
    expect(error.code).toBe('invalid-argument')
    expect(error.message).toContain(message)
  })
})
