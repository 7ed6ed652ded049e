import { setTimeout as after } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('lists one’s devices by how they call themselves, and says which one asks', async () => {
  const { comeIn, connectAs } = await startServer()
  const ann = await connectAs(await comeIn('Ann'))
  const { devices } = await ann.ask('device:list', {})
  expect(devices).toEqual([expect.objectContaining({ agent: 'node', current: true })])
  expect(JSON.stringify(devices)).not.toContain(ann.cookie.split('=')[1])
})

it('ends the connections of a session that is revoked, and nobody comes back by it', async () => {
  const { store, connect, connectAs, post } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const token = await store.sessions.create(ann.hello.me.id, { agent: 'Phone' })
  const phone = await connectAs(`natter=${token}`)
  phone.socket.io.opts.reconnection = false
  const id = (await ann.ask('device:list', {})).devices.find(({ agent }) => agent === 'Phone')?.id ?? ''
  // What is somebody else’s is not theirs to end, and looks like what is not there.
  expect(await bob.ask('device:revoke', { id })).toEqual({})
  expect(phone.socket.connected).toBe(true)

  await ann.ask('device:revoke', { id })
  await vi.waitFor(() => expect(phone.socket.connected).toBe(false))
  await ann.say('not for a lost phone')
  await expect(connectAs(`natter=${token}`)).rejects.toThrow('unauthorized')
  expect(JSON.stringify(phone.heard)).not.toContain('lost phone')
  expect((await post('/api/people', { name: 'Ann' }, `natter=${token}`)).status).toBe(409)

  const other = await connectAs(`natter=${await store.sessions.create(ann.hello.me.id)}`)
  await ann.ask('device:revokeOthers', {})
  await vi.waitFor(() => expect(other.socket.connected).toBe(false))
  expect(ann.socket.connected).toBe(true)
})

it('notes of somebody who was here for hours when they left', async () => {
  const { store, connect } = await startServer()
  const ann = await connect('Ann')
  const { id } = ann.hello.me
  const { [id]: before = Infinity } = await store.sessions.lastSeen([id])
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * 60 * 60 * 1000)
  onTestFinished(() => void vi.restoreAllMocks())
  ann.socket.disconnect()
  await vi.waitFor(async () => expect((await store.sessions.lastSeen([id]))[id]).toBeGreaterThan(before))
})

it('says of who is here that they are here now, however long ago that was noted', async () => {
  const { own, connect } = await startServer()
  const [olga, ann] = [await own('Olga'), await connect('Ann')]
  const later = Date.now() + 2 * 60 * 60 * 1000
  vi.spyOn(Date, 'now').mockReturnValue(later)
  onTestFinished(() => void vi.restoreAllMocks())
  const { id } = ann.hello.me
  expect(await olga.ask('people:seen', { ids: [id] })).toEqual({ [id]: later })
  await expect(ann.ask('people:seen', { ids: [id] })).rejects.toThrow('forbidden')
})

it('signs another browser in by a link, once, and only from its own pages', async () => {
  const { url, connect, connectAs, post } = await startServer()
  const ann = await connect('Ann')
  const { token } = await ann.ask('device:link', {})
  const foreign = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
    body: JSON.stringify({ token }),
  })
  expect(foreign.status).toBe(403)
  for (const wrong of ['', null, 7, ['x'], 'x'.repeat(65)]) {
    expect((await post('/api/sign-in', { token: wrong })).status).toBe(400)
  }
  expect((await post('/api/sign-in', { token: 'x'.repeat(43) })).status).toBe(404)
  const signedIn = await post('/api/sign-in', { token })
  expect(await signedIn.json()).toEqual(ann.hello.me)
  const phone = await connectAs(signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '')
  expect(phone.hello.me).toEqual(ann.hello.me)
  expect(phone.cookie).not.toBe(ann.cookie)
  expect((await post('/api/sign-in', { token })).status).toBe(404)
  const { devices } = await ann.ask('device:list', {})
  expect(devices.filter(({ current }) => current)).toHaveLength(1)
  expect(devices).toHaveLength(2)
})

it('signs out of a browser for good, and only its own pages may', async () => {
  const { url, connect, connectAs, post } = await startServer()
  const ann = await connect('Ann')
  const foreign = await fetch(`${url}/api/sign-out`, {
    method: 'POST',
    headers: { Origin: 'https://evil.example', Cookie: ann.cookie },
  })
  expect(foreign.status).toBe(403)
  expect(ann.socket.connected).toBe(true)
  const out = await post('/api/sign-out', {}, ann.cookie)
  expect(out.headers.get('set-cookie')).toMatch(/^natter=; Max-Age=0; .*HttpOnly/)
  await vi.waitFor(() => expect(ann.socket.connected).toBe(false))
  await expect(connectAs(ann.cookie)).rejects.toThrow('unauthorized')
})

it('removes somebody while others talk: nothing later reaches them, and nothing of theirs is taken', async () => {
  const { own, connect, connectAs } = await startServer({ LIMIT_MESSAGES: '100000' })
  const [ann, bob, cleo] = [await own('Ann'), await connect('Bob'), await connect('Cleo')]
  const roomId = lobbyOf(ann.hello)
  await expect(cleo.ask('people:remove', { personId: bob.hello.me.id })).rejects.toThrow('forbidden')
  let talking = true
  const talk = (async () => {
    while (talking) await Promise.all([cleo.say('on and on'), after(5)])
  })()
  await vi.waitFor(() => expect(bob.all('events').length).toBeGreaterThan(5))
  bob.socket.io.opts.reconnection = false
  const gone = await ann.ask('people:remove', { personId: bob.hello.me.id })
  expect(gone).toMatchObject({ name: 'Bob', gone: true })
  await vi.waitFor(() => expect(bob.socket.connected).toBe(false))
  expect(bob.all('people:removed')).toHaveLength(1)
  talking = false
  await talk
  const left = ann
    .all('events')
    .flatMap(({ changes }) => changes)
    .find((change) => change.type === 'member:changed' && change.member.personId === gone.id && !change.member.present)
  const at = left?.type === 'member:changed' ? left.member.rev : 0
  const revs = bob.all('events').filter((packet) => packet.roomId === roomId)
  expect(Math.max(...revs.map(({ rev }) => rev))).toBeLessThan(at)
  await expect(connectAs(bob.cookie)).rejects.toThrow('unauthorized')
  await expect(ann.ask('room:direct', { personId: gone.id })).rejects.toThrow('not_found')
  await expect(ann.ask('people:remove', { personId: ann.hello.me.id })).rejects.toThrow('forbidden')
})
