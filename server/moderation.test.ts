import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { idOf, inhabit } from './testing/looksAfter.ts'
import type { Visitor } from './testing/startServer.ts'

const HOUR = 60 * 60_000

it('lets those delete a message who look after it, says so to everybody, and to nobody what it said', async () => {
  const { olga, ann, bob, lobby, connect } = await inhabit()
  const eve = await connect('Eve')
  const said = await bob.say('watches, cheap')
  await expect(eve.ask('message:delete', { roomId: lobby, seq: said.seq })).rejects.toThrow('forbidden')
  const theirs = await olga.say('mine')
  await expect(ann.ask('message:delete', { roomId: lobby, seq: theirs.seq })).rejects.toThrow('forbidden')
  await ann.ask('message:delete', { roomId: lobby, seq: said.seq })
  await vi.waitFor(() =>
    expect(eve.all('events').at(-1)?.changes).toMatchObject([
      { message: { seq: said.seq, deleted: true, moderated: true, body: '' } },
    ]),
  )
  const { room } = await bob.ask('room:create', { name: 'Board', private: true })
  await bob.ask('room:add', { roomId: room.id, personId: idOf(eve) })
  const [mine, other] = [await eve.say('one', room.id), await bob.say('two', room.id)]
  // What is private is nobody's to look after who is not in it, but its maker's.
  await expect(olga.ask('message:delete', { roomId: room.id, seq: mine.seq })).rejects.toThrow('not_found')
  await expect(eve.ask('message:delete', { roomId: room.id, seq: other.seq })).rejects.toThrow('forbidden')
  expect(await bob.ask('message:delete', { roomId: room.id, seq: mine.seq })).toMatchObject({ moderated: true })
  const { room: two } = await ann.ask('room:direct', { personId: idOf(bob) })
  const private_ = await bob.say('hello', two.id)
  await expect(ann.ask('message:delete', { roomId: two.id, seq: private_.seq })).rejects.toThrow('forbidden')
})

it('mutes somebody on the connection that is open, tells their devices until when, and lets them read on', async () => {
  const { ann, bob, lobby, connectAs } = await inhabit()
  const other = await connectAs(bob.cookie)
  const said = await bob.say('before')
  const mute = await ann.ask('moderation:mute', { personId: idOf(bob), roomId: lobby, milliseconds: HOUR })
  const answers = await Promise.all([
    bob.request('message:send', { roomId: lobby, key: randomUUID(), body: 'x' }),
    other.request('message:edit', { roomId: lobby, seq: said.seq, body: 'x' }),
    bob.request('room:topic', { roomId: lobby, topic: 'x' }),
    bob.request('typing:set', { roomId: lobby, typing: true }),
  ])
  for (const answer of answers) {
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'forbidden', message: expect.stringMatching(/^You can read here, and write again in 1 hour\.$/) },
    })
    expect(!answer.ok && answer.error.retryAfter).toBeGreaterThan(HOUR - 60_000)
  }
  for (const device of [bob, other]) {
    await vi.waitFor(() => expect(device.all('moderation:changed').at(-1)?.mutes).toEqual([mute]))
  }
  expect(ann.all('moderation:changed').every(({ mutes }) => mutes.length === 0)).toBe(true)
  await ann.say('go on reading')
  await vi.waitFor(() => expect(JSON.stringify(bob.heard)).toContain('go on reading'))
  expect((await connectAs(bob.cookie)).heard.map(({ event }) => event)[0]).toBe('hello')
  await ann.ask('moderation:unmute', { personId: idOf(bob), roomId: lobby })
  expect(await bob.say('after')).toMatchObject({ body: 'after' })
  await ann.ask('moderation:mute', { personId: idOf(bob), milliseconds: HOUR })
  await expect(bob.ask('room:create', { name: 'My own' })).rejects.toThrow('forbidden')
})

it('lets nobody moderate whom they are not above, nor themselves, nor what they do not look after', async () => {
  const { olga, ann, bob, lobby, connect } = await inhabit()
  const eve = await connect('Eve')
  const { room } = await bob.ask('room:create', { name: 'Kitchen' })
  for (const one of [ann, eve]) await one.ask('room:join', { roomId: room.id })
  const acts = (me: Visitor, personId: string, roomId: string | null) => [
    me.request('moderation:mute', { personId, roomId, milliseconds: HOUR }),
    me.request('moderation:unmute', { personId, roomId }),
    me.request('moderation:purge', { personId, roomId, within: 'ever' }),
  ]
  const refusals = await Promise.all([
    ...acts(eve, idOf(bob), null),
    ...acts(eve, idOf(bob), lobby),
    ...acts(bob, idOf(eve), lobby),
    ...acts(bob, idOf(eve), null),
    ...acts(bob, idOf(ann), room.id),
    ...acts(bob, idOf(bob), room.id),
    ...acts(ann, idOf(olga), null),
    ...acts(ann, idOf(ann), null),
    eve.request('moderation:ban', { personId: idOf(bob) }),
    ann.request('moderation:ban', { personId: idOf(olga) }),
    olga.request('moderation:ban', { personId: idOf(olga) }),
    bob.request('moderation:lift', { personId: idOf(eve) }),
    bob.request('moderation:bans', {}),
    bob.request('moderation:about', { personId: idOf(eve) }),
    eve.request('moderation:about', { personId: idOf(bob), roomId: room.id }),
  ])
  for (const answer of refusals) expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  const nowhere = await bob.request('moderation:mute', { personId: idOf(eve), roomId: 'nowhere', milliseconds: HOUR })
  expect(nowhere).toMatchObject({ ok: false, error: { code: 'not_found' } })
  const mute = await bob.ask('moderation:mute', { personId: idOf(eve), roomId: room.id, milliseconds: HOUR })
  expect(await bob.ask('moderation:about', { personId: idOf(eve), roomId: room.id })).toEqual({
    mutes: [mute],
    banned: false,
    purges: [],
  })
  expect(await eve.say('still here')).toMatchObject({ roomId: lobby })
})

