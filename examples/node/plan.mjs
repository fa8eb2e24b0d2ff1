// Plans a CSV file and prints where each buffer goes:
//
//   node examples/node/plan.mjs examples/input.12.csv 12
import { readFileSync } from 'node:fs'
import { load, StowageError } from 'stowage'

const [file, capacity] = process.argv.slice(2)
const { Problem, Solver, validateSolution } = await load()

try {
  const problem = Problem.fromCsv(readFileSync(file, 'utf8'), { capacity: Number(capacity) })
  const solver = new Solver({ timeoutSeconds: 10 })
  const plan = await solver.solve(problem)
  problem.buffers.forEach((buffer, i) => {
    console.log(`${buffer.id} at ${plan.offsets[i]}`)
  })
  console.log(`height ${plan.height} of ${problem.capacity}, ${validateSolution(problem, plan)}`)
} catch (error) {
  if (!(error instanceof StowageError)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 1
}
