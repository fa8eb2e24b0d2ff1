import './picture.css'
import './side-panel.css'
import './table.css'
// After the panel, whose lists it lays out in columns.
import './results.css'

export { BufferTable } from './buffer-table'
export { ComparisonBar } from './comparison-bar'
export { ExportMenu } from './export-menu'
export { InfeasibleNotice } from './infeasible-notice'
export { PictureArea } from './picture-area'
export { SidePanel } from './side-panel'
