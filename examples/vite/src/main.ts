// Plans a problem in a module worker, so that the page stays responsive however long it takes.
import { load, StowageError, type Plan } from 'stowage'

import csv from '../../input.12.csv?raw'

const status = document.querySelector<HTMLElement>('[role=status]')!
const rows = document.querySelector('tbody')!

try {
  const { Problem, solveInWorker } = await load()
  const problem = Problem.fromCsv(csv, { capacity: 12 })
  const plan = await solveInWorker(problem, { timeoutSeconds: 10 })
  show(
    problem.buffers.map((buffer) => buffer.id),
    plan,
  )
} catch (error) {
  if (!(error instanceof StowageError)) throw error
  status.textContent = `${error.code}: ${error.message}`
}

function show(ids: string[], plan: Plan): void {
  ids.forEach((id, i) => {
    const row = rows.appendChild(document.createElement('tr'))
    row.insertCell().textContent = id
    row.insertCell().textContent = String(plan.offsets[i])
  })
  status.textContent = `Height ${plan.height}`
}
