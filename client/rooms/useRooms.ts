import type { Answer } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import type { Presence } from '../../protocol/presence.ts'
import type { MyRoom, Preview } from '../../protocol/rooms.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'
import { unreadOf } from '../unread/unread.ts'

export type RoomRow = {
  id: string
  kind: 'public' | 'direct'
  name: string
  isDefault: boolean
  /** 100 means more than 99. */
  unread: number
  other: Person | null
  presence: Presence | null
  /** What was said last, and by whom; and when, in milliseconds since the Unix epoch. */
  preview: string
  activeAt: number
}

/** My rooms: the public ones by name with the default one first, the direct ones by recency. */
export function useRooms(): { rooms: RoomRow[]; direct: RoomRow[]; ready: boolean } {
  'use memo'
  const all = useStore(({ rooms }) => rooms)
  const people = useStore((state) => state.people)
  const presence = useStore((state) => state.presence)
  const me = useStore((state) => state.me)

  function previewOf(last: Preview | null, isDirect: boolean): string {
    if (!last) return words.nothingSaid
    const name = last.authorId === me?.id ? words.you : (people[last.authorId]?.name ?? '')
    if (last.deleted) return words.deleted([name], 1)
    return isDirect && name !== words.you ? last.text : words.said(name, last.text)
  }

  const rows = Object.values(all).map(({ room, timeline, unread, last, activeAt }): RoomRow => {
    const otherId = room.people.find((id) => id !== me?.id)
    const other = otherId === undefined ? null : (people[otherId] ?? null)
    return {
      id: room.id,
      kind: room.kind,
      name: other?.name ?? room.name,
      isDefault: room.isDefault,
      unread: me ? unreadOf(unread, timeline, me.id) : 0,
      other,
      presence: otherId === undefined ? null : (presence[otherId] ?? null),
      preview: previewOf(last, room.kind === 'direct'),
      activeAt,
    }
  })
  const byName = (a: RoomRow, b: RoomRow) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name)
  return {
    rooms: rows.filter(({ kind }) => kind === 'public').sort(byName),
    direct: rows.filter(({ kind }) => kind === 'direct').sort((a, b) => b.activeAt - a.activeAt),
    ready: me !== null,
  }
}

export function useRoomActions() {
  const { store, request } = useSocket()
  const entered = (answer: Answer<MyRoom>): Answer<MyRoom> => {
    if (answer.ok) store.dispatch({ type: 'mine', mine: answer.data })
    return answer
  }
  return {
    create: async (name: string, topic = '') => entered(await request('room:create', { name, topic })),
    join: async (roomId: string) => entered(await request('room:join', { roomId })),
    leave: (roomId: string) => request('room:leave', { roomId }),
    setTopic: (roomId: string, topic: string) => request('room:topic', { roomId, topic }),
    direct: async (personId: string) => entered(await request('room:direct', { personId })),
    browse: (query: string, after?: string) => request('room:list', { query, after }),
    members: (roomId: string, after?: string) => request('room:members', { roomId, after }),
  }
}
