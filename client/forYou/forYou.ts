import type { Change } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import { isForYou, type Quiet } from '../unread/unread.ts'

/** What was said to me, newest first, as far as it was asked for. */
export type Found = { messages: readonly Message[]; next: string | null }

const nameOf = ({ roomId, seq }: Message) => `${roomId} ${seq}`

const newestFirst = (a: Message, b: Message) => b.sentAt - a.sentAt || b.seq - a.seq

/** What changed meanwhile: something new for me, another text, one that does not mention me any more, one that is gone. */
export function applyToFound(found: Found, changes: readonly Change[], quiet: Quiet): Found {
  return changes.reduce((before, change) => {
    if (change.type !== 'message:changed') return before
    const { message } = change
    const held = before.messages.find((one) => nameOf(one) === nameOf(message))
    if (held && held.rev >= message.rev) return before
    const others = before.messages.filter((one) => one !== held)
    const isForMe = isForYou(message, quiet)
    // Further down than what is shown comes with the page that it stands on.
    const isShown = before.next === null || message.sentAt >= (before.messages.at(-1)?.sentAt ?? 0)
    if (!isForMe || !isShown) return held ? { ...before, messages: others } : before
    return { ...before, messages: [...others, message].sort(newestFirst) }
  }, found)
}

/** The next page below what is there, or the first one. */
export function addPage(found: Found | null, page: Found): Found {
  const held = new Set(found?.messages.map(nameOf))
  return {
    messages: [...(found?.messages ?? []), ...page.messages.filter((one) => !held.has(nameOf(one)))],
    next: page.next,
  }
}
