import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished, vi } from 'vitest'
import { makeMigrated } from '../../testing/database.ts'
import { startRedis } from '../../testing/services.ts'
import { lobbyOf, startServer, type Visitor } from '../../testing/startServer.ts'

/** Two nodes of one community: one database, and one Redis. */
async function startTwo() {
  const [{ url, drop }, redis] = await Promise.all([makeMigrated(), startRedis()])
  onTestFinished(async () => {
    await drop()
    await redis.stop()
  })
  const environment = { DATABASE_URL: url, REDIS_URL: redis.url }
  const [one, two] = await Promise.all([startServer(environment), startServer(environment)])
  return { one, two, redis }
}

const bodies = ({ all }: Visitor) =>
  all('events').flatMap(({ changes }) =>
    changes.flatMap((change) => (change.type === 'message:changed' ? [change.message.body] : [])),
  )

it('tells everybody on all nodes what is said on each, in one order and without a hole', async () => {
  const { one, two } = await startTwo()
  const [ann, bob] = [await one.connect('Ann'), await two.connect('Bob')]
  const say = (who: Visitor, body: string) =>
    who.ask('message:send', { roomId: lobbyOf(who.hello), key: randomUUID(), body })
  const sent = Array.from({ length: 20 }, (_, i) => [say(ann, `ann ${i}`), say(bob, `bob ${i}`)]).flat()
  const messages = await Promise.all(sent)
  expect(messages.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  const inOrder = messages.toSorted((a, b) => a.seq - b.seq).map(({ body }) => body)
  await vi.waitFor(() => expect([bodies(ann), bodies(bob)]).toEqual([inOrder, inOrder]))
  for (const who of [ann, bob]) {
    const packets = who.all('events')
    expect(packets.slice(1).map(({ after }) => after)).toEqual(packets.slice(0, -1).map(({ rev }) => rev))
  }
})

it('ends a session on all nodes', async () => {
  const { one, two } = await startTwo()
  const ann = await one.connect('Ann')
  const elsewhere = await two.connectAs(ann.cookie)
  const bob = await two.connect('Bob')
  await one.store.sessions.revoke(ann.hello.me.id, { except: '' })
  await vi.waitFor(() => expect([ann.socket.connected, elsewhere.socket.connected]).toEqual([false, false]))
  expect(bob.socket.connected).toBe(true)
})

it('lets nobody stay on any node who was banned, removed from the place, or put out of a room', async () => {
  const { one, two } = await startTwo()
  const olga = await one.own('Olga')
  const [bob, cleo, dora] = [await two.connect('Bob'), await two.connect('Cleo'), await two.connect('Dora')]
  const onOne = await one.connectAs(bob.cookie)
  const { id: roomId } = (await olga.ask('room:create', { name: 'Board', private: true })).room
  for (const { hello } of [bob, dora]) await olga.ask('room:add', { roomId, personId: hello.me.id })
  await vi.waitFor(() => expect([bob, onOne, dora].map(({ all }) => all('room:joined').length)).toEqual([1, 1, 1]))

  await olga.ask('room:remove', { roomId, personId: dora.hello.me.id })
  await olga.ask('moderation:ban', { personId: bob.hello.me.id })
  await olga.ask('people:remove', { personId: cleo.hello.me.id })
  await vi.waitFor(() =>
    expect([bob, onOne, cleo, dora].map(({ socket }) => socket.connected)).toEqual([false, false, false, true]),
  )
  await vi.waitFor(() => expect(dora.all('room:left')).toEqual([{ roomId }]))
  await olga.say('among us', roomId)
  await olga.say('for all')
  await vi.waitFor(() => expect(bodies(dora)).toEqual(['for all']))
  for (const { cookie } of [bob, cleo])
    for (const node of [one, two]) await expect(node.connectAs(cookie)).rejects.toThrow('unauthorized')
})

it('tells without Redis what another node has said, within 2 s', async () => {
  const { one, two, redis } = await startTwo()
  const [ann, bob] = [await one.connect('Ann'), await two.connect('Bob')]
  await redis.kill('SIGKILL')
  const since = performance.now()
  await ann.say('still here')
  await vi.waitFor(() => expect(bodies(bob)).toEqual(['still here']), { timeout: 5_000, interval: 20 })
  expect(performance.now() - since).toBeLessThan(2_000)
})
