import * as check from '../check.js'
import {
  blockFrom,
  countersFrom,
  groupsOf,
  numbersOfCounters,
  policies,
  policyFrom,
} from './records.js'
import type { Tags } from './tags.js'
import type { Block, PoolPolicy, PoolSnapshot } from './types.js'

const headerNumbers = 5
const blockNumbers = 4

/** A snapshot whose types and ranges are right; whether it is of a pool, the module finds out. */
export interface CheckedSnapshot {
  readonly policy: PoolPolicy
  /** As stowage_pool_restore takes them. */
  numbers(numberOfTag: (tag: string | undefined) => number): number[]
}

/** What stowage_pool_snapshot says. */
export function snapshotOf(numbers: Float64Array, tags: Tags): PoolSnapshot {
  const [total = 0, policy = 0, nextFitFrom = 0, blocks = 0, free = 0] = numbers
  const blocksEnd = headerNumbers + blocks * blockNumbers
  return {
    stowage: 'memory-pool',
    version: 1,
    total,
    policy: policies[policy] ?? 'first-fit',
    blocks: groupsOf(numbers.subarray(headerNumbers, blocksEnd), blockNumbers).map((group) =>
      blockFrom(group, tags),
    ),
    nextFitFrom,
    freeOrder: [...numbers.subarray(blocksEnd, blocksEnd + free)],
    counters: countersFrom(numbers.subarray(blocksEnd + free)),
  }
}

export function checkedSnapshot(snapshot: unknown): CheckedSnapshot {
  const given = check.record('snapshot', snapshot, [
    'stowage',
    'version',
    'total',
    'policy',
    'blocks',
    'nextFitFrom',
    'freeOrder',
    'counters',
  ])
  if (given.stowage !== 'memory-pool') {
    throw check.invalid('snapshot.stowage', given.stowage, '"memory-pool"')
  }
  if (given.version !== 1) throw check.invalid('snapshot.version', given.version, '1')
  const total = check.integer('snapshot.total', given.total, 1)
  const policy = policyFrom('snapshot.policy', given.policy)
  const nextFitFrom = check.integer('snapshot.nextFitFrom', given.nextFitFrom, 0)
  const blocks = listFrom('snapshot.blocks', given.blocks, checkedBlock)
  const freeOrder = listFrom('snapshot.freeOrder', given.freeOrder, (name, offset) =>
    check.integer(name, offset, 0),
  )
  const counters = numbersOfCounters('snapshot.counters', given.counters)
  return {
    policy,
    numbers: (numberOfTag) => [
      ...[total, policies.indexOf(policy), nextFitFrom, blocks.length, freeOrder.length],
      ...blocks.flatMap(({ offset, size, alignment, tag }) => [
        ...[offset, size, alignment, numberOfTag(tag)],
      ]),
      ...freeOrder,
      ...counters,
    ],
  }
}

function listFrom<T>(name: string, list: unknown, each: (name: string, item: unknown) => T): T[] {
  if (!Array.isArray(list)) throw check.invalid(name, list, 'an array')
  return list.map((item, index) => each(`${name}[${String(index)}]`, item))
}

function checkedBlock(name: string, item: unknown): Block {
  const given = check.record(name, item, ['offset', 'size', 'alignment', 'tag'])
  const block = {
    offset: check.integer(`${name}.offset`, given.offset, 0),
    size: check.integer(`${name}.size`, given.size, 1),
    alignment: check.integer(`${name}.alignment`, given.alignment, 1),
  }
  return given.tag === undefined ? block : { ...block, tag: check.text(`${name}.tag`, given.tag) }
}
