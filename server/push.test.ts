import { expect, it, onTestFinished, vi } from 'vitest'
import { startPushService } from '../e2e/support/pushService.ts'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

/** A server that tells at once, and a push service that it knows. */
async function startBoth(environment: Record<string, string> = {}) {
  const service = await startPushService()
  onTestFinished(() => service.stop().then(() => {}))
  const server = await startServer({ PUSH_HOSTS: service.origin, PUSH_AFTER_MS: '50', ...environment })
  const subscribe = async (one: Visitor, name: string) => {
    const browser = service.browser(name)
    await one.ask('push:subscribe', browser)
    return browser
  }
  const paths = () => service.received.map(({ path }) => path)
  return { ...server, service, subscribe, paths }
}

const directWith = async (one: Visitor, other: Visitor) =>
  (await one.ask('room:direct', { personId: other.hello.me.id })).room.id

it('tells somebody who is not looking what is for them, encrypted for their browser and signed by the place', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  const { connect, service, subscribe } = await startBoth({ PUSH_AFTER_MS: '5000' })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  await subscribe(ann, 'phone')
  const roomId = await directWith(bob, ann)
  await bob.say('between us', roomId)
  await bob.say('and more', roomId)
  expect(service.received).toEqual([])
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitFor(() => expect(service.received).toHaveLength(1))
  expect(service.received[0]).toMatchObject({
    push: { type: 'shown', roomId, room: null, by: 'Bob', forYou: true, count: 2, text: null },
    headers: { urgency: 'high', ttl: '86400', topic: roomId },
  })
  await bob.say('later', roomId)
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitFor(() => expect(service.received).toHaveLength(2))
  expect(service.received[1]?.push).toMatchObject({ count: 3 })
})

it('reminds beside the screen of what somebody wanted to come back to, with its words where they want them', async () => {
  const { connect, service, subscribe } = await startBoth()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { roomId, seq } = await ann.say('the **key** is under the mat')
  const remind = () => bob.ask('reminder:set', { roomId, seq, at: Date.now() })
  await bob.ask('push:room', { roomId, level: 'nothing' })
  await subscribe(bob, 'phone')
  await bob.ask('push:looking', { roomId })
  await remind()
  await vi.waitFor(() => expect(bob.all('reminder:changed').at(-1)?.due).toBe(true))
  await bob.ask('push:looking', { roomId: null })
  await bob.ask('settings:change', { showsWords: true })
  await remind()
  await vi.waitFor(() => expect(service.received).toHaveLength(1))
  expect(service.received[0]?.push).toMatchObject({
    type: 'shown',
    roomId,
    seq,
    by: 'Ann',
    forYou: true,
    text: 'the key is under the mat',
  })
})

it('tells nobody of what somebody wrote whom they have blocked', async () => {
  const { connect, service, subscribe } = await startBoth()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  await subscribe(ann, 'phone')
  const [withBob, withCleo] = [await directWith(bob, ann), await directWith(cleo, ann)]
  await ann.ask('block:set', { personId: bob.hello.me.id, blocked: true })
  await bob.say('from who is blocked', withBob)
  await cleo.say('from who is not', withCleo)
  await vi.waitFor(() => expect(service.received.map(({ push }) => push)).toMatchObject([{ by: 'Cleo' }]))
})

it('tells nothing of what is read, deleted, muted, being looked at, one’s own, or in a room that one has left', async () => {
  const { connect, service, subscribe, paths } = await startBoth({ PUSH_AFTER_MS: '300' })
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  for (const [one, name] of [
    [ann, 'ann'],
    [bob, 'bob'],
    [cleo, 'cleo'],
  ] as const)
    await subscribe(one, name)
  const lobby = lobbyOf(ann.hello)
  const { room } = await bob.ask('room:create', { name: 'Kitchen' })
  for (const one of [ann, cleo]) {
    await one.ask('room:join', { roomId: room.id })
    for (const roomId of [lobby, room.id]) await one.ask('push:room', { roomId, level: 'all' })
  }
  const between = await directWith(bob, ann)

  const read = await bob.say('read at once')
  await ann.ask('read:advance', { roomId: lobby, seq: read.seq })
  await ann.ask('push:room', { roomId: between, mutedFor: 60_000 })
  await bob.say('muted', between)
  await bob.say('left', room.id)
  await ann.ask('room:leave', { roomId: room.id })
  await ann.say('my own')
  // She hears of everything, of the newest last: then everybody else would have heard as well.
  await vi.waitFor(() => expect(paths()).toEqual(['/cleo', '/cleo']))

  await ann.ask('push:looking', { roomId: lobby })
  await bob.say('looked at')
  await vi.waitFor(() => expect(paths()).toHaveLength(3))
  await ann.ask('push:looking', { roomId: null })
  const { seq } = await bob.say('deleted')
  await bob.ask('message:delete', { roomId: lobby, seq })
  await ann.ask('push:room', { roomId: between, mutedFor: 0, level: 'nothing' })
  await bob.say('nothing wanted', between)
  await bob.say('wanted')
  await vi.waitFor(() => expect(paths().slice(3).toSorted()).toEqual(['/ann', '/cleo']))
  const toAnn = service.received.find(({ path }) => path === '/ann')
  expect(toAnn?.push).toMatchObject({ room: 'Lobby', forYou: false, count: 2 })
})

