// `<stowage-plan>` in JSX. Its properties are set by `PlanPicture`.
import type { HTMLAttributes } from 'preact'
import type { StowagePlan } from 'stowage/element'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'stowage-plan': HTMLAttributes<StowagePlan>
    }
  }
}
