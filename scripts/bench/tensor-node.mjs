// node tensor-node.mjs ENTRY WORKLOAD SECONDS: the milliseconds of processor time that an operation
// takes in this process, of calls on tensors whose memory is given back after each. For a
// WORKLOAD of tensor-ceiling.mjs, with ENTRY the file of its module, those of a call of it.
import { readFileSync } from 'node:fs'
import { callMilliseconds } from './processor-time.mjs'
import { ceilingOf, ceilings } from './tensor-ceiling.mjs'
import { callOf } from './tensor-workloads.mjs'

const [entry = '', workload = '', seconds = '1'] = process.argv.slice(2)

async function call() {
  if (ceilings.includes(workload)) return ceilingOf(readFileSync(entry), workload)
  /** @type {unknown} */
  const imported = await import(entry)
  const { load } = /** @type {typeof import('stowage/tensor')} */ (imported)
  const { Executor } = await load()
  return callOf(new Executor(), workload)
}

console.log(JSON.stringify(callMilliseconds(await call(), Number(seconds))))
