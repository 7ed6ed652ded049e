import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { nameIn, saidWith } from '../mentions/plain.ts'
import { sendable } from '../messages/outbox.ts'
import type { StoredRow } from '../messages/tools.ts'
import { useOthers } from '../people/useOthers.ts'
import { mayWriteIn } from '../rooms/mayWrite.ts'
import { useRoomActions } from '../rooms/useRoomActions.ts'
import { useRooms, type RoomRow } from '../rooms/useRooms.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'

/** Where something is forwarded to. */
export type Target = { id: string; name: string }

/** As which draft it is written: none that stands in a box. */
const NO_DRAFT = 'forward'

/** So many rooms at most stand above the people. */
const ROOMS = 30

/** Where I may write, by the beginning of a word of its name: my rooms and conversations, and everybody else. */
export function useForward({ seq, body, author, sentAt, said }: StoredRow) {
  const { store, send } = useSocket()
  const { gather } = useRoomActions()
  const { rooms, direct } = useRooms()
  const others = useOthers()
  const places = useStore((state) => state.rooms)
  const everybody = useStore((state) => state.people)
  const kindOf = (roomId: string) => places[roomId]?.room.kind
  const [target, setTarget] = useState<Target | null>(null)
  const query = others.query.trim().toLowerCase()
  const fits = ({ name }: RoomRow) => ` ${name.toLowerCase()}`.includes(` ${query}`)
  const mine = [...rooms, ...direct].filter((room) => fits(room) && mayWriteIn(store.getState(), room.id))
  // With whom there is a conversation of two is there already.
  const known = new Set(direct.flatMap((room) => (room.others.length === 1 ? room.others.map(({ id }) => id) : [])))

  async function choosePerson({ id, name }: Person): Promise<void> {
    const answer = await gather([id])
    if (answer.ok) setTarget({ id: answer.data.room.id, name })
    else others.setProblem(answer.error.message)
  }

  const whose = (said.forwarded && nameIn(everybody, said.forwarded.authorId)) ?? author.name
  const [line = ''] = gist({ body, files: said.files }).trimStart().split('\n', 1)

  return {
    /** What is forwarded, in one line. */
    line: words.said(whose, saidWith(everybody, line)),
    /** It is read where it goes by more than those it was said to. */
    widens: target !== null && kindOf(target.id) === 'public' && kindOf(said.roomId) !== 'public',
    query: others.query,
    setQuery: others.setQuery,
    answered: others.answered,
    problem: others.problem,
    showMore: others.showMore,
    rooms: mine.slice(0, ROOMS),
    people: others.people.filter(({ id }) => !known.has(id)),
    target,
    setTarget,
    choosePerson: (person: Person) => void choosePerson(person),
    /** What is said to it goes first, as a message of its own. Says why, if it cannot be taken. */
    forward({ id }: Target, comment: string): string | null {
      const own = sendable(comment)
      const forwarded = said.forwarded ?? { authorId: author.id, sentAt, from: { roomId: said.roomId, seq } }
      const full =
        (own.trim() ? send(id, own, NO_DRAFT) : null) ??
        send(id, body, NO_DRAFT, undefined, { forward: { roomId: said.roomId, seq }, forwarded, files: said.files })
      return full && words.outboxFull[full]
    },
  }
}
