import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from '../testing/startServer.ts'

const limits = { LIMIT_MESSAGES: '1000000', LIMIT_REQUESTS: '1000000' }

/** Stops to read, and goes on to answer pings as if nothing were the matter. Returns what reads on. */
function stopReading({ socket }: Pick<Visitor, 'socket'>): () => void {
  const { ws } = socket.io.engine.transport as unknown as {
    ws: { pause: () => void; resume: () => void; send: (text: string) => void }
  }
  ws.pause()
  const pong = setInterval(() => ws.send('3'), 1_000)
  const stop = () => clearInterval(pong)
  onTestFinished(stop)
  return () => {
    stop()
    ws.resume()
  }
}

/** So much is said in the lobby that no kernel can hold it for somebody who does not read: 24 MB. */
async function sayMuch(somebody: Visitor): Promise<number> {
  const body = 'x'.repeat(16_000)
  let rev = 0
  for (let i = 0; i < 30; i++) {
    const sent = await Promise.all(Array.from({ length: 50 }, () => somebody.say(body)))
    rev = Math.max(rev, ...sent.map((message) => message.rev))
  }
  return rev
}

it('keeps little for somebody who does not read, and tells them to catch up when they do', async () => {
  const { connect, waitingFor } = await startServer(limits)
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const readOn = stopReading(bob)
  const rev = await sayMuch(ann)
  expect(waitingFor(bob)).toBeLessThan(2 * 1024 * 1024)

  readOn()
  await vi.waitFor(() => expect(bob.all('hello')).toHaveLength(2), 20_000)
  expect(bob.all('hello')[1]?.rooms[0]?.head.rev).toBeGreaterThanOrEqual(rev)
  const { seq } = await ann.say('and on')
  await vi.waitFor(() => expect(JSON.stringify(bob.all('events').at(-1))).toContain(`"seq":${seq},`))
})

it('takes a role from somebody who does not read, at once and for good', async () => {
  const { own, connect } = await startServer(limits)
  const [owner, bob] = [await own('Olga'), await connect('Bob')]
  const personId = bob.hello.me.id
  await owner.ask('people:role', { personId, role: 'admin' })
  const readOn = stopReading(bob)
  await sayMuch(owner)
  await owner.ask('people:role', { personId, role: 'member' })
  readOn()
  await vi.waitFor(() => expect(bob.all('hello').at(-1)?.me.role).toBe('member'), 20_000)
  expect(await bob.request('invite:create', {})).toMatchObject({ error: { code: 'forbidden' } })
}, 60_000)

it('keeps no pages for somebody who asks for many and reads none', async () => {
  const { connect, waitingFor } = await startServer(limits)
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  await sayMuch(ann)
  const roomId = lobbyOf(bob.hello)
  const readOn = stopReading(bob)
  const answers = Promise.all(
    Array.from({ length: 300 }, () => bob.socket.emitWithAck('message:list', { roomId, limit: 100 })),
  )
  await vi.waitFor(() => expect(waitingFor(bob)).toBeGreaterThan(0), 20_000)
  // Others are answered meanwhile, and what they hear of it stays little.
  for (let i = 0; i < 20; i++) await ann.ask('message:list', { roomId, limit: 100 })
  expect(waitingFor(bob)).toBeLessThan(2 * 1024 * 1024)

  readOn()
  for (const answer of await answers) {
    if (!answer.ok) expect(answer.error.code).toBe('rate_limited')
  }
}, 60_000)

it('lets go of somebody who asks on and on and reads no answer', async () => {
  const { connect } = await startServer({ ...limits, GRACE_MS: '50' })
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  stopReading(bob)
  const isGone = () => ann.all('presence:changed').some(({ presence }) => presence[bob.hello.me.id] === null)
  for (let i = 0; i < 100 && !isGone(); i++) {
    for (let j = 0; j < 1_000; j++) bob.socket.emit('settings:get', {}, () => {})
    await ann.ask('room:list', {})
  }
  await vi.waitFor(() => expect(isGone()).toBe(true), 10_000)
}, 60_000)

it('does not take many answers at once for slowness', async () => {
  const { connect } = await startServer(limits)
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  await Promise.all(
    Array.from({ length: 2_000 }, () => ann.ask('message:send', { roomId, key: randomUUID(), body: 'hi' })),
  )
  expect(ann.all('hello')).toHaveLength(1)
})

it('tells a page of the tutorial that fell behind everything, once and in order', async () => {
  const { connect, connectTutorial, waitingFor } = await startServer(limits)
  const ann = await connect('Ann')
  const page = connectTutorial({ serverOffset: 0 })
  await ann.say('first')
  await vi.waitFor(() => expect(page.heard).toHaveLength(1))
  const readOn = stopReading(page)
  await sayMuch(ann)
  const { seq } = await ann.say('last')
  expect(waitingFor(page)).toBeLessThan(2 * 1024 * 1024)
  readOn()
  await vi.waitFor(() => expect(page.heard.at(-1)?.[1]).toBe(seq), 30_000)
  expect(page.heard.map(([, at]) => at)).toEqual(Array.from({ length: seq }, (_, i) => i + 1))
}, 60_000)

it('tells somebody of many rooms in a few writes, not in one for each', async () => {
  const { store, connect, writesTo } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { id: personId } = ann.hello.me
  const rooms = await Promise.all(
    Array.from({ length: 20 }, (_, i) => store.rooms.create({ name: `Room ${i}`, topic: '', personId })),
  )
  const ids = rooms.map(({ room }) => room.id)
  for (const roomId of ids) await store.rooms.add(roomId, bob.hello.me.id)
  await vi.waitFor(() => expect(bob.all('room:joined')).toHaveLength(ids.length))
  const before = bob.all('events').length
  const writes = writesTo(bob)

  await Promise.all(
    ids.map((roomId) => store.messages.append({ roomId, authorId: personId, key: randomUUID(), body: 'hi' })),
  )
  await vi.waitFor(() => expect(bob.all('events')).toHaveLength(before + ids.length))
  // The first, then all that waited for it, and perhaps that somebody has come in.
  expect(writes()).toBeLessThanOrEqual(4)
})
