// The module of the pools, which only this view needs.
import { load, type Pools } from 'stowage/pool'

let pools: Pools | undefined

export async function startPools(): Promise<void> {
  pools = await load()
}

/** Precondition: the module was started. */
export function usePools<T>(use: (pools: Pools) => T): T {
  if (pools === undefined) throw new Error('the pools are not loaded')
  return use(pools)
}
