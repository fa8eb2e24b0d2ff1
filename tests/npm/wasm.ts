/** The module with another maximum for its memory, in pages of 64 KiB. */
export function withMaximumMemory(wasm: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  const memorySection = 5
  let at = 8
  while (at < wasm.length) {
    const id = wasm[at]
    const size = unsigned(wasm, at + 1)
    const body = size.end
    if (id === memorySection) {
      // One memory with a minimum and a maximum: 01 01 MIN MAX.
      const minimum = unsigned(wasm, body + 2)
      const content = [1, 1, ...encoded(minimum.value), ...encoded(pages)]
      const section = [memorySection, ...encoded(content.length), ...content]
      return joined([
        wasm.subarray(0, at),
        Uint8Array.from(section),
        wasm.subarray(body + size.value),
      ])
    }
    at = body + size.value
  }
  throw new Error('the module has no memory of its own')
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** A number in LEB128. */
function unsigned(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { value, end: at }
  }
}

function encoded(value: number): number[] {
  const low = value % 128
  return value < 128 ? [low] : [low + 128, ...encoded(Math.floor(value / 128))]
}