it('bans somebody who comes back by no door, until it is lifted; then their browser is theirs again', async () => {
  const { olga, bob, connect, connectAs, comeIn, post, url } = await inhabit()
  const door = async (Cookie: string) => (await fetch(`${url}/api/place`, { headers: { Cookie } })).json()
  const { room } = await bob.ask('room:create', { name: 'Bob’s' })
  const { token: link } = await bob.ask('device:link', {})
  const { token: invite } = await olga.ask('invite:create', {})
  await olga.ask('moderation:ban', { personId: idOf(bob) })
  await vi.waitFor(() => expect(bob.socket.connected).toBe(false))
  expect(bob.all('people:removed')).toEqual([{}])
  await expect(connectAs(bob.cookie)).rejects.toThrow('unauthorized')
  // At the door they are told before they try.
  expect(await door(bob.cookie)).toMatchObject({ me: null, shutOut: true })
  expect(await door(olga.cookie)).toMatchObject({ shutOut: false })
  for (const [path, body] of [
    ['/api/people', { name: 'Bob again' }],
    ['/api/people', { name: 'Bob again', invite }],
    ['/api/invite', { token: invite }],
    ['/api/sign-in', { token: link }],
  ] as const) {
    const response = await post(path, body, bob.cookie)
    expect(response.status, path).toBe(403)
    expect(await response.json()).toMatchObject({
      error: { message: 'You cannot come in from here: ask whoever looks after this place.' },
    })
  }
  expect((await post('/api/sign-in', { token: link })).status).toBe(404)
  await expect(comeIn('Bob')).rejects.toThrow('name_taken')
  await connect('Somebody else')
  expect(await olga.ask('moderation:bans', {})).toMatchObject({ people: [{ name: 'Bob', gone: true }] })

  await olga.ask('moderation:lift', { personId: idOf(bob) })
  const again = await connectAs(bob.cookie)
  expect(again.hello.me).toMatchObject({ id: idOf(bob), gone: false, role: 'member' })
  expect(await door(bob.cookie)).toMatchObject({ me: { id: idOf(bob) }, shutOut: false })
  expect(again.hello.rooms.map((mine) => mine.room.id)).not.toContain(room.id)
})

it('shuts the address with somebody, but never to who looks after the place, and keeps nobody out who is elsewhere', async () => {
  const server = await inhabit({ TRUST_PROXY: 'true', JOIN: 'open' })
  const { olga, bob, url, connectAs } = server
  const from = (address: string, path: string, body: unknown, cookie = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url, 'X-Forwarded-For': address, Cookie: cookie },
      body: JSON.stringify(body),
    })
  // Everybody here comes from one address: it is not shut, because Olga is there as well.
  expect(await olga.ask('moderation:ban', { personId: idOf(bob), addressDays: 90 })).toMatchObject({ address: false })
  const cookieOf = async (address: string, name: string) =>
    (await from(address, '/api/people', { name })).headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const [eve, cleo] = [await cookieOf('2001:db8::1', 'Eve'), await cookieOf('2001:db8::2', 'Cleo')]
  const there = await connectAs(eve, { 'X-Forwarded-For': '2001:db8::1' })
  expect(await olga.ask('moderation:ban', { personId: idOf(there), addressDays: 1 })).toMatchObject({ address: true })
  const neighbour = '2001:db8:0:0:ffff::7'
  expect((await from(neighbour, '/api/people', { name: 'Eve again' })).status).toBe(403)
  expect((await from(neighbour, '/api/invite', { token: 'any' })).status).toBe(403)
  await expect(connectAs(cleo, { 'X-Forwarded-For': '2001:db8::2' })).rejects.toThrow('unauthorized')
  expect((await connectAs(olga.cookie, { 'X-Forwarded-For': neighbour })).hello.me.role).toBe('owner')
  const elsewhere = await connectAs(cleo, { 'X-Forwarded-For': '2001:db8:0:1::2' })
  expect(elsewhere.hello.me.name).toBe('Cleo')
  const links = [await olga.ask('device:link', {}), await elsewhere.ask('device:link', {})]
  const signIns = await Promise.all(links.map(({ token }) => from(neighbour, '/api/sign-in', { token })))
  expect(signIns.map(({ status }) => status)).toEqual([200, 403])
  const log = JSON.stringify(await olga.ask('audit:list', {}))
  expect(log).not.toContain('2001')
  await olga.ask('moderation:lift', { personId: idOf(there) })
  expect((await from(neighbour, '/api/people', { name: 'Dan' })).status).toBe(201)
})

it('puts a visitor of the tutorial out as well, and does not know them again', async () => {
  const { olga, connectTutorial } = await inhabit()
  const robot = connectTutorial({ name: 'Robot' })
  await vi.waitFor(() => expect(robot.socket.connected).toBe(true))
  const [visitor] = (await olga.ask('people:list', { query: 'Robot' })).people
  await olga.ask('moderation:ban', { personId: visitor?.id ?? '' })
  await vi.waitFor(() => expect(robot.socket.connected).toBe(false))
  const again = connectTutorial({ name: 'Robot' })
  await vi.waitFor(() => expect(again.socket.connected).toBe(true))
  const { people } = await olga.ask('people:list', { query: '' })
  expect(people.filter(({ role }) => role === 'visitor').map(({ name }) => name)).toEqual([
    expect.stringMatching(/^Guest \d+$/),
  ])
})
