import { useEffect, useRef, useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import type { Room } from '../../protocol/rooms.ts'
import type { Notice } from '../presence/notices.ts'
import type { State } from '../socket/state.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { unreadOf } from '../unread/unread.ts'
import { isAtEnd, isAtStart } from './timeline.ts'

export type MessageRow = {
  type: 'message'
  /** The sender's own name for it, for life: an acknowledgement changes a colour, not a node. */
  key: string
  /** Null until the server has stored it. */
  seq: number | null
  author: Person
  body: string
  sentAt: number
  own: boolean
  state: 'sending' | 'waiting' | 'sent' | 'failed'
  reason?: string | undefined
}
export type Row = MessageRow | ({ type: 'notice' } & Notice)

/** Reading is told to the server at most this often. Milliseconds. */
const TOLD_EVERY = 1_000

const unknown: Person = { id: '', rev: 1, name: 'Somebody', role: 'member', tint: 0 }

/** One room, as its screen needs it. */
export function useRoom(roomId: string) {
  const { store, request, load, send, retry, discard } = useSocket()
  const state = useStore((all) => all.rooms[roomId])
  const people = useStore((all) => all.people)
  const outbox = useStore((all) => all.outbox)
  const me = useStore((all) => all.me)
  const online = useStore((all) => all.link.phase === 'online')
  const [lineAfter, setLine] = useState<number | null>(() => lineOf(store.getState(), roomId))
  const told = useRef({ seq: 0, timer: 0 })

  const loaded = state?.timeline.loaded ?? false
  const present = state !== undefined
  useEffect(() => {
    if (present && !loaded && online) void load(roomId, 'newest')
  }, [present, loaded, online, roomId, load])

  // While somebody watches, new messages never get a line; while they are away they do.
  const head = state?.timeline.head.seq ?? 0
  useEffect(() => {
    if (document.hasFocus() && document.visibilityState === 'visible') return
    setLine((line) => {
      const next = lineOf(store.getState(), roomId)
      return next === null || (line !== null && line >= next) ? line : next
    })
  }, [head, roomId, store])

  const room: Room | null = state?.room ?? null
  const otherId = room?.people.find((id) => id !== me?.id)
  const other = otherId === undefined ? null : (people[otherId] ?? unknown)

  function seen(seq: number): void {
    const current = store.getState().rooms[roomId]
    if (!current || seq <= current.unread.readUpTo) return
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

  const readAll = () => seen(store.getState().rooms[roomId]?.timeline.head.seq ?? 0)

  return {
    room,
    title: other?.name ?? room?.name ?? '',
    other,
    rows: state && me ? rowsOf(state, roomId, people, outbox, me, online) : [],
    atStart: state ? isAtStart(state.timeline) : false,
    atEnd: state ? isAtEnd(state.timeline) : true,
    loading: present && !loaded,
    lineAfter,
    unread: state && me ? unreadOf(state.unread, state.timeline, me.id) : 0,
    loadOlder: () => void load(roomId, 'older'),
    loadNewer: () => void load(roomId, 'newer'),
    async goToLatest() {
      const current = store.getState().rooms[roomId]
      if (current && !isAtEnd(current.timeline)) await load(roomId, 'newest')
    },
    goTo: (seq: number) => load(roomId, { around: seq }),
    seen,
    readAll,
    clearLine: () => setLine(null),
    send(body: string): boolean {
      if (!send(roomId, body)) return false
      setLine(null)
      readAll()
      const current = store.getState().rooms[roomId]
      if (current && !isAtEnd(current.timeline)) void load(roomId, 'newest')
      return true
    },
    retry,
    discard,
  }
}

function lineOf(state: State, roomId: string): number | null {
  const room = state.rooms[roomId]
  if (!room || !state.me) return null
  return unreadOf(room.unread, room.timeline, state.me.id) > 0 ? room.unread.readUpTo : null
}

function rowsOf(
  { timeline, notices }: NonNullable<State['rooms'][string]>,
  roomId: string,
  people: State['people'],
  outbox: State['outbox'],
  me: Person,
  online: boolean,
): Row[] {
  const rows: Row[] = []
  const stored = new Set<string>()
  let next = 0
  const placeNotices = (upTo: number) => {
    for (let notice = notices[next]; notice && notice.afterSeq < upTo; notice = notices[++next])
      rows.push({ type: 'notice', ...notice })
  }
  const first = timeline.messages[0]?.seq ?? 0
  while (notices[next] && (notices[next]?.afterSeq ?? 0) < first - 1) next++
  for (const { seq, key, authorId, body, sentAt } of timeline.messages) {
    placeNotices(seq)
    const own = authorId === me.id
    if (own) stored.add(key)
    rows.push({ type: 'message', key, seq, author: people[authorId] ?? unknown, body, sentAt, own, state: 'sent' })
  }
  if (!isAtEnd(timeline)) return rows
  placeNotices(Infinity)
  for (const { key, body, at, failed, roomId: of } of outbox) {
    if (of !== roomId || stored.has(key)) continue
    const status = failed ? 'failed' : online ? 'sending' : 'waiting'
    rows.push({
      type: 'message',
      key,
      seq: null,
      author: me,
      body,
      sentAt: at,
      own: true,
      state: status,
      reason: failed?.message,
    })
  }
  return rows
}
