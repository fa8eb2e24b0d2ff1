// The browser's storage, which may be full, forbidden, or hold what another version wrote.

/** The content of `key`, if it is there and is JSON. */
export function read(key: string): unknown {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Keeps `value`, where that is possible: the page works without. */
export function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    remove(key)
  }
}

export function remove(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing is kept, then.
  }
}
