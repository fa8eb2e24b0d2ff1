import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

export interface StaticServer {
  /** Of the folder, without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

export interface ServeOptions {
  /** Where the folder is, as in `/some/path`; at the root if not given. */
  readonly path?: string
  readonly headers?: Record<string, string>
}

/** Serves the files of a folder on a free port, as any static host would. */
export async function serve(folder: string, options: ServeOptions = {}): Promise<StaticServer> {
  const { path: base = '', headers = {} } = options
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname))
    const isInside = path.startsWith(`${base}/`)
    const inFolder = path.slice(base.length)
    const file = join(folder, inFolder.endsWith('/') ? `${inFolder}index.html` : inFolder)
    const content = isInside ? readFile(file) : Promise.reject(new Error('outside of the folder'))
    content.then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          ...headers,
        })
        response.end(bytes)
      },
      () => {
        // Browsers ask for it by themselves.
        response.statusCode = path === '/favicon.ico' ? 204 : 404
        response.end()
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
