// Places for what shows results, until src/results has it.
export const PictureArea = () => <p>The picture</p>
export const SidePanel = () => <p>The figures</p>
export const BufferTable = () => <p>The buffers</p>
export const ExportMenu = () => <span />
export const InfeasibleNotice = () => null
