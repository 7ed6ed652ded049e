import { expect, it, vi } from 'vitest'
import { startServer } from './testing/startServer.ts'

it('belongs to whoever opens the link of the console, and to nobody who came before or comes later', async () => {
  const { url, store, post, connect } = await startServer()
  const eve = await connect('Eve')
  expect(eve.hello.me.role).toBe('member')
  const [old, token] = [await store.place.ownerLink(), await store.place.ownerLink()]
  for (const wrong of [old, 'guessed', '', null, { length: 43 }]) {
    const refused = await post('/api/owner', { token: wrong, place: 'Evil', name: 'Mallory' })
    expect([400, 404], JSON.stringify(wrong)).toContain(refused.status)
  }
  expect((await post('/api/owner', { token, place: '  ', name: 'Ann' })).status).toBe(400)
  expect((await post('/api/owner', { token, place: 'Fernhill' })).status).toBe(400)
  const founded = await post('/api/owner', { token, place: 'Fernhill', name: 'Ann' })
  expect(founded.status).toBe(201)
  expect(await founded.json()).toMatchObject({ name: 'Ann', role: 'owner' })
  expect(founded.headers.get('set-cookie')).toMatch(/^natter=[\w-]{43}; .*HttpOnly; SameSite=Strict/)
  expect((await post('/api/owner', { token, place: 'Evil', name: 'Mallory' })).status).toBe(404)
  expect(await (await fetch(`${url}/api/place`)).json()).toMatchObject({ place: { name: 'Fernhill' } })
  expect(eve.all('place:changed')).toEqual([{ name: 'Fernhill', join: 'open', joinIsFixed: false }])
})

it('can be owned by somebody who is here, and is theirs on the connection that is open', async () => {
  const { store, post, connect } = await startServer()
  const ann = await connect('Ann')
  const token = await store.place.ownerLink()
  await expect(ann.ask('place:change', { name: 'Mine' })).rejects.toThrow('forbidden')
  expect((await post('/api/owner', { token, place: 'Fernhill' }, ann.cookie)).status).toBe(201)
  expect(await ann.ask('place:change', { name: 'Mine' })).toMatchObject({ name: 'Mine' })
})

it('is no other site’s to found', async () => {
  const { url, store } = await startServer()
  const token = await store.place.ownerLink()
  const response = await fetch(`${url}/api/owner`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
    body: JSON.stringify({ token, place: 'Evil', name: 'Mallory' }),
  })
  expect(response.status).toBe(403)
})

it('is open as long as only this machine reaches it, and by invitation as soon as others can', async () => {
  const joinOf = async (environment: Record<string, string>) => {
    const { url } = await startServer(environment)
    return (await (await fetch(`${url}/api/place`, { headers: { Host: 'localhost' } })).json()).join
  }
  expect(await joinOf({})).toBe('open')
  expect(await joinOf({ HOST: '0.0.0.0' })).toBe('invite')
  expect(await joinOf({ ORIGIN: 'https://chat.example.org' })).toBe('invite')
  expect(await joinOf({ TRUST_PROXY: 'true' })).toBe('invite')
  expect(await joinOf({ HOST: '0.0.0.0', JOIN: 'open' })).toBe('open')
})

it('lets its owners say who may come in, and nobody else', async () => {
  const { own, connect, comeIn, post } = await startServer()
  const [ann, bob] = [await own('Ann'), await connect('Bob')]
  await ann.ask('people:role', { personId: bob.hello.me.id, role: 'admin' })
  expect(await bob.ask('place:change', { name: 'Fernhill Tools' })).toMatchObject({ name: 'Fernhill Tools' })
  await expect(bob.ask('place:change', { join: 'closed' })).rejects.toThrow('forbidden')
  await ann.ask('place:change', { join: 'invite' })
  await vi.waitFor(() => expect(bob.all('place:changed').at(-1)).toMatchObject({ join: 'invite' }))
  await expect(comeIn('Cleo')).rejects.toThrow('forbidden')
  const { token } = await ann.ask('invite:create', {})
  expect((await post('/api/people', { name: 'Cleo', invite: token })).status).toBe(201)
  await ann.ask('place:change', { join: 'closed' })
  await expect(comeIn('Dan', token)).rejects.toThrow('forbidden')
  expect((await post('/api/invite', { token })).status).toBe(404)
})

it('lets nobody in it change what whoever runs the server has decided', async () => {
  const { own } = await startServer({ JOIN: 'invite' })
  const ann = await own('Ann')
  expect(ann.hello.place).toEqual({ name: 'Fernhill', join: 'invite', joinIsFixed: true })
  await expect(ann.ask('place:change', { join: 'open' })).rejects.toThrow('forbidden')
})

it('gives roles downwards only, and takes them in the same turn', async () => {
  const { own, connect } = await startServer()
  const [ann, bob, cleo] = [await own('Ann'), await connect('Bob'), await connect('Cleo')]
  const [annId, bobId, cleoId] = [ann, bob, cleo].map(({ hello }) => hello.me.id) as [string, string, string]
  for (const role of ['owner', 'admin', 'guest'] as const) {
    await expect(bob.ask('people:role', { personId: bobId, role })).rejects.toThrow('forbidden')
    await expect(bob.ask('people:role', { personId: cleoId, role })).rejects.toThrow('forbidden')
  }
  await ann.ask('people:role', { personId: bobId, role: 'admin' })
  await expect(bob.ask('people:role', { personId: cleoId, role: 'admin' })).rejects.toThrow('forbidden')
  await expect(bob.ask('people:role', { personId: annId, role: 'member' })).rejects.toThrow('forbidden')
  expect(await bob.ask('people:role', { personId: cleoId, role: 'guest' })).toMatchObject({ role: 'guest' })
  await expect(ann.ask('people:role', { personId: annId, role: 'member' })).rejects.toThrow('forbidden')
  await ann.ask('people:role', { personId: bobId, role: 'member' })
  await expect(bob.ask('people:role', { personId: cleoId, role: 'member' })).rejects.toThrow('forbidden')
  await expect(cleo.ask('room:create', { name: 'Kitchen' })).rejects.toThrow('forbidden')
})

it('says how the server is to those who look after it', async () => {
  const { own, connect } = await startServer({ JOIN: 'open' })
  const [owner, ann] = [await own('Olga'), await connect('Ann')]
  await ann.say('hello')
  expect(await owner.ask('place:health', {})).toMatchObject({
    connections: 2,
    present: 2,
    people: 2,
    rooms: 1,
    messages: 1,
    trouble: null,
    damage: null,
  })
  expect(await ann.request('place:health', {})).toMatchObject({ error: { code: 'forbidden' } })
})
