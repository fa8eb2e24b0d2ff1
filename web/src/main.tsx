import './styles/theme.css'
import './styles/controls.css'
import './styles/layout.css'
import 'stowage/element/define'
import { effect } from '@preact/signals'
import { render } from 'preact'

import { App } from './app/app'
import { listenToKeys } from './app/keys'
import { startEmbedding } from './embed'
import { loadFirst, prepareFirst } from './problem/load'
import { followCapacity } from './problem/read'
import { startModule } from './solve/module'
import { wakeWorker } from './solve/search'
import { keepSettings } from './state/keep-settings'
import { complain, tell } from './state/notices'
import { settings } from './state/settings'

// What takes longest comes first.
const module = startModule()
prepareFirst()
keepSettings()
effect(() => {
  document.documentElement.dataset.theme = settings.value.theme
})
const mount = document.getElementById('app')
if (mount !== null) render(<App />, mount)
listenToKeys()
followCapacity()
void start()

async function start(): Promise<void> {
  try {
    await module
  } catch {
    complain('The planner could not be loaded. Check the connection, then reload the page.')
    return
  }
  wakeWorker()
  await loadFirst()
  startEmbedding()
  if (import.meta.env.PROD && 'serviceWorker' in navigator) await keepPage()
}

/** Keeps the page for when there is no network, now that the first plan is there. */
async function keepPage(): Promise<void> {
  const { serviceWorker } = navigator
  const isFirst = serviceWorker.controller === null
  serviceWorker.addEventListener('controllerchange', () => {
    if (!isFirst) tell('There is a newer version of this page: reload it to have it.')
  })
  await serviceWorker.register('./sw.js')
}
