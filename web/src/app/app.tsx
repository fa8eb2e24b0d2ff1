import { BufferTable, ComparisonBar, InfeasibleNotice, PictureArea, SidePanel } from '../results'
import { explain } from '../solve/search'
import { DropTarget } from './drop-target'
import { Header } from './header'
import { KeyboardSheet } from './keyboard-sheet'
import { NoticeBar } from './notice'
import { ProblemPanel } from './problem-panel'
import { ShareDialog } from './share-dialog'
import { SolvePanel } from './solve-panel'
import { Status } from './status'

export function App() {
  return (
    <>
      <a class="skip-link" href="#plan">
        Skip to the plan
      </a>
      <Header />
      <NoticeBar />
      <main class="layout">
        <div class="controls">
          <ProblemPanel />
          <SolvePanel />
        </div>
        <div class="plan" id="plan" tabIndex={-1}>
          <Status />
          <InfeasibleNotice onExplain={() => void explain()} />
          <PictureArea />
          <div class="comparison-place">
            <ComparisonBar />
          </div>
        </div>
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
