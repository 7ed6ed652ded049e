import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('cuts a page of the tutorial with the session or the person that it came by', async () => {
  const { url, own, connect, connectTutorial } = await startServer({ JOIN: 'open' })
  const owner = await own('Olga')
  const [bob, eve] = [await connect('Bob'), await connect('Eve')]
  const [ofBob, ofEve] = [bob, eve].map(({ cookie }) =>
    connectTutorial({}, { extraHeaders: { Cookie: cookie, Origin: url } }),
  )
  await vi.waitFor(() => expect([ofBob?.socket.connected, ofEve?.socket.connected]).toEqual([true, true]))
  for (const page of [ofBob, ofEve]) page?.socket.io.reconnection(false)

  const { devices } = await bob.ask('device:list', {})
  expect(devices).toHaveLength(1)
  await owner.ask('people:remove', { personId: eve.hello.me.id })
  await vi.waitFor(() => expect(ofEve?.socket.connected).toBe(false))
  // Whoever ends their own session hears no answer.
  void bob.request('device:revoke', { id: devices[0]?.id ?? '' }).catch(() => {})
  await vi.waitFor(() => expect(ofBob?.socket.connected).toBe(false))
  await owner.say('among us')
  for (const page of [ofBob, ofEve]) expect(JSON.stringify(page?.heard)).not.toContain('among us')
})

it('brings no room but the first to a page of the tutorial, and none to a guest’s', async () => {
  const { url, own, connect, connectTutorial } = await startServer({ JOIN: 'open' })
  const owner = await own('Olga')
  const bob = await connect('Bob')
  const page = connectTutorial({}, { extraHeaders: { Cookie: bob.cookie, Origin: url } })
  await vi.waitFor(() => expect(page.socket.connected).toBe(true))
  const { room } = await owner.ask('room:create', { name: 'Board', private: true })
  await owner.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  await owner.say('for the board', room.id)
  const everything: string[] = []
  page.socket.onAny((...packet) => everything.push(JSON.stringify(packet)))
  await owner.say('for all')
  await vi.waitFor(() => expect(page.heard.map(([text]) => text)).toContain('for all'))
  expect(everything.join()).not.toContain('board')

  await owner.ask('people:role', { personId: bob.hello.me.id, role: 'guest' })
  await vi.waitFor(() => expect(bob.all('room:left')).toEqual([{ roomId: lobbyOf(bob.hello) }]))
  await vi.waitFor(() => expect(page.socket.connected).toBe(false))
})

it('lets visitors go when the doors are closed', async () => {
  const { own, connectTutorial } = await startServer()
  const owner = await own('Olga')
  const visitor = connectTutorial()
  await vi.waitFor(() => expect(visitor.socket.connected).toBe(true))
  visitor.socket.io.reconnection(false)
  await owner.ask('place:change', { join: 'closed' })
  await vi.waitFor(() => expect(visitor.socket.connected).toBe(false))
})

it('leaves nobody a way back: no link for another device, no invitation of theirs', async () => {
  const { own, connect, post, store } = await startServer({ JOIN: 'invite' })
  const owner = await own('Olga')
  const { token: door } = await owner.ask('invite:create', {})
  const eve = await connect('Eve', door)
  const { token: link } = await eve.ask('device:link', {})
  await eve.ask('device:revokeOthers', {})
  expect((await post('/api/sign-in', { token: link })).status).toBe(404)

  await owner.ask('people:role', { personId: eve.hello.me.id, role: 'owner' })
  const { room } = await eve.ask('room:create', { name: 'Hers' })
  const back = await eve.ask('invite:create', { role: 'admin', roomIds: [room.id] })
  const { invite: kept, token: other } = await owner.ask('invite:create', {})
  await owner.ask('people:remove', { personId: eve.hello.me.id })
  expect((await post('/api/people', { name: 'Eve again', invite: back.token })).status).toBe(404)
  expect(await store.invites.find(other)).toMatchObject({ id: kept.id })
  expect(await owner.request('people:role', { personId: eve.hello.me.id, role: 'owner' })).toMatchObject({
    error: { code: 'not_found' },
  })
})

it('leads by an invitation only where its maker still is', async () => {
  const { own, connect } = await startServer({ JOIN: 'invite' })
  const owner = await own('Olga')
  const { room } = await owner.ask('room:create', { name: 'Board', private: true })
  const { token } = await owner.ask('invite:create', { roomIds: [room.id] })
  await owner.ask('room:leave', { roomId: room.id })
  const bob = await connect('Bob', token)
  expect(bob.hello.rooms.map((mine) => mine.room.name)).toEqual(['Lobby'])
})
