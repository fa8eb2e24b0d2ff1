// Writes the example traces beside this file:
//
//   node examples/traces/generate.mjs            write them
//   node examples/traces/generate.mjs --check    compare with what is there; exit 1 if different
//
// Both come from small made-up programs that ask a MemoryPool for memory. The same version of them
// always gives the same bytes.
import { readFileSync, writeFileSync } from 'node:fs'
import { load } from 'stowage/pool'

const { MemoryPool } = await load()
const KiB = 1024
const MiB = 1024 * KiB

/**
 * Requests to a language model, a step at a time: each has a cache of what it has read and written so
 * far, which moves to one twice as large when it is full, and each step has a scratch buffer. What a
 * program keeps of a MemoryPool's log is a header and a line for each event.
 */
function chatServer() {
  const pool = new MemoryPool(20 * MiB)
  pool.startLog()
  const weights = pool.alloc(8 * MiB, { alignment: 4096, tag: 'weights' })
  let requests = []
  for (let step = 0; step < 40; ++step) {
    if (step % 3 === 0 && step < 30) {
      const size = (1 + ((step * 7) % 4)) * 256 * KiB
      const cache = pool.alloc(size, { tag: `request ${step / 3}` })
      requests.push({
        name: `request ${step / 3}`,
        size,
        cache,
        left: 6 + ((step * 5) % 11),
        used: 0,
      })
    }
    const scratch = pool.alloc((96 + ((step * 13) % 7) * 32) * KiB, {
      alignment: 256,
      tag: 'scratch',
    })
    for (const request of requests) {
      request.used += 160 * KiB
      if (request.used <= request.size) continue
      const larger = pool.alloc(request.size * 2, { tag: request.name })
      pool.free(request.cache)
      Object.assign(request, { cache: larger, size: request.size * 2 })
    }
    pool.free(scratch)
    for (const request of requests) if (--request.left === 0) pool.free(request.cache)
    requests = requests.filter(({ left }) => left > 0)
  }
  for (const { cache } of requests) pool.free(cache)
  pool.free(weights)
  const header = { stowage: 'pool-log', version: 1, total: pool.total, policy: pool.policy }
  return [header, ...pool.stopLog()].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/**
 * Tables that are read, filtered, joined and summed up partition by partition, as RMM logs it: the
 * header, then a row for each call. Requests for no bytes get no memory; one request fails, and the
 * program tries again with half as much.
 */
function dataFrames() {
  const pool = new MemoryPool(64 * MiB)
  const base = 0x7f3a40000000
  const rows = ['Thread,Time,Action,Pointer,Size,Stream']
  const log = (action, pointer, size) => {
    const time = new Date(rows.length * 137).toISOString().slice(11, 23)
    rows.push(`2817,${time}000,${action},${pointer},${size},0x0`)
  }
  const alloc = (size) => {
    if (size === 0) return log('allocate', '(nil)', 0)
    const offset = pool.alloc(size, { alignment: 256 })
    if (offset === null) return log('allocate failure', '(nil)', size)
    const block = { pointer: `0x${(base + offset).toString(16)}`, offset, size }
    log('allocate', block.pointer, size)
    return block
  }
  const free = (block) => {
    log('free', block?.pointer ?? '(nil)', block?.size ?? 0)
    if (block !== undefined) pool.free(block.offset)
  }
  const lookup = alloc(6 * MiB)
  const sums = []
  for (let partition = 0; partition < 6; ++partition) {
    const numRows = 60_000 + ((partition * 7919) % 5) * 20_000
    const columns = [8, 8, 4, 1].map((width) => alloc(numRows * width))
    const mask = alloc(Math.ceil(numRows / 8))
    const kept = Math.floor((numRows * (3 + (partition % 3))) / 7)
    const filtered = [8, 8, 4].map((width) => alloc(kept * width))
    columns.forEach(free)
    const matches = partition === 3 ? 0 : Math.floor(kept / 3)
    const joined = [8, 8, 8, 4].map((width) => alloc(matches * width))
    free(mask)
    filtered.forEach(free)
    sums.push(alloc(4096 + partition * 512))
    const wanted = partition === 4 ? 64 : 8 + ((partition * 5) % 7) * 4
    const workspace = alloc(wanted * MiB) ?? alloc((wanted / 2) * MiB)
    free(workspace)
    joined.forEach(free)
  }
  sums.slice(0, -1).forEach(free)
  free(lookup)
  return `${rows.join('\n')}\n`
}

const traces = { 'chat-server.jsonl': chatServer(), 'data-frames.rmm.csv': dataFrames() }
for (const [name, text] of Object.entries(traces)) {
  const file = new URL(name, import.meta.url)
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what generate.mjs writes`)
    process.exitCode = 1
  }
}
