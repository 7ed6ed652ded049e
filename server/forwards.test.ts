import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const forward = (who: Visitor, from: { roomId: string; seq: number }, roomId = lobbyOf(who.hello)) =>
  who.request('message:send', {
    roomId,
    key: randomUUID(),
    body: 'what she never said',
    forward: { roomId: from.roomId, seq: from.seq },
  })

it('repeats in another room what somebody has said, in their words, whatever the sender writes', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  const said = await ann.say(`cake for <@${bob.hello.me.id}> and <@room>`, room.id)
  const answer = await forward(bob, said)
  const from = { roomId: room.id, seq: said.seq }
  expect(answer).toMatchObject({
    ok: true,
    data: { body: said.body, forwarded: { authorId: ann.hello.me.id, sentAt: said.sentAt, from } },
  })
  expect(answer.ok && answer.data).not.toHaveProperty('mentions')
  await vi.waitFor(() => expect(JSON.stringify(ann.all('events'))).toContain('"forwarded"'))
})

it('repeats nothing that one may not see, and speaks of it as of a room that is none', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Attic', private: true })
  const said = await ann.say('no cake', room.id)
  const none = await forward(bob, { roomId: 'nowhere', seq: 1 })
  expect(await forward(bob, said)).toEqual(none)
  await ann.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  expect(await forward(bob, said)).toMatchObject({ ok: true })
  await bob.ask('room:leave', { roomId: room.id })
  expect(await forward(bob, said)).toEqual(none)
})

it('tells those who are not in a private room nothing of it but the words', async () => {
  const { connect } = await startServer()
  const [ann, bob, eve] = await Promise.all([connect('Ann'), connect('Bob'), connect('Eve')])
  const { room } = await ann.ask('room:create', { name: 'Attic', private: true })
  await ann.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  await forward(bob, await ann.say('no cake', room.id))
  await vi.waitFor(() => expect(JSON.stringify(eve.heard)).toContain('no cake'))
  expect(JSON.stringify(eve.heard)).not.toContain(room.id)
  expect(JSON.stringify(eve.heard)).not.toContain('Attic')
})

it('repeats nothing that is deleted, and keeps what was repeated before', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  const said = await ann.say('cake', room.id)
  const copy = await forward(bob, said)
  await ann.ask('message:delete', { roomId: room.id, seq: said.seq })
  expect(await forward(bob, said)).toMatchObject({ error: { code: 'not_found', message: 'No such message.' } })
  const { messages } = await bob.ask('message:list', { roomId: lobbyOf(bob.hello) })
  expect(messages.at(-1)).toEqual(copy.ok && copy.data)
})

it('lets nobody change what somebody else has said', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const copy = await forward(ann, await ann.say('cake'))
  const seq = copy.ok ? copy.data.seq : 0
  expect(await ann.request('message:edit', { roomId: lobbyOf(ann.hello), seq, body: 'pie' })).toMatchObject({
    error: { code: 'forbidden' },
  })
})
