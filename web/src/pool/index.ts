// The pool view: the same problem, its memory handed out online.
import './pool.css'

export { startPools } from './pools'
export { PoolView } from './pool-view'
