import type { SyntaxNode } from '@lezer/common'
import { EMOJI_IN_TEXT, MENTION_LIMIT, MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { codeIn } from '../../protocol/code.ts'
import { addressOf } from '../../protocol/links.ts'
import type { Aligned, Block, Inline, Item, Row } from './blocks.ts'
import { grammar } from './grammar.ts'
import { codeText, isLink, joined, trimmed, withoutIndent } from './inline.ts'
import { roomAt, shownAs } from './links.ts'

/**
 * The parser tries every sign against those before it, and every line against the quotes and lists around it. It is linear only
 * while there are few: nobody writes so many signs outside code, nor nests so deep. What does is shown as it was typed.
 */
const MOST_SIGNS = 1_000
const SIGNS = '*_~[]|`<>\\'
/** Lines that begin a quote, a list, a heading or code, and empty ones, which end what was. */
const BEGINNINGS = /^[ \t]*(?:[-+*#>]|\d{1,9}[.)]|`{3}|~{3}|$)/gm
const MOST_BEGINNINGS = 700
const TOO_DEEP = /^[ \t]*(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+){9}/m
const DEEPEST = 9
/** So much is drawn of one message without anybody waiting for it. */
const MOST_PARTS = 1_200

/** What a message is made of. The same text is the same everywhere: it depends on nothing else. */
export function parse(body: string): readonly Block[] {
  return hasTooMuch(body) ? asTyped(body) : (new Builder(body).build() ?? asTyped(body))
}

const asTyped = (body: string): Block[] => [{ type: 'text', content: [body] }]

function hasTooMuch(body: string): boolean {
  if (body.length > MESSAGE_LENGTH || TOO_DEEP.test(body) || (body.match(BEGINNINGS)?.length ?? 0) > MOST_BEGINNINGS)
    return true
  const signs = countSigns(body, 0, body.length)
  if (signs <= MOST_SIGNS) return false
  return codeIn(body).reduce((left, [from, to]) => left - countSigns(body, from, to), signs) > MOST_SIGNS
}

function countSigns(body: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (SIGNS.includes(body.charAt(i))) count++
  return count
}

const marks = { Emphasis: 'emphasis', StrongEmphasis: 'strong', Strikethrough: 'strike', Spoiler: 'spoiler' } as const
const isMark = (name: string): name is keyof typeof marks => Object.hasOwn(marks, name)

/** Of what the library found takes what may be drawn; all else stays the text that it was. */
class Builder {
  body: string
  parts = 0
  mentions = 0
  emoji = 0

  constructor(body: string) {
    this.body = body
  }

  /** Null where it would be too much to draw. */
  build(): readonly Block[] | null {
    const blocks = this.blocksOf(grammar.parse(this.body).topNode, 0)
    return this.parts > MOST_PARTS ? null : blocks
  }

  text(node: { from: number; to: number }): string {
    return this.body.slice(node.from, node.to)
  }

  blocksOf(parent: SyntaxNode, depth: number): Block[] {
    const blocks: Block[] = []
    let end = parent.from
    for (const node of childrenOf(parent)) {
      if (++this.parts > MOST_PARTS || node.name.endsWith('Mark')) continue
      // Blanks before a text are its own, where nothing else says how far to the right it stands.
      const from = depth === 0 && node.name === 'Paragraph' ? this.lineStart(node.from) : node.from
      const block = this.blockOf(node, from, depth)
      const before = blocks.at(-1)
      if (block.type === 'text' && before?.type === 'text')
        blocks[blocks.length - 1] = {
          type: 'text',
          content: joined([...before.content, this.body.slice(end, from).replace(/[^\n]/g, ''), ...block.content]),
        }
      else blocks.push(block)
      end = node.to
    }
    return blocks
  }

  lineStart(at: number): number {
    let from = at
    while (from > 0 && /[ \t]/.test(this.body.charAt(from - 1))) from--
    return from
  }

  blockOf(node: SyntaxNode, from: number, depth: number): Block {
    const { name } = node
    if (depth > DEEPEST) return { type: 'text', content: [this.text(node)] }
    if (name === 'Blockquote') return { type: 'quote', content: this.blocksOf(node, depth + 1) }
    if (name === 'BulletList' || name === 'OrderedList') return this.listOf(node, depth)
    if (name === 'FencedCode') return this.codeOf(node)
    if (name === 'Table') return this.tableOf(node)
    const level = /^ATXHeading(\d)$/.exec(name)?.[1]
    if (level) {
      const content = this.inlineOf(node, node.from, node.to, depth)
      return { type: 'heading', level: level === '1' ? 1 : level === '2' ? 2 : 3, content: trimmed(content) }
    }
    const content = this.inlineOf(node, name === 'Task' ? node.from + 4 : from, node.to, 0)
    // In a quote or a list the blanks before a line only reach its text.
    return { type: 'text', content: depth > 0 ? content.map(withoutIndent) : content }
  }

  listOf(list: SyntaxNode, depth: number): Block {
    const items = childrenOf(list).map((node): Item => {
      const task = node.getChild('Task')
      const marker = task?.getChild('TaskMarker')
      return { done: marker ? /x/i.test(this.text(marker)) : null, content: this.blocksOf(node, depth + 1) }
    })
    const first = list.firstChild?.getChild('ListMark')
    return { type: 'list', start: list.name === 'OrderedList' && first ? parseInt(this.text(first), 10) : null, items }
  }

  codeOf(node: SyntaxNode): Block {
    const info = node.getChild('CodeInfo')
    const language = info ? (/^[\w+#.-]{1,32}/.exec(this.text(info))?.[0] ?? '') : ''
    const lines = node.getChildren('CodeText').map((part) => this.text(part))
    return { type: 'code', language: language.toLowerCase(), text: lines.join('') }
  }

  tableOf(table: SyntaxNode): Block {
    const delimiter = childrenOf(table).find(({ name }) => name === 'TableDelimiter')
    const aligned = (delimiter ? this.text(delimiter) : '')
      .replace(/^[\s>]*\|?|\|?\s*$/g, '')
      .split('|')
      .map((cell): Aligned => (/^\s*:.*:\s*$/.test(cell) ? 'center' : /:\s*$/.test(cell) ? 'end' : 'start'))
    const rows = [...table.getChildren('TableHeader'), ...table.getChildren('TableRow')].map((row) =>
      this.cellsOf(row, aligned.length),
    )
    return { type: 'table', aligned, rows }
  }

  /** As many as the table has columns: two lines between which nothing stands are a cell that is empty. */
  cellsOf(row: SyntaxNode, columns: number): Row {
    const cells: Inline[][] = []
    let open: Inline[] | null = this.body.charAt(row.from) === '|' ? null : []
    for (const node of childrenOf(row)) {
      if (node.name === 'TableCell') open = this.inlineOf(node, node.from, node.to, 1)
      else {
        if (open) cells.push(open)
        open = []
      }
    }
    if (open && open.length > 0) cells.push(open)
    this.parts += columns
    return Array.from({ length: columns }, (_, i) => cells[i] ?? [])
  }

  /** What stands in `node` between two places: text, and what the library found in it. */
  inlineOf(node: SyntaxNode, from: number, to: number, depth: number): Inline[] {
    const found: Inline[] = []
    let end = from
    for (const child of childrenOf(node)) {
      if (child.from < from || child.to > to) continue
      found.push(this.body.slice(end, child.from), ...this.partsOf(child, depth + 1))
      end = child.to
    }
    found.push(this.body.slice(end, to))
    return joined(found)
  }

  partsOf(node: SyntaxNode, depth: number): readonly Inline[] {
    const { name } = node
    if (/(?:Mark|Marker|Delimiter)$/.test(name)) return []
    if (++this.parts > MOST_PARTS || depth > DEEPEST) return [this.text(node)]
    if (isMark(name)) return [{ type: marks[name], content: this.inlineOf(node, node.from, node.to, depth) }]
    if (name === 'InlineCode') return [{ type: 'code', text: codeText(this.text(node)) }]
    if (name === 'Escape') return [this.text(node).slice(1)]
    if (name === 'Mention') return this.mentionOf(node)
    if (name === 'OwnEmoji') return this.emojiOf(node)
    if (name === 'Address') return [this.bareLinkOf(node)]
    if (name === 'Link' || name === 'Image') return this.linkOf(node, depth)
    return [this.text(node)]
  }

  mentionOf(node: SyntaxNode): Inline[] {
    const token = this.text(node)
    return [++this.mentions > MENTION_LIMIT ? token : { type: 'mention', id: token.slice(2, -1), token }]
  }

  emojiOf(node: SyntaxNode): Inline[] {
    const token = this.text(node)
    return [++this.emoji > EMOJI_IN_TEXT ? token : { type: 'emoji', token }]
  }

  bareLinkOf(node: SyntaxNode): Inline {
    const written = this.text(node).replace(/^<|>$/g, '')
    const isMail = /^[^:/]+@/.test(written)
    const href = addressOf(isMail ? `mailto:${written}` : written)
    return href === null ? this.text(node) : { type: 'link', href, content: [shownAs(written, href)] }
  }

  /** A picture is a link to it: nothing is fetched from elsewhere because somebody wrote it. */
  linkOf(node: SyntaxNode, depth: number): Inline[] {
    const [open, close] = node.getChildren('LinkMark')
    const url = node.getChild('URL')
    const href = url && addressOf(this.text(url).replace(/^<|>$/g, ''))
    if (!open || !close) return [this.text(node)]
    const content = this.inlineOf(node, open.to, close.from, depth)
    const room = url && roomAt(this.text(url))
    if (room && content.length > 0 && !content.some(isLink)) return [{ type: 'room', ...room, content }]
    if (url && href && !content.some(isLink))
      return [{ type: 'link', href, content: content.length > 0 ? content : [shownAs(this.text(url), href)] }]
    // Whatever says one address and leads to another shows both.
    const end: Inline[] =
      url && href
        ? [
            this.body.slice(close.from, url.from),
            { type: 'link', href, content: [href] },
            this.body.slice(url.to, node.to),
          ]
        : [this.body.slice(close.from, node.to)]
    return [this.text(open), ...content, ...end]
  }
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}
