// Pools: under churn, among misaligned holes and in Node, beside others.
import { withFolder } from '../files.mjs'
import { digits, table, whole } from '../markdown.mjs'
import { curves } from '../plots.mjs'
import { poolPeers, runPoolPeer } from '../pool-peers.mjs'
import { policies, poolNanosecondsInNode, runPool, writeTrace } from '../pools.mjs'
import { mediansInTurn } from '../statistics.mjs'

/** @typedef {import('../pool-peers.mjs').PoolResult} PoolResult */
/** @typedef {import('../pools.mjs').Trace} Trace */

/**
 * A pool on a workload.
 * @typedef {object} Contender
 * @property {string} name
 * @property {(trace: Trace) => PoolResult | null} measure
 */

export const title = 'Pools'
const counts = [1_000, 100_000, 1_000_000]
/** At which fragmentation and bookkeeping are told. */
const typicalCount = 100_000
const repetitions = 3
const seconds = 2
/** Of a workload; a pool that came through fewer in its time has not shown its fragmentation. */
const allPairs = 2 ** 20
const inNode = ['first-fit', 'tlsf']

/** @returns {import('./section.mjs').Section} */
export function run() {
  const peers = poolPeers().map((name) => ({
    name,
    measure: (/** @type {Trace} */ trace) => runPoolPeer(name, trace, seconds),
  }))
  const own = policies.map((name) => ({
    name,
    measure: (/** @type {Trace} */ { workload }) => runPool(workload, name, 'calls', seconds),
  }))
  const contenders = [...own, ...peers]
  const churn = counts.map((count) => ({
    count,
    results: measureAll(contenders, `churn:${String(count)}`),
  }))
  return {
    text: `Nanoseconds for a pair of free and alloc, call by call, medians of ${String(repetitions)} runs in turn; at ${whole(typicalCount)} live
blocks also how far up the pool was used, and what a block costs in bookkeeping (in brackets with the
slots of \`replay\`; for others what they took from the heap, with the caller's table of handles). Worst
and next fit work their way through all there is, here 2.5 times the bytes that are live.

![Nanoseconds for a free and an alloc, over the number of live blocks](plots/pools.svg)

${churnTable(churn)}

${ratios(churn)}

Among ${whole(typicalCount)} misaligned holes, into none of which 256 bytes go at a multiple of 256, though each is large
enough:

${holesTable(contenders)}

In Node, in nanoseconds for a pair, beside the same natively:

${nodeTable()}`,
    plots: { pools: plot(churn) },
  }
}

/** @typedef {{ count: number, results: Map<string, PoolResult> }[]} Churn */

/**
 * The last result of each, with the median of their nanoseconds.
 * @param {Contender[]} contenders
 * @param {string} workload
 */
function measureAll(contenders, workload) {
  return withFolder((folder) => {
    const trace = writeTrace(workload, `${folder}/trace`)
    /** @type {Map<string, PoolResult>} */
    const results = new Map()
    const unable = new Set()
    const medians = mediansInTurn(
      contenders.map(({ name, measure }) => () => {
        const result = unable.has(name) ? null : measure(trace)
        if (result) results.set(name, result)
        else unable.add(name)
        return result?.nanoseconds ?? NaN
      }),
      repetitions,
    )
    contenders.forEach(({ name }, i) => {
      const result = results.get(name)
      if (result) result.nanoseconds = medians[i] ?? NaN
    })
    return results
  })
}

/** @param {Churn} churn */
function churnTable(churn) {
  const typical = churn.find(({ count }) => count === typicalCount)?.results
  const rows = namesIn(churn).map((name) => {
    const result = typical?.get(name)
    return [
      name,
      ...churn.map(({ results }) => digits(results.get(name)?.nanoseconds ?? Infinity)),
      result?.pairs === allPairs ? digits(result.peakEnd / result.peakUsed) : '-',
      result ? bookkeeping(name, result) : '-',
    ]
  })
  const head = ['pool', ...counts.map((count) => `${whole(count)} live`)]
  return table([...head, 'peak end / peak live', 'bytes a block'], rows)
}