it('withdraws on every device what is read on one, and sends nobody anything at night or when they are not to be disturbed', async () => {
  const { connect, service, subscribe } = await startBoth()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  await subscribe(ann, 'phone')
  await subscribe(ann, 'laptop')
  await subscribe(cleo, 'cleo')
  const { id } = ann.hello.me
  await ann.ask('settings:change', { showsWords: true })
  const { seq } = await bob.say(`soup for <@${id}>`)
  await vi.waitFor(() => expect(service.received).toHaveLength(2))
  const roomId = lobbyOf(ann.hello)
  for (const { push } of service.received)
    expect(push).toMatchObject({ roomId, room: 'Lobby', forYou: true, text: 'soup for @Ann' })
  await ann.ask('read:advance', { roomId, seq })
  await vi.waitFor(() => expect(service.received).toHaveLength(4))
  expect(service.received.slice(2).map(({ push }) => push)).toEqual([1, 2].map(() => ({ type: 'read', roomId })))

  await ann.ask('presence:busy', { milliseconds: null })
  const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes()
  const quiet = { from: (minute + 1_380) % 1_440, to: (minute + 60) % 1_440, zone: 'UTC' }
  await cleo.ask('settings:change', { quiet })
  // Zoe hears of both: what had been for the others would have come before the second.
  const zoe = await connect('Zoe')
  await subscribe(zoe, 'zoe')
  for (let told = 5; told <= 6; told++) {
    await bob.say(`now <@${id}>, <@${cleo.hello.me.id}> and <@${zoe.hello.me.id}>`)
    await vi.waitFor(() => expect(service.received).toHaveLength(told))
  }
  expect(service.received.slice(4).map(({ path }) => path)).toEqual(['/zoe', '/zoe'])
})

it('forgets a browser that is gone, and asks again where a push service is busy', async () => {
  const { store, connect, service, subscribe } = await startBoth()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  await subscribe(ann, 'phone')
  const roomId = await directWith(bob, ann)
  service.answers.push(503)
  await bob.say('hello', roomId)
  await vi.waitFor(() => expect(service.received).toHaveLength(1))
  service.answers.push(410)
  await bob.say('again', roomId)
  await vi.waitFor(async () => expect(await store.push.of(ann.hello.me.id)).toEqual([]))
})

it('says at once what a busy push service said to a test, takes no keys that nothing can be encrypted for, and reads a busy window to its end', async () => {
  const { connect, service, subscribe } = await startBoth({ LIMIT_MESSAGES: '100000', PUSH_AFTER_MS: '300' })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { endpoint } = await subscribe(ann, 'phone')
  service.answers.push(503)
  expect(await ann.ask('push:test', { endpoint })).toEqual({ sent: false, status: 503 })
  const unreadable = { ...service.browser('other'), p256dh: 'x'.repeat(87) }
  expect(await ann.request('push:subscribe', unreadable)).toMatchObject({ error: { code: 'invalid' } })

  await Promise.all(Array.from({ length: 150 }, (_, i) => bob.say(`said ${i}`)))
  await bob.say(`for <@${ann.hello.me.id}>`)
  await vi.waitFor(() => expect(service.received).toHaveLength(1))
  expect(service.received[0]?.push).toMatchObject({ forYou: true, count: 100 })
})

it('sends nobody to an address that is no push service’s, and follows no redirect', async () => {
  const { connect, service } = await startBoth()
  const ann = await connect('Ann')
  const known = service.browser('phone')
  const { port } = new URL(service.origin)
  for (const endpoint of [
    `http://localhost:${port}/phone`,
    `http://127.0.0.1:${port}@fcm.googleapis.com/x`,
    'https://fcm.googleapis.com.example.org/x',
    'https://xfcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'http://fcm.googleapis.com/x',
    'https://169.254.169.254/latest/meta-data',
  ])
    expect(await ann.request('push:subscribe', { ...known, endpoint }), endpoint).toMatchObject({
      error: { code: 'forbidden' },
    })
  await ann.ask('push:subscribe', known)
  service.answers.push(307)
  expect(await ann.ask('push:test', { endpoint: known.endpoint })).toEqual({ sent: false, status: 307 })
  expect(service.received).toEqual([])
})

it('sends a test to one’s own browser only, and says what the push service said', async () => {
  const { connect, service, subscribe } = await startBoth()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { endpoint } = await subscribe(ann, 'phone')
  expect(await ann.ask('push:test', { endpoint })).toEqual({ sent: true, status: 201 })
  expect(service.received).toHaveLength(1)
  service.answers.push(413)
  expect(await ann.ask('push:test', { endpoint })).toEqual({ sent: false, status: 413 })
  expect(await bob.request('push:test', { endpoint })).toMatchObject({ error: { code: 'not_found' } })
  await bob.ask('push:unsubscribe', { endpoint })
  expect(await ann.ask('push:test', { endpoint })).toMatchObject({ sent: true })
  await ann.ask('push:unsubscribe', { endpoint })
  expect(await ann.request('push:test', { endpoint })).toMatchObject({ error: { code: 'not_found' } })
})

it('has one pair of keys for good', async () => {
  const { connect, connectAs, restart } = await startBoth()
  const ann = await connect('Ann')
  const { key } = await ann.ask('push:key', {})
  expect(Buffer.from(key, 'base64url')).toHaveLength(65)
  await restart()
  expect(await (await connectAs(ann.cookie)).ask('push:key', {})).toEqual({ key })
})

it('tells how much of a room one wants to hear to one’s own devices alone, on resume too', async () => {
  const { connect, connectAs } = await startBoth()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = lobbyOf(ann.hello)
  const phone = await connectAs(ann.cookie)
  await ann.ask('push:room', { roomId, level: 'nothing' })
  const alerts = { level: 'nothing', mutedUntil: null }
  await vi.waitFor(() => expect(phone.all('push:changed')).toEqual([{ roomId, alerts }]))
  expect((await connectAs(ann.cookie)).hello.rooms).toMatchObject([{ alerts }])
  expect(bob.all('push:changed')).toEqual([])
  expect(await bob.request('push:room', { roomId: 'nowhere', level: 'all' })).toMatchObject({
    error: { code: 'not_found' },
  })
})
