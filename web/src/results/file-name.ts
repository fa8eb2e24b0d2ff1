/** A name for a file to download, after the name of what was read: "resnet50.6021120.plan.csv". */
export function fileNameFrom(sourceName: string, ending: string): string {
  return `${stemOf(sourceName)}.${ending}`
}

/** The name without folders, without ".csv", and without what file systems refuse. */
export function stemOf(sourceName: string): string {
  const [last = ''] = sourceName.split(/[\\/]/u).slice(-1)
  const stem = last
    .replace(/\.csv$/iu, '')
    // eslint-disable-next-line no-control-regex -- just those are refused
    .replace(/[\u0000-\u001f<>:"|?*]+/gu, '-')
    .trim()
  return stem === '' ? 'plan' : stem
}
