import './results.css'
import './table.css'

export { BufferTable } from './buffer-table'
export { ComparisonBar } from './comparison-bar'
export { ExportMenu } from './export-menu'
export { InfeasibleNotice } from './infeasible-notice'
export { PictureArea } from './picture-area'
export { SidePanel } from './side-panel'