/**
 * @param {string} name
 * @param {PoolResult} result
 */
function bookkeeping(name, result) {
  const perBlock = ({ bookkeepingBytes = NaN, blocks = NaN }) => digits(bookkeepingBytes / blocks)
  if (!policies.includes(name)) return perBlock(result)
  const replayed = runPool(`churn:${String(typicalCount)}`, name, 'replay', seconds)
  return `${perBlock(result)} (${perBlock(replayed)})`
}

/**
 * What the targets are stated in.
 * @param {Churn} churn
 */
function ratios(churn) {
  /** @type {[slow: string, fast: string][]} */
  const pairs = [
    ['first-fit', 'offset-allocator'],
    ['tlsf', 'vma-tlsf'],
    ['vma-min-offset', 'first-fit'],
  ]
  const rows = pairs.map(([one, other]) => [
    `${one} / ${other}`,
    ...churn.map(({ results }) => ratio(results.get(one), results.get(other))),
  ])
  if (poolPeers().length === 0) return ''
  return table(['ratio', ...counts.map((count) => `${whole(count)} live`)], rows)
}

/**
 * @param {PoolResult | undefined} one
 * @param {PoolResult | undefined} other
 */
function ratio(one, other) {
  return one && other ? digits(one.nanoseconds / other.nanoseconds) : '-'
}

/** @param {Contender[]} contenders */
function holesTable(contenders) {
  const holes = `holes:${String(typicalCount)}`
  const [aligned, first, far] = [`${holes}:256:256`, `${holes}:256`, `${holes}:512`].map(
    (workload) => measureAll(contenders, workload),
  )
  const rows = contenders.map(({ name }) => [
    name,
    ...[aligned, first, far].map((results) => digits(results?.get(name)?.nanoseconds ?? Infinity)),
    ratio(aligned?.get(name), far?.get(name)),
  ])
  const head = ['pool', '256 bytes, aligned', '256 bytes', '512 bytes, which no hole has']
  return table([...head, 'aligned / 512 bytes'], rows)
}

function nodeTable() {
  const rows = inNode.flatMap((policy) =>
    counts.map((count) => [policy, whole(count), ...nodeCells(`churn:${String(count)}`, policy)]),
  )
  const head = ['policy', 'live', 'replay, native', 'replay, Node', 'ratio']
  return table([...head, 'calls, native', 'calls, Node', 'ratio'], rows)
}

/**
 * @param {string} workload
 * @param {string} policy
 */
function nodeCells(workload, policy) {
  return withFolder((folder) => {
    const trace = writeTrace(workload, `${folder}/trace`)
    const accesses = /** @type {const} */ (['replay', 'calls'])
    const medians = mediansInTurn(
      accesses.flatMap((access) => [
        () => runPool(workload, policy, access, seconds).nanoseconds,
        () => poolNanosecondsInNode(trace, policy, access),
      ]),
      repetitions,
    )
    return accesses.flatMap((_, i) => {
      const [native = NaN, node = NaN] = medians.slice(2 * i, 2 * i + 2)
      return [digits(native), digits(node), digits(node / native)]
    })
  })
}

/** @param {Churn} churn */
function plot(churn) {
  // Worst and next fit run close to first fit.
  const drawn = namesIn(churn).filter((name) => name !== 'worst-fit' && name !== 'next-fit')
  const points = drawn.flatMap((name) =>
    churn.map(({ count, results }) => ({
      x: count,
      y: results.get(name)?.nanoseconds ?? Infinity,
      series: name,
    })),
  )
  const yLabel = 'nanoseconds for a free and an alloc'
  return curves(points, { xLabel: 'live blocks', yLabel, isLog: true })
}

/** @param {Churn} churn */
function namesIn(churn) {
  return [...new Set(churn.flatMap(({ results }) => [...results.keys()]))]
}
