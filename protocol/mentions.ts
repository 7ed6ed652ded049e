import { MENTION_LIMIT, PREVIEW_LENGTH } from './limits.ts'

/**
 * How a mention stands in a message's text: `<@id>`, so that another name is still the same person; `<@here>` for who is here,
 * `<@room>` for everybody in the room. Whom a message really mentions it says itself, in `mentions`: a token of somebody who is
 * not in the room is text. This file has no zod: the client runs it as well.
 */
const TOKEN = /<@([\w-]{1,32})>/g

export const HERE = 'here'
export const ROOM = 'room'

/** Whether it is not one person who is named. */
export const isCall = (id: string): boolean => id === HERE || id === ROOM

/** A piece of text, or whom a token names. */
export type Part = string | { mention: string; token: string }

/** A text in order: of all tokens the first MENTION_LIMIT are mentions, and what comes after them is text. */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  let end = 0
  let left = MENTION_LIMIT
  for (const { 0: token, 1: mention = '', index } of body.matchAll(TOKEN)) {
    if (left-- === 0) break
    if (index > end) parts.push(body.slice(end, index))
    parts.push({ mention, token })
    end = index + token.length
  }
  if (end < body.length) parts.push(body.slice(end))
  return parts
}

/** Whom a text names, people and calls, each once. */
export const namedIn = (body: string): string[] => [
  ...new Set(partsOf(body).flatMap((part) => (typeof part === 'string' ? [] : part.mention))),
]

/** As it is read where nothing can be drawn: with names. What is nobody's stays as it was written. */
export const plainOf = (body: string, nameOf: (id: string) => string | undefined): string =>
  partsOf(body)
    .map((part) => (typeof part === 'string' ? part : (signOf(part.mention, nameOf) ?? part.token)))
    .join('')

/**
 * As it is said in a line, aloud or in a notice: without the signs that set it, and without what is hidden. Tokens stay. What a
 * cut text hides begins somewhere and has no end. No sign looks behind the next one of its kind, so any text is quick.
 */
export function saidOf(body: string): string {
  let text = body
    .replace(/(`+)(?:[\w+#-]*\n)?([^`]*)\1|\|\|[^]*?(?:\|\||$)/g, (_, sign, code: string) => (sign ? code : '▒▒▒'))
    .replace(/^[ \t]*(?:#{1,6} |>+ ?)/gm, '')
    .replace(/!?\[([^[\]\n]*)\]\([^()\s]*\)/g, '$1')
  for (let i = 0; i < 2; i++)
    text = text.replace(/(?<![\w*~])(\*\*|__|~~|[*_])(?=\S)((?:(?!\1).)+)(?<=\S)\1(?!\w)/g, '$2')
  return text
}

/** "@Maya"; nothing for an id that is nobody's. */
export function signOf(id: string, nameOf: (id: string) => string | undefined): string | undefined {
  const name = isCall(id) ? id : nameOf(id)
  return name === undefined ? undefined : `@${name}`
}

type Reaching = { mentions?: readonly string[] | undefined; concerns?: readonly string[] | undefined }

/** Whether a message is for this person: they are named in it, or everybody in the room is, or it goes on where they wrote. */
export const reaches = ({ mentions = [], concerns = [] }: Reaching, personId: string): boolean =>
  mentions.includes(ROOM) || [...mentions, ...concerns].includes(personId)

/** So much of a text, without half a character or half a token at the end. */
export const beginningOf = (text: string, length = PREVIEW_LENGTH): string =>
  text.length < length ? text : text.slice(0, length).replace(/(?:[\ud800-\udbff]|<(?:@[\w-]{0,32})?)$/, '')
