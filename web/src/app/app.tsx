import { BufferTable, ExportMenu, InfeasibleNotice, PictureArea, SidePanel } from './slots'

export function App() {
  return (
    <>
      <header class="page-header">
        <h1>Stowage</h1>
        <ExportMenu />
      </header>
      <main class="layout">
        <section class="controls" />
        <section class="picture">
          <InfeasibleNotice />
          <PictureArea />
        </section>
        <aside class="side">
          <SidePanel />
        </aside>
        <section class="table">
          <BufferTable />
        </section>
      </main>
    </>
  )
}
