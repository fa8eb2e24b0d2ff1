/** Names of blocks as the numbers that the module keeps; 0 is none. A name is known while in use. */
export class Tags {
  readonly #numbers = new Map<string, number>()
  readonly #entries: { name: string; uses: number }[] = [{ name: '', uses: 0 }]
  readonly #unused: number[] = []

  /** Whether no block has a name. */
  get isEmpty(): boolean {
    return this.#numbers.size === 0
  }

  /** The number of a name that comes into use once more. */
  use(name: string): number {
    const known = this.#numbers.get(name)
    const number = known ?? this.#unused.pop() ?? this.#entries.length
    if (known === undefined) {
      this.#numbers.set(name, number)
      this.#entries[number] = { name, uses: 0 }
    }
    const entry = this.#entries[number]
    if (entry !== undefined) ++entry.uses
    return number
  }

  /** One use less. */
  release(number: number): void {
    const entry = this.#entries[number]
    if (number === 0 || entry === undefined || --entry.uses > 0) return
    this.#numbers.delete(entry.name)
    this.#unused.push(number)
  }

  nameOf(number: number): string | undefined {
    return number === 0 ? undefined : this.#entries[number]?.name
  }

  clear(): void {
    this.#numbers.clear()
    this.#entries.length = 1
    this.#unused.length = 0
  }
}
