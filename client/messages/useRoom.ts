import { useEffect, useRef, useState } from 'react'
import { PAGE_SIZE } from '../../protocol/limits.ts'
import { manages } from '../people/ranks.ts'
import type { RoomState } from '../rooms/roomState.ts'
import { othersIn, titleOf } from '../rooms/useRooms.ts'
import type { Place } from '../socket/connect.ts'
import type { State } from '../socket/state.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { countsOf, quietFor, unreadOf } from '../unread/unread.ts'
import type { Along } from './outbox.ts'
import { rowsOf } from './rows.ts'
import { isAtEnd, isAtStart } from './timeline.ts'

/** One room, as its screen needs it; `at`: the message that it is opened at. */
export function useRoom(roomId: string, at: number | null) {
  'use memo'
  const { store, load, send, retry, discard } = useSocket()
  const state = useStore((all) => all.rooms[roomId])
  const people = useStore((all) => all.people)
  const outbox = useStore((all) => all.outbox)
  const me = useStore((all) => all.me)
  const moderation = useStore((all) => all.moderation)
  const online = useOnline()
  // On connecting the server tells how far it is, and only then what came: until that is here too, nobody has watched it come.
  const isCaughtUp = online && state !== undefined && state.timeline.rev >= state.timeline.head.rev
  const watched = useRef(isCaughtUp)
  const [lineAfter, setLine] = useState<number | null>(() => lineOf(store.getState(), roomId))
  const current = (): RoomState | undefined => store.getState().rooms[roomId]

  const loaded = state?.timeline.loaded ?? false
  const present = state !== undefined
  useEffect(() => {
    if (present && !loaded && online) void load(roomId, at === null ? startOf(current()) : { around: at })
  }, [present, loaded, online, roomId, load, store])

  // What I put back while I am in the room, here or on another device, stays unread until I leave, or have read it all.
  const rev = state?.unread.rev ?? 0
  const { unread, forYou } = state && me ? countsOf(state, quietFor(me, moderation)) : { unread: 0, forYou: 0 }
  const watchedRev = useRef(rev)
  useEffect(() => {
    if (unread === 0 || !watched.current) watchedRev.current = rev
    else if (watchedRev.current !== rev) setLine(lineOf(store.getState(), roomId))
  }, [rev, unread === 0, roomId, store])

  // While somebody watches, new messages never get a line; while they are away they do, and before this page was there.
  const head = state?.timeline.head.seq ?? 0
  useEffect(() => {
    const before = watched.current
    watched.current ||= isCaughtUp
    if (before && document.hasFocus() && document.visibilityState === 'visible') return
    setLine((line) => {
      const next = lineOf(store.getState(), roomId)
      return next === null || (line !== null && line >= next) ? line : next
    })
  }, [head, isCaughtUp, unread > 0, roomId, store])

  const room = state?.room ?? null
  const others = room ? othersIn(room, { people, me }) : []

  const read = (seq: number) => store.dispatch({ type: 'read', roomId, readUpTo: seq })

  function seen(seq: number): void {
    if (watchedRev.current === current()?.unread.rev) read(seq)
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
    const now = current()
    if (now && !isAtEnd(now.timeline)) await load(roomId, 'newest')
  }

  function readAll(): void {
    setLine(null)
    read(current()?.timeline.head.seq ?? 0)
  }

  return {
    room,
    membersRev: state?.membersRev ?? 0,
    title: room ? titleOf(room, others) : '',
    /** With whom, in a conversation of two. */
    other: others.length === 1 ? others[0] : undefined,
    blocked: moderation.blocked,
    /** Whether somebody else alone writes here, and I read. */
    readOnly: room !== null && (room.archived || (room.whoWrites === 'managers' && !manages(room, me))),
    /** How long I wait here between two messages. Seconds. */
    slowMode: room && !manages(room, me) ? room.slowMode : 0,
    rows: state && me ? rowsOf(state, { people, outbox, me, online }) : [],
    atStart: state ? isAtStart(state.timeline) : false,
    atEnd: state ? isAtEnd(state.timeline) : true,
    loading: present && !loaded,
    lineAfter,
    unread,
    forYou,
    loadOlder: () => void load(roomId, 'older'),
    loadNewer: () => void load(roomId, 'newer'),
    loadAround: (seq: number) => void load(roomId, { around: seq }),
    goToLatest,
    follow,
    close,
    seen,
    readAll,
    /** Says why, if it cannot be taken. */
    send(body: string, along?: Along): ReturnType<typeof send> {
      const full = send(roomId, body, roomId, undefined, along)
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
  return unreadOf(room.unread, room.timeline, quietFor(state.me, state.moderation)) > 0 ? room.unread.readUpTo : null
}
