/**
 * A value from JSON that our own programs wrote.
 * @template T
 * @param {string} text
 * @returns {T}
 */
export function parsed(text) {
  /** @type {unknown} */
  const value = JSON.parse(text)
  return /** @type {T} */ (value)
}
