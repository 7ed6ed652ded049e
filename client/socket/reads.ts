import { namedIn } from '../../protocol/mentions.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Head } from '../../protocol/rooms.ts'
import { quotedBy } from '../messages/beside.ts'
import { CLOSED_WINDOW, isAtEnd, newTimeline, type Timeline } from '../messages/timeline.ts'
import type { RoomState } from '../rooms/roomState.ts'
import { nothingRead } from '../unread/unread.ts'
import type { Connection } from './connect.ts'
import { OWNER, openShelf } from './shelf.ts'
import { initialState, type State, type StateEvent } from './state.ts'
import type { WithDatabase } from './storage.ts'
import type { Store } from './store.ts'

/** So many rooms keep their newest page, and so much text of each. */
const PAGES = 20
const PAGE_TEXT = 256 * 1024
/** What was read is kept so long after it changed. Milliseconds. */
const AFTER = 1_000

/** The newest messages of a room, and the cursor from which `room:sync` goes on. */
export type Page = Pick<Timeline, 'rev' | 'end' | 'messages'> & Partial<Pick<Timeline, 'beside'>> & { roomId: string }

/** Everything else that a page is drawn from. */
export type Place = Pick<State, 'moderation'> & {
  name: string
  me: Person
  logId: string
  people: Person[]
  peopleRev: number
  rooms: (Omit<RoomState, 'timeline' | 'notices'> & { head: Head })[]
}

export type Recalled = { name: string; event: Extract<StateEvent, { type: 'recalled' }> }

/** What this browser was last shown, or null. */
export async function recall(use: WithDatabase): Promise<Recalled | null> {
  const found = await use((database) => database.recall())
  if (!found) return null
  const { name, me, logId, people, peopleRev, rooms, moderation } = found.place
  if (!isOwner(me)) return null
  const byId = new Map(found.pages.map((page) => [page.roomId, page]))
  const restored = rooms.map(({ head, ...rest }): [string, RoomState] => {
    const page = byId.get(rest.room.id)
    const timeline = page
      ? { ...newTimeline({ seq: page.end, rev: page.rev }), ...page, loaded: true }
      : newTimeline(head)
    // An earlier page may have kept less of it.
    return [rest.room.id, { ...rest, unread: { ...nothingRead, ...rest.unread }, timeline, notices: [] }]
  })
  return {
    name,
    event: {
      type: 'recalled',
      me,
      logId,
      peopleRev,
      // What an older Natter kept has none.
      moderation: moderation ?? initialState.moderation,
      people: Object.fromEntries(people.map((person) => [person.id, person])),
      rooms: Object.fromEntries(restored),
    },
  }
}

/** Whose this browser is: where it does not keep that, whoever sits in front of it. */
function isOwner({ id }: Person, isNoted = false): boolean {
  const owner = openShelf().get(OWNER)
  return owner === id || (owner === null && !isNoted)
}

type Keeping = {
  use: WithDatabase
  listen: Connection['listen']
  /** The place's, as long as the server has not told of another. */
  name: string
  /** Whose reads of which log are kept already. */
  owner: string | null
}

/** Keeps what is on the page for the next start, with or without a network, until somebody else comes in or all have left. */
export function keepReads(store: Store<State, StateEvent>, { use, listen, name, owner }: Keeping): void {
  const written = new Map<string, Timeline>()
  /** Rooms in which something was deleted, and whose page does not know it yet. */
  const outdated = new Set<string>()
  let saved: Partial<State> = {}
  /** Once it was noted whose this browser is, nobody's is nobody's: they have signed out in another tab. */
  let noted = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Promise.resolve()

  async function save(): Promise<void> {
    const state = store.getState()
    const { me, logId, rooms, people, peopleRev, link, moderation } = state
    const now = me && logId && link.phase !== 'signedOut' ? `${me.id} ${logId}` : null
    if (now === owner && shown.every((part) => state[part] === saved[part])) return
    // Another person has come in beside this tab: the browser is theirs.
    noted ||= openShelf().get(OWNER) !== null
    if (me && !isOwner(me, noted)) return
    if (owner !== now) {
      owner = now
      written.clear()
      await use((database) => database.forget())
    }
    if (!now || !me || !logId) return
    saved = state
    const recent = Object.values(rooms)
      .sort((a, b) => Number(b.timeline.loaded) - Number(a.timeline.loaded) || b.activeAt - a.activeAt)
      .slice(0, PAGES)
    const changed = recent.filter(({ room, timeline }) => written.get(room.id) !== timeline && isWhole(timeline))
    for (const { room, timeline } of changed) {
      written.set(room.id, timeline)
      outdated.delete(room.id)
    }
    const held = recent.flatMap(({ timeline }) => [...timeline.messages, ...Object.values(timeline.beside)])
    const spoken = new Set(held.flatMap(spokenIn))
    for (const { room, last: preview } of Object.values(rooms)) {
      const named = preview ? spokenIn({ authorId: preview.authorId, body: preview.text }) : []
      for (const id of [...room.people, ...named]) spoken.add(id)
    }
    const place: Place = {
      name: state.place?.name ?? name,
      me,
      logId,
      peopleRev,
      moderation,
      people: Object.values(people).filter(({ id }) => spoken.has(id)),
      rooms: Object.values(rooms).map(({ timeline, notices: _notices, ...rest }) => ({ ...rest, head: timeline.head })),
    }
    const pages = changed.map(({ room, timeline: { rev, end, messages, beside } }) => {
      const kept = newest(messages)
      return { roomId: room.id, rev, end, messages: kept, beside: quotedBy(kept, beside) }
    })
    await use((database) =>
      database.remember(
        place,
        pages,
        recent.map(({ room }) => room.id).filter((roomId) => !outdated.has(roomId)),
      ),
    )
  }

  // What cannot be kept is on the server.
  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    last = last.then(save).catch(() => {})
  }
  store.subscribe(() => (timer ??= setTimeout(keep, AFTER)))
  listen(({ roomId, changes }) => {
    if (changes.some((change) => change.type === 'message:changed' && change.message.deleted)) outdated.add(roomId)
  })
  document.addEventListener('visibilitychange', keep)
  keep()
}

type Spoken = Pick<Message, 'authorId' | 'body' | 'forwarded' | 'replies' | 'pinned'>

/** Who wrote it, and whom it names. */
const spokenIn = ({ authorId, body, forwarded, replies, pinned }: Spoken) => [
  authorId,
  ...namedIn(body),
  ...(forwarded ? [forwarded.authorId] : []),
  ...(replies?.by ?? []),
  ...(pinned ? [pinned.by] : []),
]

/** What a page is drawn from. */
const shown = ['place', 'me', 'logId', 'rooms', 'people', 'peopleRev', 'link', 'moderation'] as const

/** A window that ends where the room does, with nothing missing: only that may be gone on from. */
const isWhole = (timeline: Timeline): boolean => timeline.loaded && !timeline.hole && isAtEnd(timeline)

function newest(messages: readonly Message[]): readonly Message[] {
  let text = 0
  const first = messages.findLastIndex(({ body }) => (text += body.length) > PAGE_TEXT)
  return messages.slice(Math.max(first + 1, messages.length - CLOSED_WINDOW))
}
