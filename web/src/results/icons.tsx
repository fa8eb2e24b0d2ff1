// Drawn in the colour of the text around them; what they mean is said by the control they are on.
import type { ComponentChildren } from 'preact'

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {children}
    </svg>
  )
}

export const FitIcon = () => (
  <Icon>
    <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
  </Icon>
)

export const ZoomInIcon = () => (
  <Icon>
    <path d="M8 3v10M3 8h10" />
  </Icon>
)

export const ZoomOutIcon = () => (
  <Icon>
    <path d="M3 8h10" />
  </Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Icon>
)

export const SortIcon = ({ direction }: { direction: 'ascending' | 'descending' | 'none' }) => (
  <Icon>
    {direction !== 'descending' && <path d="M5 7l3-3 3 3" />}
    {direction !== 'ascending' && <path d="M5 9l3 3 3-3" />}
  </Icon>
)
