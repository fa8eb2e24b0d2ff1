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
import { complain } from './state/notices'
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
  // Once the first plan is there, the page is kept for when there is no network.
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    await navigator.serviceWorker.register('./sw.js')
  }
}
