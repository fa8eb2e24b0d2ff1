// npm start [-- --no-open] [--port N]: builds the playground, serves it on this machine alone, and
// opens it in the browser where there is a display.
import { parseArgs } from 'node:util'
import { join } from 'node:path'
import { preview } from 'vite'
import { buildPage } from './lib/build.mjs'
import { root, say, script, ScriptError } from './lib/process.mjs'
import { setUp } from './lib/setup.mjs'

await script(async () => {
  const { isOpened, port } = options()
  setUp('building')
  buildPage()
  const server = await preview({
    root: join(root, 'web'),
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port, open: isOpened && hasDisplay() },
  })
  say(`The playground is at ${server.resolvedUrls?.local[0] ?? ''} (Ctrl+C ends it)`)
})

function options() {
  try {
    const { values } = parseArgs({
      options: { 'no-open': { type: 'boolean' }, port: { type: 'string', default: '4173' } },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new ScriptError(`The port "${values.port}" must be a number from 0 to 65535.`)
    }
    return { isOpened: values['no-open'] !== true, port }
  } catch (error) {
    if (error instanceof TypeError) throw new ScriptError(error.message)
    throw error
  }
}

function hasDisplay() {
  if (process.platform !== 'linux') return true
  return process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined
}
