// Which theme holds, and the news when it, or a custom property, changes.
import { customProperties, type ThemeName } from './colors.js'

const prefersDark = '(prefers-color-scheme: dark)'

/** Light or dark, as the color-scheme at `element` and the user's preference have it. */
export function schemeAt(element: HTMLElement): ThemeName {
  const schemes = getComputedStyle(element).colorScheme.split(' ')
  if (!schemes.includes('dark')) return 'light'
  return schemes.includes('light') && !matchMedia(prefersDark).matches ? 'light' : 'dark'
}

/** Rules by which `probe` starts a transition when the scheme or a custom property changes. */
export const probeRules = `
  .probe {
    position: absolute; visibility: hidden; inline-size: 0; block-size: 0; pointer-events: none;
    border: 0 solid light-dark(#000001, #000002);
    transition: border-top-color 1ms step-end;
    transition-property: border-top-color, ${customProperties.join(', ')};
    transition-behavior: allow-discrete;
  }`

/** Calls `onChange` until the signal aborts: nothing else tells that a computed value has changed. */
export function watchStyle(probe: HTMLElement, onChange: () => void, signal: AbortSignal): void {
  probe.addEventListener('transitionend', onChange, { signal })
  matchMedia(prefersDark).addEventListener('change', onChange, { signal })
}
