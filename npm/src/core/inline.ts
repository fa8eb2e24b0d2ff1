/** The bytes in `text`, which is base64 of gzip. */
export async function bytesFromInline(text: string): Promise<BufferSource> {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> }
  const zlib = process?.getBuiltinModule?.('zlib')
  // Node loads its web streams when they are first used, which takes longer than all the rest.
  if (zlib !== undefined) return zlib.gunzipSync(Buffer.from(text, 'base64'))
  const stream = new Blob([bytesFromBase64(text)]).stream()
  return new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}

/** Decodes base64 the quickest way that the platform has. */
function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as unknown as {
    fromBase64?: (text: string) => Uint8Array<ArrayBuffer>
  }
  if (native.fromBase64 !== undefined) return native.fromBase64(text)
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i)
  return bytes
}
