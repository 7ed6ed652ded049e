import { useEffect, useState } from 'react'
import { useLocationProperty } from 'wouter/use-browser-location'
import { manages } from '../people/ranks.ts'
import { rowsOf, type MessageRow } from '../messages/rows.ts'
import { heldAt } from '../messages/beside.ts'
import { draftIn } from '../messages/drafts.ts'
import type { Along } from '../messages/outbox.ts'
import { useBeside } from '../messages/useBeside.ts'
import { othersIn, titleOf } from '../rooms/useRooms.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** The thread that the address names: by what stands behind #, so that Back closes it and the room stays where it is. */
export function useOpenThread(): number | null {
  const hash = useLocationProperty(() => location.hash)
  return Number(/^#replies-(\d{1,15})$/.exec(hash)?.[1]) || null
}

/** How far up a thread was asked for: the position before which there is more, or null. */
type Asked = { next: number | null }

/** A thread: what the room's own stream has of it, and what is brought beside that. */
export function useThread(roomId: string, thread: number) {
  'use memo'
  const { request, send, retry, discard } = useSocket()
  const { hold } = useBeside(roomId)
  const state = useStore((all) => all.rooms[roomId])
  const people = useStore((all) => all.people)
  const outbox = useStore((all) => all.outbox)
  const me = useStore((all) => all.me)
  const blocked = useStore((all) => all.moderation.blocked)
  const online = useOnline()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  async function load(before?: number): Promise<void> {
    const [first, page] = await Promise.all([
      request('message:get', { roomId, seqs: [thread] }),
      request('message:replies', { roomId, seq: thread, before }),
    ])
    if (!first.ok) return setProblem(first.error.message)
    if (!page.ok) return setProblem(page.error.message)
    setProblem(null)
    // The first message last: as long as it is not held, the rest is asked for again.
    if (!hold(page.data, first.data)) return load(before)
    setAsked({ next: page.data.next })
  }

  // Only what is held beside the room follows what happens in it: after a reset it is brought again.
  const held = state?.timeline.beside[thread] !== undefined
  const rev = held ? null : state?.timeline.rev
  useEffect(() => {
    if (online && !held) void load()
  }, [online, held, rev, roomId, thread])

  const room = state?.room
  const timeline = state?.timeline
  const first = timeline && heldAt(timeline, thread)
  const known = new Map<number, NonNullable<typeof first>>()
  if (timeline)
    for (const one of [...Object.values(timeline.beside), ...timeline.messages])
      if (one.thread === thread) known.set(one.seq, one)
  const messages = [...known.values()].sort((a, b) => a.seq - b.seq)
  const answers = (seq = 0) => seq === thread || known.has(seq)
  const waiting = outbox.filter((entry) => entry.roomId === roomId && answers(entry.replyTo))
  const rows =
    state && timeline && me
      ? rowsOf(
          { ...state, notices: [], timeline: { ...timeline, messages: first ? [first, ...messages] : messages } },
          { people, outbox: waiting, me, online },
        ).filter((row): row is MessageRow => row.type === 'message')
      : []

  return {
    rows,
    title: room ? titleOf(room, othersIn(room, { people, me })) : '',
    /** Whose the first message is, if that is known. */
    author: first && people[first.authorId],
    isMine: first?.authorId === me?.id,
    blocked,
    archived: room?.archived ?? false,
    readOnly: !room || room.archived || (room.whoWrites === 'managers' && !manages(room, me)),
    loading: asked === null && !held && problem === null,
    problem,
    reload: () => void load(),
    loadEarlier: asked?.next ? () => void load(asked.next ?? undefined) : null,
    send: (text: string, along?: Along) => send(roomId, text, draftIn(roomId, thread), thread, along),
    retry,
    discard,
  }
}
