import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { Head } from '../../protocol/rooms.ts'
import { CLOSED_WINDOW, isAtEnd, newTimeline, type Timeline } from '../messages/timeline.ts'
import type { RoomState } from '../rooms/roomState.ts'
import type { State, StateEvent } from './state.ts'
import type { UseDatabase } from './storage.ts'
import type { Store } from './store.ts'

/** So many rooms keep their newest page, and so much text of each. */
const PAGES = 20
const PAGE_TEXT = 256 * 1024
/** What was read is kept so long after it changed. Milliseconds. */
const AFTER = 1_000

/** The newest messages of a room, and the cursor from which `room:sync` goes on. */
export type Page = Pick<Timeline, 'rev' | 'end' | 'messages'> & { roomId: string }

/** Everything else that a page is drawn from. */
export type Place = {
  name: string
  me: Person
  logId: string
  people: Person[]
  peopleRev: number
  rooms: (Omit<RoomState, 'timeline' | 'notices'> & { head: Head })[]
}

export type Recalled = { name: string; event: Extract<StateEvent, { type: 'recalled' }> }

/** What this browser was last shown, or null. */
export async function recall(use: UseDatabase): Promise<Recalled | null> {
  const found = await use((database) => database.recall())
  if (!found) return null
  const { name, me, logId, people, peopleRev, rooms } = found.place
  const byId = new Map(found.pages.map((page) => [page.roomId, page]))
  const restored = rooms.map(({ head, ...rest }): [string, RoomState] => {
    const page = byId.get(rest.room.id)
    const timeline = page
      ? { ...newTimeline({ seq: page.end, rev: page.rev }), ...page, loaded: true }
      : newTimeline(head)
    return [rest.room.id, { ...rest, timeline, notices: [] }]
  })
  return {
    name,
    event: {
      type: 'recalled',
      me,
      logId,
      peopleRev,
      people: Object.fromEntries(people.map((person) => [person.id, person])),
      rooms: Object.fromEntries(restored),
    },
  }
}

/** Keeps what is on the page for the next start, with or without a network, until somebody else comes in or nobody is. */
export function keepReads(store: Store<State, StateEvent>, use: UseDatabase, name: string, owner: string | null): void {
  const written = new Map<string, Timeline>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Promise.resolve()

  async function save(): Promise<void> {
    const { me, logId, rooms, people, peopleRev, link } = store.getState()
    const now = me && logId && link.phase !== 'signedOut' ? `${me.id} ${logId}` : null
    if (owner !== now) {
      owner = now
      written.clear()
      await use((database) => database.forget())
    }
    if (!now || !me || !logId) return
    const recent = Object.values(rooms)
      .sort((a, b) => Number(b.timeline.loaded) - Number(a.timeline.loaded) || b.activeAt - a.activeAt)
      .slice(0, PAGES)
    const changed = recent.filter(({ room, timeline }) => written.get(room.id) !== timeline && isWhole(timeline))
    for (const { room, timeline } of changed) written.set(room.id, timeline)
    const spoken = new Set(recent.flatMap(({ timeline }) => timeline.messages.map(({ authorId }) => authorId)))
    for (const { room, last: preview } of Object.values(rooms)) {
      for (const id of [...room.people, ...(preview ? [preview.authorId] : [])]) spoken.add(id)
    }
    const place: Place = {
      name,
      me,
      logId,
      peopleRev,
      people: Object.values(people).filter(({ id }) => spoken.has(id)),
      rooms: Object.values(rooms).map(({ timeline, notices: _notices, ...rest }) => ({ ...rest, head: timeline.head })),
    }
    const pages = changed.map(({ room, timeline: { rev, end, messages } }) => ({
      roomId: room.id,
      rev,
      end,
      messages: newest(messages),
    }))
    await use((database) =>
      database.remember(
        place,
        pages,
        recent.map(({ room }) => room.id),
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
  document.addEventListener('visibilitychange', keep)
  keep()
}

/** A window that ends where the room does, with nothing missing: only that may be gone on from. */
const isWhole = (timeline: Timeline): boolean => timeline.loaded && !timeline.hole && isAtEnd(timeline)

function newest(messages: readonly Message[]): readonly Message[] {
  let text = 0
  const first = messages.findLastIndex(({ body }) => (text += body.length) > PAGE_TEXT)
  return messages.slice(Math.max(first + 1, messages.length - CLOSED_WINDOW))
}
