import type { RefusalBody } from '../../protocol/errors.ts'
import type { Forwarded, NewPoll, SendMessage } from '../../protocol/messages.ts'
import type { ShownFile } from '../uploads/files.ts'

/** Most messages that wait, and for how long the first of them; then the box keeps the text and says so. Nothing is dropped. */
const MOST_WAITING = 500
const LONGEST_WAITING = 7 * 24 * 60 * 60 * 1000

/** What a message may be beside a text: what it repeats, and how that is shown until the server says it; a poll; or files. */
export type Along = Pick<SendMessage, 'forward'> & {
  forwarded?: Forwarded
  poll?: NewPoll
  /** Those on their way; with `forward` those that are there. */
  files?: readonly ShownFile[] | undefined
}

/** A message from the moment Enter was pressed until the server has stored it. */
export type Entry = Along & {
  /** Random, made before any network; the message's own name for as long as it exists. */
  key: string
  roomId: string
  body: string
  /** The message of its room that it answers. */
  replyTo?: number | undefined
  /** Milliseconds since the Unix epoch, by the server's clock as far as this device knows it: shown, and the order of sending. */
  at: number
  /** Only for good: a permanent refusal, in its words. Passing trouble waits. */
  failed: RefusalBody | null
  /** The tab that it was written in. */
  tab: string
  /** Out of danger in this browser, or as far as it can be: only then it is sent. */
  kept: boolean
  /** The revision under which the server has stored it, while its room does not show it yet. */
  rev: number | null
  /** As which draft it was written. */
  draft: string
}

/** As it lies in the browser: by person, so that nothing is ever sent under another name. */
export type KeptEntry = Omit<Entry, 'kept' | 'rev' | 'draft'> & { personId: string }

/**
 * What can be sent of a text: without half characters and without control characters, which nobody sees and which would
 * travel as six bytes each, until a packet of them is too large for the server to take, now and at every further try.
 */
export const sendable = (text: string): string => text.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, '')

/** In the order of writing: what is not out of danger yet holds up what comes after it. */
export function nextToSend(outbox: readonly Entry[]): Entry | undefined {
  const first = outbox.find(({ failed, rev }) => failed === null && rev === null)
  return first?.kept ? first : undefined
}

/** Why the box takes nothing more, if it does not. */
export function isFull(outbox: readonly Entry[], now: number): 'many' | 'old' | null {
  if (outbox.length >= MOST_WAITING) return 'many'
  const first = outbox.find(({ failed }) => failed === null)
  return first && now - first.at > LONGEST_WAITING ? 'old' : null
}

/** What the browser holds, and what is on its way into it or out of it here. */
export function adopt(outbox: readonly Entry[], found: readonly KeptEntry[]): readonly Entry[] {
  const moving = outbox.filter(({ kept, rev }) => !kept || rev !== null)
  const others = found
    .filter(({ key }) => !moving.some((entry) => entry.key === key))
    .map((entry): Entry => ({ ...entry, kept: true, rev: null, draft: entry.roomId }))
  return [...others, ...moving].sort((a, b) => a.at - b.at)
}
