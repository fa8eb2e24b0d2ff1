// The examples: files of the repository, fetched when they are chosen. A file's name holds its
// capacity: NAME.CAPACITY.csv.
const files = import.meta.glob<string>(
  ['../../../examples/*.csv', '../../../examples/problems/*.csv'],
  { query: '?url', import: 'default', eager: true },
)

const descriptions: Readonly<Record<string, string>> = {
  input: 'Five buffers, to begin with',
  'resnet20-training': 'ResNet-20, one training step: activations wait for the way back',
  squeezenet: 'SqueezeNet, int8: small enough to read',
  'mobilenet-v2': 'MobileNetV2, int8: image and scores at fixed offsets',
  resnet50: 'ResNet-50, f16: workspaces, aligned to 64',
  unet: 'U-Net, f32: of a skip connection only the cropped rows stay',
  'yolov3-neck': 'YOLOv3, neck and heads: hints where the backbone left its outputs',
  'bert-base': 'BERT-base: a mask that lives all the time',
  'gpt2-decode': 'GPT-2, three tokens: caches that are away between their turns',
}

export interface Example {
  /** As in a link: `#example=NAME`. */
  readonly name: string
  readonly file: string
  readonly description: string
  readonly capacity: number | null
  readonly url: string
}

/** In the order in which they are offered. */
export const gallery: readonly Example[] = Object.entries(files)
  .map(([path, url]) => {
    const file = path.slice(path.lastIndexOf('/') + 1)
    const [name = file] = file.split('.')
    return { name, file, description: descriptions[name] ?? '', capacity: capacityIn(file), url }
  })
  .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))

/** What is shown on a first visit. */
export const firstExample = 'resnet20-training'

function rank(name: string): number {
  const at = Object.keys(descriptions).indexOf(name)
  return at < 0 ? Infinity : at
}

/** The capacity in a file's name, NAME.CAPACITY.csv. */
export function capacityIn(file: string): number | null {
  const digits = /\.(\d+)\.csv$/iu.exec(file)?.[1]
  const capacity = Number(digits)
  return digits !== undefined && Number.isSafeInteger(capacity) ? capacity : null
}

const texts = new Map<Example, Promise<string>>()

/** The text of an example, which is fetched once. */
export function fetchExample(example: Example): Promise<string> {
  const known = texts.get(example)
  if (known !== undefined) return known
  const text = fetchText(example)
  texts.set(example, text)
  text.catch(() => texts.delete(example))
  return text
}

async function fetchText({ url, file }: Example): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${file}: ${String(response.status)} ${response.statusText}`)
  return response.text()
}
