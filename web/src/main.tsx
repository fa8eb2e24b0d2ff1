import './styles/theme.css'
import './styles/layout.css'
import { render } from 'preact'

import { App } from './app/app'

const mount = document.getElementById('app')
if (mount !== null) render(<App />, mount)
