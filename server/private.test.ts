import { setTimeout as after } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { startServer } from './testing/startServer.ts'

it('a private room is like one that does not exist to whoever is not in it', async () => {
  const { own, connect, connectAs } = await startServer()
  const [owner, ann, bob, eve] = [await own('Olga'), await connect('Ann'), await connect('Bob'), await connect('Eve')]
  const { room } = await ann.ask('room:create', { name: 'Secret board', topic: 'of nobody else', private: true })
  const inRoom = { roomId: room.id }
  await ann.ask('room:add', { ...inRoom, personId: bob.hello.me.id })
  await vi.waitFor(() => expect(bob.all('room:joined').at(-1)?.mine.room).toEqual(room))
  const said = await bob.say('between us', room.id)
  await ann.ask('typing:set', { ...inRoom, typing: true })

  // Owners too: what is private is not theirs to read.
  for (const outsider of [owner, eve]) {
    const asked = (roomId: string) => {
      const key = '00000000-0000-4000-8000-000000000000'
      const personId = outsider.hello.me.id
      return Promise.all([
        outsider.request('message:list', { roomId }),
        outsider.request('message:send', { roomId, key, body: 'let me in' }),
        outsider.request('message:edit', { roomId, seq: said.seq, body: 'mine' }),
        outsider.request('message:delete', { roomId, seq: said.seq }),
        outsider.request('room:sync', { roomId, since: 0 }),
        outsider.request('room:join', { roomId }),
        outsider.request('room:leave', { roomId }),
        outsider.request('room:members', { roomId }),
        outsider.request('room:topic', { roomId, topic: 'mine' }),
        outsider.request('room:rename', { roomId, name: 'Mine' }),
        outsider.request('room:writing', { roomId, slowMode: 5 }),
        outsider.request('room:archive', { roomId, archived: true }),
        outsider.request('room:archive', { roomId, archived: false }),
        outsider.request('room:delete', { roomId }),
        outsider.request('room:add', { roomId, personId }),
        outsider.request('room:remove', { roomId, personId: ann.hello.me.id }),
        outsider.request('typing:set', { roomId, typing: true }),
        outsider.request('read:advance', { roomId, seq: 1 }),
      ])
    }
    const answers = await asked(room.id)
    expect(answers).toEqual(await asked('nowhere'))
    expect(answers.every(({ ok }) => !ok)).toBe(true)
    const browsed = await outsider.ask('room:list', { query: '' })
    const again = await connectAs(outsider.cookie)
    const all = JSON.stringify([outsider.heard, again.heard, browsed])
    for (const canary of ['Secret', 'between us', 'of nobody else', room.id]) expect(all).not.toContain(canary)
  }
  await expect(owner.ask('invite:create', { roomIds: [room.id] })).rejects.toThrow('not_found')
})

it('takes somebody out of a room while others talk: nothing of it reaches them from then on, on resume neither', async () => {
  const { connect, connectAs } = await startServer({ LIMIT_MESSAGES: '100000' })
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  const { room } = await ann.ask('room:create', { name: 'Board', private: true })
  for (const { hello } of [bob, cleo]) await ann.ask('room:add', { roomId: room.id, personId: hello.me.id })
  await expect(bob.ask('room:remove', { roomId: room.id, personId: cleo.hello.me.id })).rejects.toThrow('forbidden')
  await expect(bob.ask('room:rename', { roomId: room.id, name: 'Bob’s' })).rejects.toThrow('forbidden')
  let talking = true
  const talk = (async () => {
    while (talking) await Promise.all([cleo.say('on and on', room.id), after(5)])
  })()
  const ofRoom = () => bob.all('events').filter(({ roomId }) => roomId === room.id)
  await vi.waitFor(() => expect(ofRoom().length).toBeGreaterThan(5))
  await ann.ask('room:remove', { roomId: room.id, personId: bob.hello.me.id })
  await vi.waitFor(() => expect(bob.all('room:left')).toEqual([{ roomId: room.id }]))
  talking = false
  await talk
  const left = ann
    .all('events')
    .flatMap(({ changes }) => changes)
    .find(
      (change) =>
        change.type === 'member:changed' && change.member.personId === bob.hello.me.id && !change.member.present,
    )
  const at = left?.type === 'member:changed' ? left.member.rev : 0
  expect(Math.max(...ofRoom().map(({ rev }) => rev))).toBeLessThan(at)
  const since = await bob.request('room:sync', { roomId: room.id, since: at - 1 })
  expect(since).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect((await connectAs(bob.cookie)).hello.rooms.map((mine) => mine.room.id)).not.toContain(room.id)
  // Whoever made it can bring them back.
  await ann.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  expect((await bob.ask('message:list', { roomId: room.id, limit: 1 })).messages).toHaveLength(1)
})

it('lets nobody put out those who look after the place, and owners and admins rename what they are in', async () => {
  const { own, connect } = await startServer()
  const [olga, ann, bob] = [await own('Olga'), await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  await olga.ask('room:join', { roomId: room.id })
  await bob.ask('room:join', { roomId: room.id })
  await expect(ann.ask('room:remove', { roomId: room.id, personId: olga.hello.me.id })).rejects.toThrow('forbidden')
  await expect(bob.ask('room:rename', { roomId: room.id, name: 'Mine' })).rejects.toThrow('forbidden')
  expect(await olga.ask('room:rename', { roomId: room.id, name: 'Big kitchen' })).toMatchObject({ name: 'Big kitchen' })
  await olga.ask('room:remove', { roomId: room.id, personId: ann.hello.me.id })
  await expect(ann.ask('message:send', { roomId: room.id, key: crypto.randomUUID(), body: 'hello' })).rejects.toThrow(
    'not_found',
  )
})
