import { z } from 'zod'
import { typingEvents } from '../../protocol/typing.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { personOf, roomOf, type NatterServer, type Place } from './context.ts'
import { hearingsOf } from './hearings.ts'

/** At most so often it is told who is writing: it costs as much as a message, and many more write than send. Milliseconds. */
const ROUND = 250

const Passing = z.object({ changed: typingEvents['typing:changed'].payload, notTo: z.array(z.string()) })
type Passing = z.infer<typeof Passing>
/** `here`: on this node, so that the others do not know it yet. `since`: milliseconds since 1970. */
type Held = Passing & { here: boolean; since: number }

const keyOf = (roomId: string, personId: string) => `${roomId} ${personId}`

/**
 * Tells the members of a room who is writing, on all nodes: at once, or in a place where somebody always writes, in rounds. It is
 * never stored, and lost where a connection or a node cannot take it.
 */
export function createTypists(io: NatterServer, cluster: Cluster): Place['typists'] {
  /** The newest of each person in each room. */
  const held = new Map<string, Held>()
  let round: NodeJS.Timeout | undefined

  function hold(one: Held): void {
    held.set(keyOf(one.changed.roomId, one.changed.personId), one)
    if (!round) next()
  }

  function next(): void {
    round = undefined
    if (held.size === 0) return
    const all = [...held.values()]
    held.clear()
    round = setTimeout(next, ROUND).unref()
    const { rooms } = io.sockets.adapter
    const told = [...Map.groupBy(all, ({ changed }) => changed.roomId).values()].flatMap((theirs) =>
      inOneRoom(rooms, theirs),
    )
    for (const { socketIds, told: lists } of hearingsOf(told))
      io.volatile.to(socketIds).emit('typing:changed', ...lists.flat())
    const ours = all.filter(({ here }) => here).map(({ changed, notTo }): Passing => ({ changed, notTo }))
    if (ours.length > 0) cluster.tell('typing', JSON.stringify(ours))
  }

  cluster.hear('typing', (told) => {
    for (const one of z.array(Passing).parse(JSON.parse(told))) hold({ ...one, here: false, since: Date.now() })
  })

  return {
    tell: (changed, notTo) => hold({ changed, notTo: [...notTo], here: true, since: Date.now() }),
    sent({ roomId, authorId, sentAt }) {
      const key = keyOf(roomId, authorId)
      if ((held.get(key)?.since ?? Infinity) <= sentAt) held.delete(key)
    },
  }
}

/** Nearly all hear of all who write; whoever is not to hear of one of them, of the others. */
function inOneRoom(
  rooms: ReadonlyMap<string, ReadonlySet<string>>,
  all: Passing[],
): [Passing['changed'][], string[]][] {
  const members = rooms.get(roomOf(all[0]?.changed.roomId ?? '')) ?? new Set()
  const apart = [...new Set(all.flatMap(({ notTo }) => notTo))].map((personId) => ({
    socketIds: [...(rooms.get(personOf(personId)) ?? [])].filter((id) => members.has(id)),
    theirs: all.filter(({ notTo }) => !notTo.includes(personId)),
  }))
  const others = new Set(members)
  for (const { socketIds } of apart) for (const id of socketIds) others.delete(id)
  return [{ socketIds: [...others], theirs: all }, ...apart]
    .filter(({ theirs }) => theirs.length > 0)
    .map(({ socketIds, theirs }) => [theirs.map(({ changed }) => changed), socketIds])
}
