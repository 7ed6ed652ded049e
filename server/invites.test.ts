import { expect, it } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('says who invites and where to, lets in with a name, and lands there', async () => {
  const { url, own, connect, post } = await startServer({ JOIN: 'invite' })
  const ann = await own('Ann')
  const { room } = await ann.ask('room:create', { name: 'Repair café' })
  const { invite, token } = await ann.ask('invite:create', { roomIds: [room.id], uses: 1 })
  expect(await (await post('/api/invite', { token })).json()).toEqual({
    by: ann.hello.me,
    room: { id: room.id, name: 'Repair café' },
    role: 'member',
  })
  const bob = await connect('Bob', token)
  expect(bob.hello.rooms.map((mine) => mine.room.name).toSorted()).toEqual(['Lobby', 'Repair café'])
  expect((await post('/api/invite', { token })).status).toBe(404)
  await expect(connect('Cleo', token)).rejects.toThrow('not_found')
  expect((await ann.ask('invite:people', { id: invite.id })).people).toEqual([bob.hello.me])
  // Nobody learns of those who are here before they are in.
  expect(await (await fetch(`${url}/api/place`)).json()).toMatchObject({ here: [], join: 'invite' })
})

it('is for owners and admins, and of their own rooms', async () => {
  const { own, connect } = await startServer()
  const [ann, bob] = [await own('Ann'), await connect('Bob')]
  for (const ask of [
    () => bob.ask('invite:create', {}),
    () => bob.ask('invite:list', {}),
    () => bob.ask('invite:people', { id: 'any' }),
    () => bob.ask('invite:revoke', { id: 'any' }),
  ]) {
    await expect(ask()).rejects.toThrow('forbidden')
  }
  const { room } = await bob.ask('room:direct', { personId: ann.hello.me.id })
  const { room: kitchen } = await bob.ask('room:create', { name: 'Kitchen' })
  await expect(ann.ask('invite:create', { roomIds: [room.id] })).rejects.toThrow('forbidden')
  await expect(ann.ask('invite:create', { roomIds: [kitchen.id] })).rejects.toThrow('not_found')
  await expect(ann.ask('invite:create', { role: 'guest' })).rejects.toThrow('invalid')
  await ann.ask('people:role', { personId: bob.hello.me.id, role: 'admin' })
  await expect(bob.ask('invite:create', { role: 'admin' })).rejects.toThrow('forbidden')
  expect(await ann.ask('invite:create', { role: 'admin', uses: 1 })).toMatchObject({ invite: { role: 'admin' } })
})

it('shows a guest the rooms of the invitation and no other', async () => {
  const { own, connect } = await startServer()
  const ann = await own('Ann')
  const { room } = await ann.ask('room:create', { name: 'Repair café' })
  const { token } = await ann.ask('invite:create', { role: 'guest', roomIds: [room.id] })
  const gus = await connect('Gus', token)
  expect(gus.hello.rooms.map((mine) => mine.room.id)).toEqual([room.id])
  const lobby = lobbyOf(ann.hello)
  const none = await gus.request('message:list', { roomId: 'nowhere' })
  for (const name of ['message:list', 'room:members', 'room:join', 'room:sync'] as const) {
    const answer = await gus.request(name, { roomId: lobby, since: 0 })
    expect(answer, name).toEqual(none)
  }
  expect((await gus.ask('room:list', {})).rooms.map((one) => one.room.id)).toEqual([room.id])
  await ann.say('for members')
  const heard = await ann.say('for the café', room.id)
  await expect.poll(() => gus.all('events').map(({ roomId }) => roomId)).toEqual([room.id])
  expect(JSON.stringify(gus.heard)).not.toContain('for members')
  expect(heard.seq).toBe(1)
})

it('lists them and stops them, and no token is in any list', async () => {
  const { own, comeIn, post } = await startServer()
  const ann = await own('Ann')
  const { invite, token } = await ann.ask('invite:create', { milliseconds: null })
  const listed = await ann.ask('invite:list', {})
  expect(listed).toEqual({ invites: [invite], people: [ann.hello.me], next: null })
  expect(JSON.stringify(listed)).not.toContain(token)
  expect(await ann.ask('invite:revoke', { id: invite.id })).toMatchObject({ revoked: true })
  await expect(comeIn('Bob', token)).rejects.toThrow('not_found')
  for (const wrong of [token, 'x', '', null, 7, ['x'], 'x'.repeat(1_000)]) {
    expect((await post('/api/invite', { token: wrong })).status, String(wrong).slice(0, 20)).toBe(404)
  }
})
