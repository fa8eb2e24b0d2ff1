import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './paths.js'

/** A fenced block of a page whose first line says `runnable`, as in "```js runnable". */
export interface Snippet {
  /** The page and line, for the test's name. */
  readonly place: string
  /** js, ts, sh or cpp. */
  readonly language: string
  readonly code: string
  /** The block "```text output" that follows, if one does. */
  readonly output: string | undefined
}

interface Block {
  readonly info: string
  readonly line: number
  readonly text: string
}

const pages = [
  'README.md',
  'examples/traces/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

export function runnableSnippets(): Snippet[] {
  return pages.flatMap((page) => {
    const blocks = fencedBlocks(readFileSync(join(root, page), 'utf8'))
    return blocks.flatMap(({ info, line, text }, i) => {
      const [language, word] = info.split(' ')
      if (word !== 'runnable' || language === undefined) return []
      const next = blocks[i + 1]
      const output = next?.info === 'text output' ? next.text : undefined
      return [{ place: `${page}:${String(line)}`, language, code: text, output }]
    })
  })
}

/** The links to files of the repository: the page, the link as written, the path it means. */
export function localLinks(): { page: string; link: string; path: string }[] {
  return pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8').replace(/^```[^]*?^```$/gm, '')
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
    return links
      .filter((link) => !/^(https?:|#)/.test(link))
      .map((link) => ({ page, link, path: join(root, page, '..', link.replace(/#.*/, '')) }))
  })
}

function fencedBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  let open: { info: string; line: number; lines: string[] } | undefined
  for (const [i, line] of markdown.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line)
    if (fence === null) open?.lines.push(line)
    else if (open === undefined) open = { info: fence[1] ?? '', line: i + 1, lines: [] }
    else {
      blocks.push({ info: open.info, line: open.line, text: open.lines.join('\n') })
      open = undefined
    }
  }
  return blocks
}
