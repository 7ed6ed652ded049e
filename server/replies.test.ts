import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('tells a reply and what its parent says of it in one packet, and counts it as for whoever wrote there', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  const roomId = lobbyOf(ann.hello)
  const first = await ann.say('who is for tea?')
  const draft = { roomId, key: randomUUID(), body: 'me', replyTo: first.seq }
  const reply = await bob.ask('message:send', draft)
  expect(await bob.ask('message:send', draft)).toEqual(reply)

  const told = { count: 1, lastSeq: reply.seq, by: [bob.hello.me.id] }
  await vi.waitFor(() =>
    expect(cleo.all('events').at(-1)?.changes).toMatchObject([
      { message: { seq: reply.seq, replyTo: first.seq, concerns: [ann.hello.me.id] } },
      { message: { seq: first.seq, replies: told } },
    ]),
  )
  const mine = async (cookie: string) => (await connectAs(cookie)).hello.rooms[0]
  expect(await mine(ann.cookie)).toMatchObject({ unread: 1, forYou: 1 })
  expect(await mine(cleo.cookie)).toMatchObject({ unread: 2, forYou: 0 })
  expect((await ann.ask('for-you:list', {})).messages).toEqual([reply])
  expect(await cleo.ask('message:replies', { roomId, seq: first.seq })).toMatchObject({
    messages: [reply],
    people: [{ name: 'Bob' }],
    next: null,
  })
  expect((await cleo.ask('message:get', { roomId, seqs: [first.seq] })).messages).toMatchObject([{ replies: told }])
})

it('refuses an answer to what is not there, and more positions than a page has', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  const code = async (answer: Promise<{ ok: boolean; error?: { code: string } }>) => (await answer).error?.code
  expect(await code(ann.request('message:send', { roomId, key: randomUUID(), body: 'x', replyTo: 9 }))).toBe(
    'not_found',
  )
  const seqs = Array.from({ length: 101 }, (_, i) => i + 1)
  expect(await code(ann.request('message:get', { roomId, seqs }))).toBe('invalid')
})
