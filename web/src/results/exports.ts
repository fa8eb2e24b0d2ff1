// What each entry of the export menu does.
import type { Plan, RenderOptions } from 'stowage/slim'

import { openShareDialog } from '../app/share-dialog'
import { callModule } from '../solve/module'
import { current } from '../state/plans'
import { source } from '../state/problem'
import { settings } from '../state/settings'
import { planToCArray, planToCStruct } from './c-code'
import { copy, download } from './deliver'
import { fileNameFrom, stemOf } from './file-name'
import { planToJson } from './plan-json'

export interface Export {
  readonly label: string
  readonly help: string
  /** Resolves with what was done, in a sentence, if that needs saying. Rejects with why it cannot. */
  readonly perform: () => Promise<string>
}

export const exports: readonly Export[] = [
  file('CSV', 'The problem with an offset for each buffer', 'plan.csv', 'text/csv', (plan) =>
    plan.toCsv(),
  ),
  file('JSON', 'The same with height and bound', 'plan.json', 'application/json', planToJson),
  file('PNG', 'The picture, 1600 by 900', 'png', 'image/png', (plan) =>
    callModule(({ renderPng }) => renderPng(plan, renderOptions())),
  ),
  file('SVG', 'The picture for print', 'svg', 'image/svg+xml', (plan) =>
    callModule(({ renderSvg }) => renderSvg(plan, renderOptions())),
  ),
  clip('Copy as C array', 'Offsets, and a #define for each buffer', (plan) =>
    planToCArray(plan, stemOf(source.value.name)),
  ),
  clip('Copy as C struct', 'Ids, offsets and sizes in one table', (plan) =>
    planToCStruct(plan, stemOf(source.value.name)),
  ),
  clip('Copy as JSON', 'What the JSON file holds', planToJson),
  {
    label: 'Share link …',
    help: 'Problem, plan and settings in one address',
    perform: async () => {
      await openShareDialog()
      return ''
    },
  },
]

function file(
  format: string,
  help: string,
  ending: string,
  type: string,
  content: (plan: Plan) => string | Uint8Array,
): Export {
  const perform = async (): Promise<string> => {
    const name = fileNameFrom(source.value.name, ending)
    // Lets the press be seen before a large picture takes the thread.
    await new Promise(requestAnimationFrame)
    download(name, type, content(shownPlan()))
    return `Saved ${name}.`
  }
  return { label: `Save ${format}`, help, perform }
}

function clip(label: string, help: string, content: (plan: Plan) => string): Export {
  const perform = async (): Promise<string> => {
    if (!(await copy(content(shownPlan())))) {
      throw new Error('The browser does not let this page use the clipboard. Save a file instead.')
    }
    return 'Copied.'
  }
  return { label, help, perform }
}

function shownPlan(): Plan {
  if (current.value === null) throw new Error('There is no plan yet: press Solve first.')
  return current.value.plan
}

function renderOptions(): RenderOptions {
  const { colorBy, theme } = settings.value
  const isSystemDark = matchMedia('(prefers-color-scheme: dark)').matches
  return {
    colorBy,
    theme: theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme,
    title: stemOf(source.value.name),
  }
}
