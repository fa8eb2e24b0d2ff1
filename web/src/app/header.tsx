import { ExportMenu } from '../results'
import { themes, change } from '../state/keep-settings'
import { problem } from '../state/problem'
import { type Settings, settings } from '../state/settings'
import { openKeyboardSheet } from './keyboard-sheet'
import { openShareDialog } from './share-dialog'

const themeNames: Readonly<Record<Settings['theme'], string>> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
}

export function Header() {
  return (
    <header class="page-header">
      <div class="brand">
        <img src="./icon.svg" alt="" width="32" height="32" />
        <div>
          <h1>Stowage</h1>
          <p>Decides where every buffer of a model lives in memory.</p>
        </div>
      </div>
      <div class="page-actions">
        <button type="button" onClick={() => void openShareDialog()} disabled={!problem.value}>
          Share
        </button>
        <ExportMenu />
        <ThemeChoice />
        <button type="button" onClick={openKeyboardSheet} aria-keyshortcuts="?">
          <span aria-hidden="true">?</span>
          <span class="visually-hidden">Keys and help</span>
        </button>
      </div>
    </header>
  )
}

function ThemeChoice() {
  return (
    <label class="theme-choice">
      <span class="visually-hidden">Theme</span>
      <select
        value={settings.value.theme}
        onChange={(event) => {
          change({ theme: event.currentTarget.value as Settings['theme'] })
        }}
      >
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {themeNames[theme]}
          </option>
        ))}
      </select>
    </label>
  )
}
