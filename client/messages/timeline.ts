import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message, MessagePage } from '../../protocol/messages.ts'
import type { Head } from '../../protocol/rooms.ts'

/** Most messages of one room that are kept, and drawn. */
export const WINDOW = 400
/** So many are let go of at once: where the first of them goes, all others move, and are drawn again. */
export const STEP = 100
/** So many are kept of a room that nobody looks at: enough to come back to, little to hold and to draw again. */
export const CLOSED_WINDOW = 100

/**
 * What this tab holds of a room: a window of messages without gaps, and a cursor. Packets may come late, twice or in any
 * order; the same set of them gives the same timeline. A packet that begins after the cursor is held until the hole is filled.
 */
export type Timeline = {
  /** Everything of the room up to this revision is in here, as far as it concerns the window. */
  rev: number
  /** The newest message as of that revision. */
  end: number
  /** How far the server is known to be: maybe further. */
  head: Head
  /** Ascending by `seq`, without gaps. */
  messages: readonly Message[]
  /** By position, what is shown beside the window: what replies quote, and a thread that is open. */
  beside: Readonly<Record<number, Message>>
  loaded: boolean
  /** Nobody reads further up: else nothing they can see is dropped for what arrives. */
  following: boolean
  held: readonly RoomChanges[]
  /** The server knows more than the cursor: ask `room:sync` from `rev`. */
  hole: boolean
}

export const newTimeline = (head: Head): Timeline => ({
  rev: head.rev,
  end: head.seq,
  head,
  messages: [],
  beside: {},
  loaded: false,
  following: true,
  held: [],
  hole: false,
})

export const isAtEnd = ({ messages, end }: Timeline): boolean => (messages.at(-1)?.seq ?? 0) >= end
export const isAtStart = ({ messages, end, loaded }: Timeline): boolean =>
  loaded && (messages.length === 0 ? end === 0 : messages[0]?.seq === 1)

/** Takes what a commit changed, or a page of `room:sync`, which has the same form. */
export function applyChanges(timeline: Timeline, changed: RoomChanges): Timeline {
  if (changed.after > timeline.rev) {
    return { ...timeline, held: [...timeline.held, changed], hole: true, head: further(timeline.head, changed) }
  }
  let next = put(timeline, changed)
  const held = [...timeline.held].sort((a, b) => a.after - b.after)
  while (held[0] && held[0].after <= next.rev) {
    const first = held.shift()
    if (first) next = put(next, first)
  }
  return { ...next, held, hole: held.length > 0 || next.rev < next.head.rev }
}

/** What the server says of how far the room is; a cursor behind it is a hole at the very end. */
export function applyHead(timeline: Timeline, head: Head): Timeline {
  if (head.rev <= timeline.rev) return timeline
  const newest = { seq: Math.max(timeline.head.seq, head.seq), rev: Math.max(timeline.head.rev, head.rev) }
  return { ...timeline, head: newest, hole: true }
}

/** Starts over with this page: the first one, another place in history, or the answer to being too far behind. */
export function applyReset(timeline: Timeline, page: MessagePage): Timeline {
  return applyHeld({
    ...timeline,
    ...since(timeline, page.head),
    end: page.head.seq,
    messages: page.messages,
    beside: {},
    loaded: true,
  })
}

/** What this tab knew already may be lacking in a page that was read before it: everything since then is asked for once more. */
function since({ rev, end, head }: Timeline, page: Head): Pick<Timeline, 'rev' | 'head' | 'hole'> {
  const hole = page.rev < rev
  return { rev: page.rev, hole, head: hole ? { seq: Math.max(end, head.seq), rev: Math.max(rev, head.rev) } : page }
}

/** Puts an older or newer page to the window it borders on; one that borders on nothing any more is let go. */
export function applyPage(timeline: Timeline, page: MessagePage, side: 'older' | 'newer'): Timeline {
  const first = timeline.messages[0]?.seq
  const last = timeline.messages.at(-1)?.seq
  if (first === undefined || last === undefined) return applyReset(timeline, page)
  const fits = side === 'older' ? page.messages.at(-1)?.seq === first - 1 : page.messages[0]?.seq === last + 1
  if (!fits) return timeline
  const messages =
    side === 'older' ? [...page.messages, ...timeline.messages] : [...timeline.messages, ...page.messages]
  return {
    ...timeline,
    ...(page.head.rev < timeline.rev && since(timeline, page.head)),
    messages: side === 'older' ? messages.slice(0, WINDOW) : messages.slice(-WINDOW),
  }
}

/** The room is left with this message in sight, or at its end: only what is around it is kept. */
export function applyClose(timeline: Timeline, key: string | null): Timeline {
  const { messages } = timeline
  if (messages.length <= CLOSED_WINDOW) return { ...timeline, following: true }
  const at = messages.findIndex((message) => message.key === key)
  const end = at < 0 ? messages.length : Math.min(messages.length, at + CLOSED_WINDOW / 2)
  return { ...timeline, following: true, messages: messages.slice(Math.max(0, end - CLOSED_WINDOW), end) }
}

function applyHeld(timeline: Timeline): Timeline {
  return timeline.held.reduce<Timeline>((next, changed) => applyChanges(next, changed), { ...timeline, held: [] })
}

const further = (head: Head, { rev, changes }: RoomChanges): Head => ({
  rev: Math.max(head.rev, rev),
  seq: changes.reduce(
    (seq, change) => (change.type === 'message:changed' ? Math.max(seq, change.message.seq) : seq),
    head.seq,
  ),
})

function put(timeline: Timeline, changed: RoomChanges): Timeline {
  let { messages, beside } = timeline
  const arrived = changed.changes.flatMap((change) => (change.type === 'message:changed' ? [change.message] : []))
  for (const message of arrived.sort((a, b) => a.seq - b.seq)) {
    const first = messages[0]?.seq ?? 1
    const last = messages.at(-1)?.seq ?? 0
    // With the first of a thread come those that go on in it.
    const before = beside[message.seq] ?? beside[message.thread ?? 0]
    if (before && (before.seq !== message.seq || message.rev > before.rev))
      beside = { ...beside, [message.seq]: message }
    if (message.seq >= first && message.seq <= last) {
      const index = message.seq - first
      if (message.rev > (messages[index]?.rev ?? 0)) messages = messages.with(index, message)
      // The next message always fits. Somebody far up in history has a window that does not end at the head, and the
      // message after theirs is an old one, which comes with a page.
    } else if (timeline.loaded && message.seq === last + 1 && (timeline.following || messages.length < WINDOW)) {
      messages = [...messages.slice(messages.length < WINDOW ? 0 : STEP), message]
    }
  }
  const head = further(timeline.head, changed)
  const end = Math.max(timeline.end, ...arrived.map(({ seq }) => seq))
  return { ...timeline, messages, beside, head, end, rev: Math.max(timeline.rev, changed.rev) }
}
