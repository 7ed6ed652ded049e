import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Payload } from '../../protocol/index.ts'
import { emptyCommit } from '../store/contract/setting.ts'
import { openSqlite } from '../store/sqlite/index.ts'
import type { Commit } from '../store/store.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'

const idOf = ({ hello }: Visitor) => hello.me.id

it('tells everybody in one packet of all their rooms that one commit changed, and of no other room', async () => {
  const { store, connect } = await startServer()
  const [ann, bob, cleo] = await Promise.all([connect('Ann'), connect('Bob'), connect('Cleo')])
  const made = await Promise.all(
    ['Kitchen', 'Garden', 'Cellar'].map((name) => store.rooms.create({ name, topic: '', personId: idOf(ann) })),
  )
  const [kitchen = '', garden = '', cellar = ''] = made.map(({ room }) => room.id)
  for (const [who, roomId] of [[bob, kitchen] as const, [bob, cellar] as const, [cleo, garden] as const])
    await store.rooms.add(roomId, idOf(who))
  await vi.waitFor(() => expect([bob, cleo].map((who) => who.all('room:joined').length)).toEqual([2, 1]))

  const packets = (who: Visitor) => {
    const heard: string[][] = []
    who.socket.on('events', (...rooms: Payload<'events'>[]) =>
      heard.push(
        rooms.map(({ roomId, changes }) => {
          const [change] = changes
          return change?.type === 'message:changed' ? `${change.message.body} ${roomId === change.message.roomId}` : ''
        }),
      ),
    )
    return heard
  }
  const heard = [ann, bob, cleo].map(packets)
  await Promise.all(
    Object.entries({ kitchen, garden, cellar }).map(([body, roomId]) =>
      store.messages.append({ roomId, authorId: idOf(ann), key: randomUUID(), body }),
    ),
  )
  await vi.waitFor(() =>
    expect(heard).toEqual([
      [['kitchen true', 'garden true', 'cellar true']],
      [['kitchen true', 'cellar true']],
      [['garden true']],
    ]),
  )
})

/** A server that a test tells of commits, as nodes tell one another. */
async function toldByTest() {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const store = await openSqlite({ dir })
  let tell: (commit: Commit) => void = () => {}
  let miss = () => {}
  const heard: typeof store = {
    ...store,
    onCommit: (listener) => store.onCommit((tell = listener)),
    onMissed: (listener) => store.onMissed((miss = listener)),
  }
  const { connect } = await startServer({}, { store: heard })
  const roomId = (await store.rooms.default()).id
  const ann = await connect('Ann')
  const packets: number[][] = []
  ann.socket.on('events', (...told: Payload<'events'>[]) => packets.push(told.map(({ rev }) => rev)))
  const commit = (rev: number, changes: Commit['rooms'][number]['changes'] = []): Commit => ({
    ...emptyCommit,
    rooms: [{ roomId, after: rev - 1, rev, changes, people: [] }],
  })
  return {
    store,
    ann,
    miss: () => miss(),
    packets,
    commit,
    waited: (rev: number): Commit => ({ ...commit(rev), elsewhere: true, waited: true }),
    came: (rev: number): Commit =>
      commit(rev, [{ type: 'member:changed', member: { roomId, personId: 'bob', rev, present: true } }]),
    tell: (...commits: Commit[]) => commits.forEach((one) => tell(one)),
  }
}

it('tells in one packet what several nodes have committed, in order, where that waited for one another', async () => {
  const { packets, commit, waited, tell } = await toldByTest()
  tell(waited(11), waited(12), commit(13))
  tell(commit(14))
  await vi.waitFor(() => expect(packets).toEqual([[11, 12, 13], [14]]))
  tell(waited(15), waited(16))
  await vi.waitFor(() => expect(packets.slice(2)).toEqual([[15, 16]]))
})

it('tells those who are in a room by then, before somebody comes in or goes', async () => {
  const { packets, waited, came, tell } = await toldByTest()
  tell(waited(11), came(12), waited(13))
  await vi.waitFor(() => expect(packets).toEqual([[11], [12], [13]]))
})

it('has everybody connect anew where what other nodes have committed may be missed for good', async () => {
  const { store, ann, miss } = await toldByTest()
  const newName = { name: 'Fernhill' }
  await store.place.change(newName)
  const gone = new Promise((resolve) => ann.socket.once('disconnect', resolve))
  miss()
  expect(await gone).toBe('transport close')
  await vi.waitFor(() => expect(ann.all('hello')[1]).toMatchObject({ place: newName, rooms: [{}] }))
})
