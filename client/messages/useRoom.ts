import { useEffect, useRef, useState } from 'react'
import { PAGE_SIZE } from '../../protocol/limits.ts'
import type { RoomState } from '../rooms/roomState.ts'
import type { Place } from '../socket/connect.ts'
import type { State } from '../socket/state.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { unreadOf } from '../unread/unread.ts'
import { rowsOf, unknown } from './rows.ts'
import { isAtEnd, isAtStart } from './timeline.ts'

/** Reading is told to the server at most this often. Milliseconds. */
const TOLD_EVERY = 1_000

/** One room, as its screen needs it. */
export function useRoom(roomId: string) {
  'use memo'
  const { store, request, load, send, retry, discard } = useSocket()
  const state = useStore((all) => all.rooms[roomId])
  const people = useStore((all) => all.people)
  const outbox = useStore((all) => all.outbox)
  const me = useStore((all) => all.me)
  const online = useStore((all) => all.link.phase === 'online')
  const watched = useRef(online)
  const [lineAfter, setLine] = useState<number | null>(() => lineOf(store.getState(), roomId))
  const told = useRef({ seq: 0, timer: 0 })
  const current = (): RoomState | undefined => store.getState().rooms[roomId]

  const loaded = state?.timeline.loaded ?? false
  const present = state !== undefined
  useEffect(() => {
    if (present && !loaded && online) void load(roomId, startOf(store.getState().rooms[roomId]))
  }, [present, loaded, online, roomId, load, store])

  // While somebody watches, new messages never get a line; while they are away they do, and before this page was there.
  const head = state?.timeline.head.seq ?? 0
  useEffect(() => {
    const before = watched.current
    watched.current ||= online
    if (before && document.hasFocus() && document.visibilityState === 'visible') return
    setLine((line) => {
      const next = lineOf(store.getState(), roomId)
      return next === null || (line !== null && line >= next) ? line : next
    })
  }, [head, online, roomId, store])

  const otherId = state?.room.people.find((id) => id !== me?.id)
  const other = otherId === undefined ? null : (people[otherId] ?? unknown)

  function seen(seq: number): void {
    if (seq <= (current()?.unread.readUpTo ?? Infinity)) return
    store.dispatch({ type: 'read', roomId, readUpTo: seq })
    told.current.seq = Math.max(told.current.seq, seq)
    if (told.current.timer) return
    void request('read:advance', { roomId, seq })
    told.current.timer = window.setTimeout(() => {
      told.current.timer = 0
      const newest = told.current.seq
      if (newest > seq) void request('read:advance', { roomId, seq: newest })
    }, TOLD_EVERY)
  }

  function follow(following: boolean): void {
    if (current() && current()?.timeline.following !== following) {
      store.dispatch({ type: 'following', roomId, following })
    }
  }

  /** Nobody looks at the room any more; `key` is the message that was in sight. */
  function close(key: string | null): void {
    store.dispatch({ type: 'closed', roomId, key })
  }

  async function goToLatest(): Promise<void> {
    follow(true)
    const room = current()
    if (room && !isAtEnd(room.timeline)) await load(roomId, 'newest')
  }

  function readAll(): void {
    setLine(null)
    seen(current()?.timeline.head.seq ?? 0)
  }

  return {
    room: state?.room ?? null,
    membersRev: state?.membersRev ?? 0,
    title: other?.name ?? state?.room.name ?? '',
    other,
    rows: state && me ? rowsOf(state, { people, outbox, me, online }) : [],
    atStart: state ? isAtStart(state.timeline) : false,
    atEnd: state ? isAtEnd(state.timeline) : true,
    loading: present && !loaded,
    lineAfter,
    unread: state && me ? unreadOf(state.unread, state.timeline, me.id) : 0,
    loadOlder: () => void load(roomId, 'older'),
    loadNewer: () => void load(roomId, 'newer'),
    goToLatest,
    follow,
    close,
    seen,
    readAll,
    /** Says why, if it cannot be taken. */
    send(body: string): ReturnType<typeof send> {
      const full = send(roomId, body)
      if (full) return full
      readAll()
      void goToLatest()
      return null
    },
    retry,
    discard,
  }
}

/** More unread than a page holds: reading goes on where it stopped, not at the end. */
function startOf(state: RoomState | undefined): Place {
  if (!state) return 'newest'
  const { readUpTo } = state.unread
  return state.timeline.head.seq - readUpTo > PAGE_SIZE / 2 ? { around: Math.max(1, readUpTo) } : 'newest'
}

function lineOf(state: State, roomId: string): number | null {
  const room = state.rooms[roomId]
  if (!room || !state.me) return null
  return unreadOf(room.unread, room.timeline, state.me.id) > 0 ? room.unread.readUpTo : null
}
