import { parse } from '../markdown/parse.ts'

/** Signs that stand for a block of code until the lines around it are in order; nobody types them. */
const [OPEN, CLOSE] = ['\ue000', '\ue001']

const SIGNS: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '_', em: '_', del: '~~', s: '~~' }
const NOTHING = new Set(['script', 'style', 'title', 'noscript', 'template', 'iframe', 'object', 'svg', 'head'])
const WITHIN = new Set(
  'a abbr bdi bdo cite code data dfn font kbd label mark q samp small span sub sup time u var'.split(' '),
)

/**
 * What is set on another page, as it is set here; what this place cannot set is its words. `root` is of a document that is not
 * shown: it is only read.
 */
export function markdownOf(root: HTMLElement): string {
  const blocks: string[] = []
  return textOf(root, blocks)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}[ \t]*/g, '\n\n')
    .replace(new RegExp(`^(.*)${OPEN}(\\d+)${CLOSE}`, 'gm'), (_, before: string, at: string) =>
      // As deep in a list or a quote as the line that it begins on.
      (before + blocks[Number(at)]).replaceAll('\n', `\n${before.replace(/[^>\s]/g, ' ')}`),
    )
    .trim()
}

function textOf(node: Node, blocks: string[]): string {
  if (node instanceof Text) return wordsOf(node)
  if (!(node instanceof HTMLElement) || NOTHING.has(node.localName)) return ''
  const { localName: name } = node
  const inner = () => [...node.childNodes].map((child) => textOf(child, blocks)).join('')
  const sign = SIGNS[name]
  if (sign) return /^(normal|400)$/.test(node.style.fontWeight) ? inner() : marked(inner(), sign)
  if (name === 'br') return '\n'
  if (name === 'img') return wordsIn(node.getAttribute('alt') ?? '')
  if (name === 'a') return linkTo(inner(), node as HTMLAnchorElement)
  if (name === 'code') return codeSpan(node.textContent)
  if (name === 'pre') return onItsOwn(`${OPEN}${blocks.push(codeBlock(node.textContent)) - 1}${CLOSE}`)
  if (name === 'ul' || name === 'ol') return onItsOwn(itemsOf(node, blocks))
  if (name === 'table') return onItsOwn(tableOf(node as HTMLTableElement, blocks) ?? inner())
  if (name === 'blockquote') return onItsOwn(tidy(inner()).replace(/^/gm, '> '))
  if (/^h[1-6]$/.test(name)) return onItsOwn(`${'#'.repeat(Number(name[1]))} ${inLine(inner())}`)
  return WITHIN.has(name) ? inner() : onItsOwn(inner())
}

const onItsOwn = (text: string) => (text.trim() ? `\n\n${text.trim()}\n\n` : '\n')
const tidy = (text: string) => text.trim().replace(/\n\s*\n/g, '\n\n')
const inLine = (text: string) => text.trim().replace(/\s+/g, ' ')

function wordsOf({ data, previousSibling }: Text): string {
  const text = wordsIn(data.replace(/\s+/g, ' '))
  return previousSibling?.nodeName === 'BR' ? text.trimStart() : text
}

/** Signs are kept from what they do only where they would do something: a snake_case word stays one. */
function wordsIn(written: string): string {
  const text = written.replace(/[\ue000\ue001]/g, '')
  if (isPlain(text)) return text
  return text.replace(/[\\`*_~|[\]<>#]/g, '\\$&').replace(/^(\s*(?:\d{1,9}(?=[.)] )|(?=[-+] )))/, '$1\\')
}

function isPlain(text: string): boolean {
  const [block, ...others] = parse(text)
  if (!block) return true
  const isBare = (part: string | { type: string }) => typeof part === 'string' || part.type === 'link'
  return others.length === 0 && block.type === 'text' && block.content.every(isBare) && !text.includes('](')
}

/** Blanks at the ends stay outside: a sign beside one is text. */
function marked(text: string, sign: string): string {
  const words = text.trim()
  if (!words || /\n\n/.test(words)) return text
  const [before = '', after = ''] = text.split(words)
  return `${before}${sign}${words}${sign}${after}`
}

const signFor = (text: string, least: number) =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))

function codeSpan(text: string): string {
  if (!text.trim()) return ''
  const sign = signFor(text, 1)
  return sign.length > 1 ? `${sign} ${inLine(text)} ${sign}` : `${sign}${inLine(text)}${sign}`
}

const codeBlock = (text: string) => `${signFor(text, 3)}\n${text.replace(/^\n|\n$/g, '')}\n${signFor(text, 3)}`

function linkTo(text: string, { href }: HTMLAnchorElement): string {
  const words = inLine(text)
  if (!words || !/^(?:https?|mailto):/i.test(href)) return text
  const address = href.replace(/[()\s]/g, (sign) => ({ '(': '%28', ')': '%29' })[sign] ?? '%20')
  const isBare = words === href || `${words}/` === href
  return text.replace(text.trim(), () => (isBare ? href : `[${words}](${address})`))
}

function itemsOf(list: HTMLElement, blocks: string[]): string {
  const first = Number(list.getAttribute('start') ?? 1)
  return [...list.children]
    .map((item, i) => {
      const sign = list.localName === 'ol' ? `${first + i}. ` : '- '
      return sign + tidy(textOf(item, blocks)).replace(/\n+/g, `\n${' '.repeat(sign.length)}`)
    })
    .join('\n')
}

/** Null where it is a frame for a page, not rows of cells. */
function tableOf({ rows }: HTMLTableElement, blocks: string[]): string | null {
  const cells = [...rows].map((row) =>
    [...row.cells].map((cell) => inLine(textOf(cell, blocks)).replaceAll('|', '\\|')),
  )
  const width = Math.max(0, ...cells.map((row) => row.length))
  if (width < 2 || cells.length < 2) return null
  const line = (row: readonly string[]) => `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`
  const [head = [], ...rest] = cells
  return [line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join('\n')
}
