import { setImmediate as turn } from 'node:timers/promises'
import type { Parser } from 'htmlparser2'
import { PREVIEW_TITLE } from '../../protocol/limits.ts'

/** Of these the first that a page has, in this order. */
const NAMES = ['og:title', 'twitter:title', 'title']
/** The parser takes the longer for each the more are open, and the head of a page has no more. */
const MOST_TAGS = 5_000
/** So much of a page is read at a time: between two, everybody else has their turn. UTF-16 code units. */
const PIECE = 16 * 1024
/** With all the blanks that one line does without. */
const WRITTEN = 20 * PREVIEW_TITLE

/** The title of a page, out of its head, as one line of plain text: nothing of a page is ever shown as anything else. Null where it has none. */
export async function titleOf(html: string): Promise<string | null> {
  // Only here: few starts of a server see a page at all.
  const { parser, found, isOver } = reading((await import('htmlparser2')).Parser)
  for (let from = 0; from < html.length && !isOver(); from += PIECE) {
    parser.write(html.slice(from, from + PIECE))
    await turn()
  }
  if (!isOver()) parser.end()
  return NAMES.map((name) => oneLine(found.get(name) ?? '')).find(Boolean) ?? null
}

/** What is found while it is read, and whether nothing more is to be found. */
function reading(HtmlParser: typeof Parser) {
  const found = new Map<string, string>()
  let [inTitle, over, tags] = [false, false, 0]
  const end = () => {
    over = true
    parser.pause()
  }
  const parser = new HtmlParser({
    onopentag(name, attributes) {
      if (name === 'title' && !found.get(name)) inTitle = true
      if (name === 'body' || ++tags > MOST_TAGS) return end()
      if (name !== 'meta') return
      const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase()
      const content = attributes['content']?.slice(0, WRITTEN).trim()
      if (!content || !NAMES.includes(key) || found.has(key)) return
      found.set(key, content)
      if (key === NAMES[0]) end()
    },
    ontext(text) {
      const before = found.get('title') ?? ''
      if (inTitle && before.length < WRITTEN) found.set('title', (before + text).trimStart().slice(0, WRITTEN))
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
      if (name === 'head') end()
    },
  })
  return { parser, found, isOver: () => over }
}

/** Without what cannot be seen or turns the direction. */
function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  if (line.length <= PREVIEW_TITLE) return line
  return `${line
    .slice(0, PREVIEW_TITLE - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`
}
