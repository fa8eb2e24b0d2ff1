// What a page of an example complains about.
import type { Page } from '@playwright/test'

/** Errors, warnings and failed requests of `page` from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  return complaints
}
