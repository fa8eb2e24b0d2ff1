import { signal } from '@preact/signals'

import { BufferTable, ComparisonBar, InfeasibleNotice, PictureArea, SidePanel } from '../results'
import { explain } from '../solve/search'
import { view } from '../state/view'
import { DropTarget } from './drop-target'
import { Header } from './header'
import { KeyboardSheet } from './keyboard-sheet'
import { NoticeBar } from './notice'
import { PoolPlace } from './pool-place'
import { ProblemPanel } from './problem-panel'
import { ShareDialog } from './share-dialog'
import { SolvePanel } from './solve-panel'
import { Status } from './status'
import { ViewSwitch } from './view-switch'

// As in styles/layout.css.
const narrow = matchMedia('not all and (min-width: 60rem)')
const isNarrow = signal(narrow.matches)
narrow.addEventListener('change', ({ matches }) => {
  isNarrow.value = matches
})

export function App() {
  return (
    <>
      <a class="skip-link" href="#plan">
        Skip to the plan
      </a>
      <Header />
      <NoticeBar />
      <main class="layout">
        {/* In this order, not only seen so: the keyboard goes through the page as the eye does. In one
            column the plan comes first, as it would be out of sight below the controls. */}
        {isNarrow.value
          ? [<Plan key="plan" />, <Controls key="controls" />]
          : [<Controls key="controls" />, <Plan key="plan" />]}
        <aside class="side" aria-label="Details">
          <SidePanel />
        </aside>
        <div class="table">
          <BufferTable />
        </div>
      </main>
      <KeyboardSheet />
      <ShareDialog />
      <DropTarget />
    </>
  )
}

function Controls() {
  return (
    <div class="controls">
      <ProblemPanel />
      <SolvePanel />
    </div>
  )
}

function Plan() {
  return (
    <div class="plan" id="plan" tabIndex={-1}>
      <ViewSwitch />
      <Status />
      <InfeasibleNotice onExplain={() => void explain()} />
      {view.value === 'pool' ? (
        <PoolPlace />
      ) : (
        <>
          <PictureArea />
          <div class="comparison-place">
            <ComparisonBar />
          </div>
        </>
      )}
    </div>
  )
}
