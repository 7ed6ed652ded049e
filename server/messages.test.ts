import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('delivers a message to every member of the room, and to nobody else', async () => {
  const { connect } = await startServer()
  const [ann, bob, eve] = await Promise.all([connect('Ann'), connect('Bob'), connect('Eve')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:join', { roomId: room.id })

  const sent = await ann.say('hi', room.id)

  await vi.waitFor(() =>
    expect(bob.all('events').flatMap(({ changes }) => changes)).toContainEqual({
      type: 'message:changed',
      message: sent,
    }),
  )
  expect(eve.all('events').filter(({ roomId }) => roomId === room.id)).toEqual([])
})

it('counts revisions without holes: every packet goes on where the one before it ended', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 ? ann : bob).say(`message ${i}`)))

  await vi.waitFor(() => expect(messagesOf(ann)).toHaveLength(50))
  const packets = ann.all('events')
  for (const [i, packet] of packets.entries()) if (i > 0) expect(packet.after).toBe(packets[i - 1]?.rev)
  expect(messagesOf(ann).map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
})

it('stores a key once, over three connections and a restart, and answers the same each time', async () => {
  const { connect, connectAs, restart } = await startServer()
  const ann = await connect('Ann')
  const tabs = [ann, await connectAs(ann.cookie), await connectAs(ann.cookie)]
  const draft = { roomId: lobbyOf(ann.hello), key: randomUUID(), body: 'once' }
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => (tabs[i % 3] ?? ann).ask('message:send', draft)),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1)

  await restart()
  const later = await connectAs(ann.cookie)
  expect(await later.ask('message:send', draft)).toEqual(answers[0])
  expect(lobby(later.hello).head.seq).toBe(1)
})

it('refuses the same key with another text, and takes the same key from another author', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const draft = { roomId: lobbyOf(ann.hello), key: randomUUID(), body: 'mine' }
  await ann.ask('message:send', draft)
  expect(await ann.request('message:send', { ...draft, body: 'other' })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  })
  expect(await bob.request('message:send', { ...draft, body: 'his' })).toMatchObject({ ok: true, data: { seq: 2 } })
})

it('brings everything of the time away, and says so when that is too much', async () => {
  const { connect } = await startServer({ LIMIT_MESSAGES: '10000' })
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const since = lobby(bob.hello).head.rev
  bob.close()
  const roomId = lobbyOf(ann.hello)
  await Promise.all(Array.from({ length: 300 }, (_, i) => ann.say(`message ${i}`)))

  const found = []
  let cursor = since
  for (;;) {
    const page = await ann.ask('room:sync', { roomId, since: cursor })
    if (!page.changed) break
    expect(page.changed.after).toBe(cursor)
    found.push(...page.changed.changes)
    cursor = page.changed.rev
    if (!page.more) break
  }
  expect(found.filter(({ type }) => type === 'message:changed')).toHaveLength(300)

  await Promise.all(Array.from({ length: 800 }, (_, i) => ann.say(`more ${i}`)))
  const page = await ann.ask('room:sync', { roomId, since })
  expect(page.changed).toBeNull()
  expect(page.reset?.messages.at(-1)?.seq).toBe(1100)
})

it('pages through history both ways around any message', async () => {
  const { connect } = await startServer({ LIMIT_MESSAGES: '10000' })
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  await Promise.all(Array.from({ length: 30 }, (_, i) => ann.say(`message ${i}`)))
  const seqs = async (page: object) =>
    (await ann.ask('message:list', { roomId, ...page })).messages.map(({ seq }) => seq)
  expect(await seqs({ limit: 3 })).toEqual([28, 29, 30])
  expect(await seqs({ before: 10, limit: 3 })).toEqual([7, 8, 9])
  expect(await seqs({ after: 10, limit: 3 })).toEqual([11, 12, 13])
  expect(await seqs({ around: 10, limit: 5 })).toEqual([8, 9, 10, 11, 12])
})

