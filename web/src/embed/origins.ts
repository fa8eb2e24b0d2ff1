// Which pages may talk to the playground that they embed.

/**
 * The origins that are allowed: the page's own, and those in
 * `<meta name="stowage-allowed-origins" content="https://a.example https://b.example">`.
 */
export function allowedOrigins(): ReadonlySet<string> {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="stowage-allowed-origins"]')
  const listed = (meta?.content ?? '').split(/\s+/u).filter(isOrigin)
  return new Set([location.origin, ...listed].filter((origin) => origin !== 'null'))
}

/** A scheme, a host and perhaps a port, and nothing else: no path, and no wildcard. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
