import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { moderationOf, stateOf } from '../policy.ts'
import { everybody, personOf, roomOf, spokenOf, type Context } from './context.ts'
import { besides, toldToMany } from './parser.ts'

/** What somebody is told who comes in, or has read what had waited: from here on they hear everything. */
export async function welcome(context: Context): Promise<void> {
  const { me, store, socket, place, reader } = context
  const { logId, peopleRev: rev, presenceAt } = socket.handshake.auth as Record<string, unknown>
  void socket.join([personOf(me.id), everybody])
  // Subscribed before the heads are read: whatever is committed in between is in the heads, or arrives, or both.
  const ids = await store.rooms.idsOf(me.id)
  if (reader.isBehind()) return
  void socket.join(ids.map(roomOf))
  const [rooms, [fresh], settings, peopleRev, mentioned] = await Promise.all([
    store.rooms.mine(me.id),
    store.people.get([me.id]),
    store.settings.get(me.id),
    store.people.rev(),
    store.forYou.any(me.id),
  ])
  // Whoever was removed after it was asked in which rooms they are was told to leave before they had joined.
  for (const id of ids) if (!rooms.some(({ room }) => room.id === id)) void socket.leave(roomOf(id))
  // Their newest state may have come while this connection was behind; and what is remembered of them may be older.
  if (fresh && fresh.rev >= socket.data.me.rev) socket.data.me = fresh
  const known = logId === store.logId && Number.isSafeInteger(rev) ? Number(rev) : 0
  const present = place.board.told.to(presenceAt)
  const spoken = new Set(rooms.flatMap(spokenOf))
  socket.emit('hello', {
    protocol: PROTOCOL_VERSION,
    build: place.build,
    logId: store.logId,
    now: Date.now(),
    place: stateOf(place),
    me: socket.data.me,
    settings,
    rooms,
    people: await introduced(context, { known, peopleRev, presence: present.presence, spoken }),
    peopleRev,
    mentioned,
    ...present,
  })
  // What was told to everybody meanwhile came before this, which is older.
  const since = place.board.told.to(present.presenceAt)
  if (since.presenceAt !== present.presenceAt)
    socket.emit('presence:changed', { presence: since.presence, presenceAt: since.presenceAt })
  socket.emit('moderation:changed', await moderationOf(store, socket.data.me))
}

type Introduced = {
  /** Up to which change the client was told of people. */
  known: number
  peopleRev: number
  presence: object
  spoken: Set<string>
}

/** Who is told to many as being here, by the object that tells it. */
const lists = new WeakMap<object, { peopleRev: number; people: readonly Person[] }>()

/** Of those who are here or spoken of whoever has changed: a client that comes back knows most of a thousand, or all. */
async function introduced({ store }: Context, { known, peopleRev, presence, spoken }: Introduced): Promise<Person[]> {
  if (known >= peopleRev) return []
  if (known > 0) {
    const people = await store.people.get([...Object.keys(presence), ...spoken])
    return people.filter((person) => person.rev > known)
  }
  let list = lists.get(presence)
  if (list?.peopleRev !== peopleRev) {
    list = { peopleRev, people: toldToMany(await store.people.get(Object.keys(presence))) }
    lists.set(presence, list)
  }
  const others = [...spoken].filter((id) => !(id in presence))
  return besides(list.people, await store.people.get(others))
}
