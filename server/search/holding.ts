import type { Message } from '../../protocol/messages.ts'

/** What a text can have in it besides words, and what a message beside it, as `has:` names it. */
export type InText = 'link' | 'code'
export type Beside = 'file' | 'image'
export const inText: readonly InText[] = ['link', 'code']
export const beside: readonly Beside[] = ['file', 'image']

/** A block between fences, or as many backticks before it as after it. */
const CODE = /^ {0,3}(?:```|~~~)|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/m

export const HOLDS: Record<InText, (body: string) => boolean> = {
  link: (body) => /\bhttps?:\/\/[^\s/]/iu.test(body),
  code: (body) => CODE.test(body),
}

type Held = Pick<Message, 'body' | 'pinned' | 'files'>

const holds = ({ body, files = [] }: Held, what: InText | Beside): boolean => {
  if (what === 'file') return files.length > 0
  if (what === 'image') return files.some(({ width }) => width !== undefined)
  return HOLDS[what](body)
}

/** Whether a message has in it, and has had done to it, what is asked for. */
export const hasAll = (message: Held, query: { has: readonly (InText | Beside)[]; pinned: boolean }): boolean =>
  query.has.every((what) => holds(message, what)) && (!query.pinned || message.pinned !== undefined)
