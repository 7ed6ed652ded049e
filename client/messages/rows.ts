import { reaches } from '../../protocol/mentions.ts'
import type { Message, NewPoll, Poll, Reaction } from '../../protocol/messages.ts'
import type { ShownFile } from '../uploads/files.ts'
import type { Person } from '../../protocol/people.ts'
import type { Notice } from '../presence/notices.ts'
import type { RoomState } from '../rooms/roomState.ts'
import type { Entry } from './outbox.ts'
import { isAtEnd } from './timeline.ts'

export type MessageRow = {
  type: 'message'
  /** The sender's own name for it, for life: an acknowledgement changes a colour, not a node. */
  key: string
  /** Null until the server has stored it. */
  seq: number | null
  author: Person
  body: string
  /** Whom it mentions; null until the server has stored it. */
  mentions: readonly string[] | null
  reactions?: readonly Reaction[] | undefined
  /** Somebody else mentions me. */
  toYou: boolean
  /** Milliseconds since the Unix epoch. */
  sentAt: number
  /** When its text was last changed, or null. */
  editedAt: number | null
  deleted: boolean
  /** By somebody else than its author. */
  moderated: boolean
  own: boolean
  state: 'sending' | 'waiting' | 'sent' | 'failed'
  reason?: string | undefined
  /** Itself, for what only a part that comes later shows of it. */
  said: Said
}
/** Nobody has voted in what is still to be sent. */
export type ShownPoll = NewPoll & Partial<Pick<Poll, 'votes' | 'closed'>>
export type Said = Pick<Entry, 'roomId' | 'replyTo' | 'forward' | 'forwarded'> &
  Partial<Pick<Message, 'thread' | 'replies' | 'pinned' | 'preview'>> & {
    /** The draft of the box beside it, if that is not the room’s own. */
    box?: string
    poll?: ShownPoll
    files?: readonly ShownFile[] | undefined
  }
export type NoticeRow = { type: 'notice' } & Notice
export type Row = MessageRow | NoticeRow

type People = Readonly<Record<string, Person>>

export const unknown: Person = { id: '', rev: 1, name: 'Somebody', role: 'member', gone: false, tint: 0 }

/** What stands on a room's page, in order: messages, notices between them, and last what is still to be sent. */
export function rowsOf(
  { room, timeline, notices }: RoomState,
  { people, outbox, me, online }: { people: People; outbox: readonly Entry[]; me: Person; online: boolean },
): Row[] {
  const rows: Row[] = []
  const first = timeline.messages[0]?.seq ?? 0
  const shown = notices.filter(({ afterSeq }) => afterSeq >= first - 1)
  let next = 0
  const placeNotices = (below: number) => {
    for (let notice = shown[next]; notice && notice.afterSeq < below; notice = shown[++next])
      rows.push({ type: 'notice', ...notice })
  }
  for (const message of timeline.messages) {
    placeNotices(message.seq)
    rows.push(sentRow(message, people[message.authorId] ?? unknown, message.authorId === me.id, me.id))
  }
  if (isAtEnd(timeline)) placeNotices(Infinity)
  const stored = new Set(timeline.messages.map(({ key }) => key))
  const waiting = outbox.filter(({ key, roomId }) => roomId === room.id && !stored.has(key))
  return [...rows, ...waiting.map((entry) => outboxRow(entry, me, online))]
}

const nobody: readonly string[] = []
const known = new WeakMap<Message, MessageRow>()

/** The same message by the same author is the same row: what did not change is not drawn again. */
function sentRow(message: Message, author: Person, own: boolean, meId: string): MessageRow {
  const before = known.get(message)
  if (before?.author === author && before.own === own) return before
  const { key, seq, body, mentions = nobody, reactions, sentAt, editedAt, deleted, moderated } = message
  const toYou = !own && reaches(message, meId)
  const row: MessageRow = {
    type: 'message',
    key,
    seq,
    author,
    body,
    mentions,
    reactions,
    toYou,
    sentAt,
    editedAt,
    deleted,
    moderated,
    own,
    state: 'sent',
    said: message,
  }
  known.set(message, row)
  return row
}

function outboxRow(entry: Entry, me: Person, online: boolean): MessageRow {
  const { key, body, at, failed } = entry
  const state = failed ? 'failed' : online ? 'sending' : 'waiting'
  return {
    type: 'message',
    key,
    seq: null,
    author: me,
    body,
    mentions: null,
    toYou: false,
    sentAt: at,
    editedAt: null,
    deleted: false,
    moderated: false,
    own: true,
    state,
    reason: failed?.message,
    said: entry,
  }
}
