/** Runs work before the next repaint, once however often it is asked for. */
export class Frame {
  readonly #work: () => void
  #request: number | undefined

  constructor(work: () => void) {
    this.#work = work
  }

  request(): void {
    this.#request ??= requestAnimationFrame(() => {
      this.#request = undefined
      this.#work()
    })
  }

  cancel(): void {
    if (this.#request !== undefined) cancelAnimationFrame(this.#request)
    this.#request = undefined
  }
}
