import { randomUUID } from 'node:crypto'
import type { Role } from '../../protocol/people.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'
import type { Standing } from './groups.ts'

/** Who asks. The maker of the rooms is no more than a member of the place: they moderate by having made them. */
export const roles = {
  outsider: 'member',
  guest: 'guest',
  reader: 'member',
  member: 'member',
  former: 'member',
  maker: 'member',
  admin: 'admin',
  owner: 'owner',
} satisfies Record<string, Role>
export type Who = keyof typeof roles
export const everyone = Object.keys(roles) as Who[]
const inside: readonly Who[] = ['guest', 'reader', 'member', 'maker', 'admin', 'owner']

/** The cast is in the first three. Of the others, one is public, and two are nothing that they may know of. */
export const kinds = ['own', 'archived', 'announcement', 'open', 'secret', 'conversation'] as const
export type Kind = (typeof kinds)[number]

/** In whatever is told of a room that one may not see. */
export const CANARY = 'quetzal'

export type Furnished = {
  kind: Kind | 'nowhere'
  roomId: string
  /** Of what each has written. Whoever has written nothing is not in it. */
  mine: Partial<Record<Who, number>>
  /** A message of somebody who is none of the cast. */
  theirs: number
  /** Of what each has deleted a moment ago: of their own, and of that somebody else’s. */
  mineDeleted: Partial<Record<Who, number>>
  theirsDeleted: Partial<Record<Who, number>>
  /** Of the same somebody. */
  poll: number
  /** A deletion that can be undone. */
  purge: string
}

export const nowhere: Furnished = {
  kind: 'nowhere',
  roomId: 'nowhere',
  mine: {},
  theirs: 1,
  poll: 1,
  mineDeleted: {},
  theirsDeleted: {},
  purge: 'nowhere',
}

export function standing(who: Who, kind: Kind): Standing {
  const isOurs = kind === 'own' || kind === 'archived' || kind === 'announcement'
  return {
    role: roles[who],
    isIn: isOurs && inside.includes(who),
    isPublic: kind === 'open' || kind === 'archived' || kind === 'announcement',
    made: isOurs && who === 'maker',
    muted: isOurs && who === 'reader',
    archived: kind === 'archived',
    restricted: kind === 'announcement',
  }
}

/** A server, the cast with a connection each, and two people whose rooms they know nothing of. */
export async function inhabit() {
  const many = '1000000'
  const server = await startServer({
    HOST: 'localhost',
    METRICS_TOKEN: 'known-to-whoever-runs-it',
    LIMIT_MESSAGES: many,
    LIMIT_REQUESTS: many,
    LIMIT_ROOMS: many,
    LIMIT_JOINS: many,
  })
  const { store, connectAs } = server
  let made = 0

  const person = (role: Role) => store.people.create({ name: `Person ${++made}`, role })
  const comeIn = async (role: Role) => connectAs(`natter=${await store.sessions.create((await person(role)).id)}`)
  const [zed, yan] = [await comeIn('member'), await comeIn('member')]
  const cast = Object.fromEntries(
    await Promise.all(everyone.map(async (who) => [who, await comeIn(roles[who])])),
  ) as Record<Who, Visitor>
  const [zedId, yanId] = [zed.hello.me.id, yan.hello.me.id]
  const idOf = (who: Who) => cast[who].hello.me.id

  const write = (roomId: string, authorId: string, body = CANARY) =>
    store.messages.append({ roomId, authorId, key: randomUUID(), body, looksAfter: true })

  async function make(kind: Kind, cast: readonly Who[]): Promise<string> {
    if (kind === 'conversation') return (await store.rooms.direct(zedId, yanId)).room.id
    const isOurs = kind === 'own' || kind === 'archived' || kind === 'announcement'
    const { room } = await store.rooms.create({
      name: `${CANARY} ${++made}`,
      topic: CANARY,
      personId: isOurs ? idOf('maker') : zedId,
      isPrivate: kind === 'own' || kind === 'secret',
    })
    const others = cast.filter((who) => who === 'former' || (isOurs && inside.includes(who)))
    await Promise.all([...others.map(idOf), zedId].map((id) => store.rooms.add(room.id, id)))
    return room.id
  }

  /** A room with something of everything in it, and of these people those who are in such a room. */
  async function furnish(kind: Kind, cast: readonly Who[] = everyone): Promise<Furnished> {
    const roomId = await make(kind, cast)
    const { seq: theirs } = await write(roomId, zedId, 'to be reported')
    const asked = { roomId, authorId: zedId, key: randomUUID(), body: CANARY, looksAfter: true }
    const { seq: poll } = await store.messages.append({ ...asked, poll: { options: ['1', '2'], multiple: false } })
    const mine: Furnished['mine'] = {}
    const mineDeleted: Furnished['mine'] = {}
    const theirsDeleted: Furnished['mine'] = {}
    const writeAndDelete = async (authorId: string, who: Who) => {
      const { seq } = await write(roomId, authorId)
      await store.messages.remove({ roomId, seq, by: idOf(who) })
      return seq
    }
    const writeAs = async (who: Who) => {
      theirsDeleted[who] = await writeAndDelete(zedId, who)
      if (!(await store.rooms.hasMember(roomId, idOf(who)))) return
      mine[who] = (await write(roomId, idOf(who))).seq
      mineDeleted[who] = await writeAndDelete(idOf(who), who)
    }
    await Promise.all(cast.map(writeAs))
    const purge = await store.moderation.purge({ roomId, personId: yanId, since: 0, by: zedId })
    await store.reports.make({ roomId, seq: theirs, reporterId: zedId, reason: 'look' })
    if (mine.former !== undefined) await store.rooms.leave(roomId, idOf('former'))
    if (mine.reader !== undefined)
      await store.moderation.mute({ personId: idOf('reader'), roomId, until: Date.now() + 3_600_000, by: zedId })
    if (kind === 'announcement') await store.rooms.setWriting({ roomId, whoWrites: 'managers' })
    if (kind === 'archived') await store.rooms.archive(roomId, true)
    return { kind, roomId, mine, theirs, poll, mineDeleted, theirsDeleted, purge: purge.id }
  }

  return { ...server, cast, zed, yan, person, furnish }
}

export type World = Awaited<ReturnType<typeof inhabit>>