it('answers too much with a time to wait, and loses nothing that is sent again', async () => {
  const { connect } = await startServer({ LIMIT_MESSAGES: '3' })
  const ann = await connect('Ann')
  const draft = { roomId: lobbyOf(ann.hello), body: 'x' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => ann.request('message:send', { ...draft, key: randomUUID() })),
  )
  const refused = answers.filter((answer) => !answer.ok)
  expect(refused).toHaveLength(2)
  for (const { error } of refused) {
    expect(error.code).toBe('rate_limited')
    expect(error.retryAfter).toBeGreaterThan(0)
  }
})

it('takes 16,000 characters of any script, and no packet that is larger than any message', async () => {
  const { connect, connectAs } = await startServer()
  const ann = await connect('Ann')
  for (const body of ['語'.repeat(16_000), '👩'.repeat(8_000), '"'.repeat(16_000)]) {
    expect((await ann.say(body)).body).toBe(body)
  }
  expect(
    await ann.request('message:send', { roomId: lobbyOf(ann.hello), key: randomUUID(), body: 'x'.repeat(16_001) }),
  ).toMatchObject({
    ok: false,
    error: { code: 'invalid' },
  })
  const ended = new Promise((resolve) => ann.socket.once('disconnect', resolve))
  ann.socket.emit('message:send', { body: 'x'.repeat(70_000) })
  await ended
  expect(lobby((await connectAs(ann.cookie)).hello).head.seq).toBe(3)
})

it('ends a page early where it would be too large, and loses nothing by that', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const since = lobby(ann.hello).head.rev
  const roomId = lobbyOf(ann.hello)
  for (let i = 0; i < 40; i++) await ann.say(String.fromCharCode(97 + (i % 26)).repeat(16_000))
  const newest = await ann.ask('message:list', { roomId, limit: 100 })
  expect(newest.messages).toHaveLength(16)
  expect(newest.messages.at(-1)?.seq).toBe(40)
  expect((await ann.ask('message:list', { roomId, after: 0, limit: 100 })).messages[0]?.seq).toBe(1)
  let [cursor, found] = [since, 0]
  for (;;) {
    const { changed, more } = await ann.ask('room:sync', { roomId, since: cursor })
    if (!changed) break
    ;[cursor, found] = [changed.rev, found + changed.changes.length]
    if (!more) break
  }
  expect(found).toBe(40)
})

type Visitor = Awaited<ReturnType<Awaited<ReturnType<typeof startServer>>['connect']>>

function messagesOf(visitor: Visitor) {
  return visitor
    .all('events')
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.type === 'message:changed' ? [change.message] : []))
}

function lobby(hello: Visitor['hello']) {
  const mine = hello.rooms.find(({ room }) => room.isDefault)
  if (!mine) throw new Error('Everybody is in the default room.')
  return mine
}

it('lets an author edit and delete, for everybody, on every connection', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { roomId, seq } = await ann.say('helo')
  const edited = await ann.ask('message:edit', { roomId, seq, body: 'hello' })
  const deleted = await ann.ask('message:delete', { roomId, seq })
  expect([edited.body, deleted.body, deleted.deleted]).toEqual(['hello', '', true])
  await vi.waitFor(() => expect(messagesOf(bob)).toEqual([expect.objectContaining({ body: 'helo' }), edited, deleted]))
})

it('lets nobody else change a message, nor somebody who has left the room, nor a text that is none', async () => {
  const { connect, store } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  const message = await ann.say('mine', room.id)
  const at = { roomId: room.id, seq: message.seq }
  const refused = async (who: typeof ann, code: string) => {
    const answers = [await who.request('message:edit', { ...at, body: 'his' }), await who.request('message:delete', at)]
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code } })
  }
  // A room that one is not in looks like one that does not exist, whoever wrote there.
  await refused(bob, 'not_found')
  await bob.ask('room:join', { roomId: room.id })
  await refused(bob, 'forbidden')
  expect(await ann.request('message:edit', { ...at, body: '  ' })).toMatchObject({ error: { code: 'invalid' } })
  await ann.ask('room:leave', { roomId: room.id })
  await refused(ann, 'not_found')
  expect(await store.messages.get(room.id, message.seq)).toEqual(message)
})
