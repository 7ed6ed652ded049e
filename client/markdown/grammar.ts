import {
  parser,
  Strikethrough,
  Table,
  TaskList,
  type BlockContext,
  type InlineContext,
  type Line,
  type MarkdownConfig,
} from '@lezer/markdown'
import { bareAddress } from '../../protocol/links.ts'

const MENTION = /^<@[\w-]{1,32}>/
const IN_BRACKETS = /^<(?:https?:\/\/|mailto:)[^\s<>]*>/i
const WORD = /[\w.+-]/
const LETTER = /[\p{L}\p{N}]/u
const EMOJI = /^:[a-z0-9_+-]{2,32}:(?![\p{L}\p{N}])/u

const spoiler = { resolve: 'Spoiler', mark: 'SpoilerMark' }
const code = (sign: string) => sign.charCodeAt(0)
const [LESS, BAR, COLON] = [code('<'), code('|'), code(':')]

/** `||text||`; also around blanks: better a word too many is hidden than one too few. */
const Spoiler: MarkdownConfig = {
  defineNodes: ['Spoiler', 'SpoilerMark'],
  parseInline: [
    {
      name: 'Spoiler',
      before: 'Emphasis',
      parse: (cx, next, at) =>
        next === BAR && cx.char(at + 1) === BAR ? cx.addDelimiter(spoiler, at, at + 2, true, true) : -1,
    },
  ],
}

/** `<@id>`, `<https://…>`, and addresses as they are. */
const Links: MarkdownConfig = {
  defineNodes: ['Mention', 'Address'],
  parseInline: [
    {
      name: 'Brackets',
      before: 'Emphasis',
      parse(cx, next, at) {
        if (next !== LESS) return -1
        const text = cx.slice(at, Math.min(cx.end, at + 2_048))
        const mention = MENTION.exec(text)
        if (mention) return add(cx, 'Mention', at, mention[0].length)
        const address = IN_BRACKETS.exec(text)
        return address ? add(cx, 'Address', at, address[0].length) : -1
      },
    },
    {
      name: 'Bare',
      before: 'Emphasis',
      parse(cx, next, at) {
        if (!WORD.test(String.fromCharCode(next)) || (at > cx.offset && WORD.test(cx.slice(at - 1, at)))) return -1
        const address = bareAddress(cx.slice(at, Math.min(cx.end, at + 2_048)))
        return address ? add(cx, 'Address', at, address.length) : -1
      },
    },
  ],
}

/** `:name:`, where no letter touches it: that is a time, or something else. */
const OwnEmoji: MarkdownConfig = {
  defineNodes: ['OwnEmoji'],
  parseInline: [
    {
      name: 'OwnEmoji',
      before: 'Emphasis',
      parse(cx, next, at) {
        if (next !== COLON || (at > cx.offset && LETTER.test(cx.slice(at - 1, at)))) return -1
        const found = EMOJI.exec(cx.slice(at, Math.min(cx.end, at + 40)))
        return found ? add(cx, 'OwnEmoji', at, found[0].length) : -1
      },
    },
  ],
}

const add = (cx: InlineContext, name: string, at: number, length: number) =>
  cx.addElement(cx.elt(name, at, at + length))

/** Below a quote or a list one answers it: a line that does not go on with its sign is none of it, whatever CommonMark says. */
const NothingGoesOn: MarkdownConfig = {
  parseBlock: [
    {
      name: 'NothingGoesOn',
      endLeaf: (cx: BlockContext, line: Line & { depth?: number }) => (line.depth ?? cx.depth) < cx.depth,
    },
  ],
}

/**
 * What people write in a chat. Not in it: HTML, which is text; entities, which stand as they were typed; lines below a text
 * that make it a heading, lines across, and blanks that make it code: nobody means those.
 */
export const grammar = parser.configure([
  {
    remove: [
      'HTMLBlock',
      'HTMLTag',
      'Entity',
      'HardBreak',
      'IndentedCode',
      'SetextHeading',
      'LinkReference',
      'HorizontalRule',
    ],
  },
  Strikethrough,
  Table,
  TaskList,
  Spoiler,
  Links,
  OwnEmoji,
  NothingGoesOn,
])
