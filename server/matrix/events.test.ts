import { setTimeout as after } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startPushService } from '../../e2e/support/pushService.ts'
import { HEADS_MS } from '../../protocol/limits.ts'
import { lobbyOf, startServer, type Visitor } from '../testing/startServer.ts'

const [BEFORE, LATER] = ['quetzal', 'kiwi']
const idOf = ({ hello }: Visitor) => hello.me.id

/** A place with a push service, whose heads are repeated when the test says so. */
async function inhabit() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const service = await startPushService()
  onTestFinished(() => service.stop().then(() => {}))
  const limits = { LIMIT_MESSAGES: '100000', LIMIT_REQUESTS: '100000' }
  const server = await startServer({ PUSH_HOSTS: service.origin, PUSH_AFTER_MS: '50', ...limits })
  const owner = await server.own('Olga')
  const [maker, ann, ada] = [await server.connect('Maya'), await server.connect('Ann'), await server.connect('Ada')]
  const pia = await server.connect('Pia')
  const [eve, former, banned] = [await server.connect('Eve'), await server.connect('Finn'), await server.connect('Ben')]
  await owner.ask('people:role', { personId: idOf(ada), role: 'admin' })
  const { room: other } = await owner.ask('room:create', { name: 'Elsewhere', private: true })
  const { token } = await owner.ask('invite:create', { role: 'guest', roomIds: [other.id] })
  const guest = await server.connect('Gus', token)
  for (const one of [owner, eve, guest, former, banned, pia]) {
    await one.ask('push:subscribe', service.browser(one.hello.me.name))
    await one.ask('settings:change', { showsWords: true })
  }
  const { room } = await maker.ask('room:create', { name: `Of the ${BEFORE}`, topic: BEFORE, private: true })
  for (const one of [ann, ada, pia, former, banned])
    await maker.ask('room:add', { roomId: room.id, personId: idOf(one) })
  return { server, service, owner, maker, ann, ada, eve, guest, former, banned, roomId: room.id }
}

type World = Awaited<ReturnType<typeof inhabit>>

/** Everything that is announced of a room, of people who are in it and of others. */
async function live({ maker, ann, ada, owner, eve, guest, former, roomId }: World, word: string): Promise<void> {
  const inRoom = { roomId }
  const all = [owner, eve, guest, former, ann].map((one) => `<@${idOf(one)}>`).join(' ')
  await maker.ask('room:rename', { ...inRoom, name: `Of the ${word}` })
  await ann.ask('room:topic', { ...inRoom, topic: word })
  const said = await maker.say(`${word} ${all} <@room> <@here>`, roomId)
  await maker.ask('message:edit', { ...inRoom, seq: said.seq, body: `${word}, changed ${all} <@room>` })
  await ann.ask('reaction:set', { ...inRoom, seq: said.seq, emoji: '🎂', on: true })
  const gone = await ann.say(`${word}, deleted ${all}`, roomId)
  await maker.ask('message:delete', { ...inRoom, seq: gone.seq })
  const { seq } = await ann.say('cheap watches', roomId)
  await maker.ask('report:make', { ...inRoom, seq, reason: 'look at it' })
  await ann.ask('typing:set', { ...inRoom, typing: true })
  await ann.ask('draft:set', { ...inRoom, text: `${word}, not yet said` })
  await ann.ask('reminder:set', { ...inRoom, seq, at: 0 })
  await ann.ask('read:advance', { ...inRoom, seq: 1, rev: 1 })
  await ann.ask('room:arrange', { roomIds: [roomId] })
  await ann.ask('push:room', { ...inRoom, level: 'all' })
  for (const one of [ann, eve, guest, former]) {
    await maker.ask('moderation:mute', { ...inRoom, personId: idOf(one), milliseconds: 3_600_000 })
  }
  await maker.ask('moderation:unmute', { ...inRoom, personId: idOf(ann) })
  await maker.ask('room:writing', { ...inRoom, whoWrites: 'managers' })
  await maker.ask('room:writing', { ...inRoom, whoWrites: 'everybody' })
  await ada.ask('invite:create', { roomIds: [roomId] })
  await ada.ask('moderation:purge', { ...inRoom, personId: idOf(ann), within: 'day' })
  await maker.ask('room:archive', { ...inRoom, archived: true })
  await maker.ask('room:archive', { ...inRoom, archived: false })
  await maker.say(`${word} in the end, ${all} <@room>`, roomId)
}

/** All that somebody can ask without knowing where. */
async function everythingToldTo(one: Visitor, { maker, ann, roomId }: World): Promise<string> {
  const about = [maker, ann].map((other) => one.request('moderation:about', { personId: idOf(other) }))
  const answers = await Promise.all([
    one.request('room:sync', { roomId, since: 0 }),
    one.request('message:list', { roomId }),
    one.request('for-you:list', {}),
    one.request('search:messages', { query: BEFORE }),
    one.request('search:messages', { query: `in:"Of the ${LATER}" before:2100-01-01`, order: 'best' }),
    one.request('reminder:list', {}),
    one.request('draft:list', {}),
    one.request('room:list', {}),
    one.request('room:list', { archived: true }),
    one.request('people:list', {}),
    one.request('people:sync', { since: 0 }),
    one.request('people:get', { ids: [idOf(maker), idOf(ann)] }),
    one.request('audit:list', {}),
    one.request('audit:list', { personId: idOf(ann) }),
    one.request('report:list', {}),
    one.request('report:list', { open: false }),
    one.request('invite:list', {}),
    one.request('moderation:bans', {}),
    one.request('device:list', {}),
    one.request('room:arrange', { roomIds: [roomId] }),
    ...about,
  ])
  return JSON.stringify(answers)
}

it('tells of a room to those alone who are in it, and to nobody any more from the moment that they are not', async () => {
  const world = await inhabit()
  const { server, service, owner, maker, ann, eve, guest, former, banned, roomId } = world
  const { connectAs, url } = server
  const secrets = [BEFORE, LATER, roomId]
  const outsiders = [owner, eve, guest]
  const lines = new Map<Visitor, Visitor[]>()
  const open = async (one: Visitor) => {
    const more = [await connectAs(one.cookie), await connectAs(one.cookie, {}, 'polling')]
    lines.set(one, [...(lines.get(one) ?? [one]), ...more])
  }
  for (const one of [...outsiders, former, banned]) await open(one)

  await live(world, BEFORE)
  let talking = true
  const talk = (async () => {
    while (talking) await Promise.all([ann.say(`on and on <@${idOf(former)}>`, roomId), after(5)])
  })()
  await vi.waitFor(() => expect(JSON.stringify(former.heard)).toContain('on and on'))
  await maker.ask('room:remove', { roomId, personId: idOf(former) })
  await owner.ask('moderation:ban', { personId: idOf(banned) })
  for (const one of [...outsiders, former]) await open(one)
  talking = false
  await talk
  await live(world, LATER)
  vi.advanceTimersByTime(HEADS_MS)
  for (const one of [...outsiders, former]) await open(one)
  await vi.waitFor(() => expect(ann.all('heads').at(-1)?.rooms).toHaveProperty(roomId))
  await vi.waitFor(() =>
    expect(JSON.stringify(service.received.filter(({ path }) => path === '/Pia'))).toContain(LATER),
  )
  // What everybody hears comes after all that was told before.
  await maker.ask('profile:change', { about: 'the end' })
  for (const one of [...outsiders, former].flatMap((each) => lines.get(each) ?? [])) {
    await vi.waitFor(() => expect(JSON.stringify(one.heard)).toContain('the end'))
  }

  const nothingIn = (told: string, words: readonly string[], who: Visitor) => {
    for (const word of words) expect(told.includes(word), `${who.hello.me.name} is told of ${word}`).toBe(false)
  }
  for (const one of outsiders) {
    for (const line of lines.get(one) ?? []) nothingIn(JSON.stringify([line.hello, line.heard]), secrets, one)
    nothingIn(await everythingToldTo(one, world), secrets, one)
    const pushed = service.received.filter(({ path }) => path === `/${one.hello.me.name}`)
    nothingIn(JSON.stringify(pushed), secrets, one)
  }
  for (const line of lines.get(former) ?? []) {
    const left = line.heard.findLastIndex(({ event }) => event === 'room:left')
    nothingIn(JSON.stringify(line.heard.slice(left + 1)), secrets, former)
  }
  nothingIn(await everythingToldTo(former, world), secrets, former)
  for (const line of lines.get(banned) ?? []) {
    expect(line.socket.connected).toBe(false)
    expect(line.heard.at(-1)?.event).toBe('people:removed')
  }
  await expect(connectAs(banned.cookie)).rejects.toThrow('unauthorized')
  const late = service.received.filter(({ path }) => path === '/Finn' || path === '/Ben')
  nothingIn(JSON.stringify(late), [LATER], former)
  const audit = await fetch(`${url}/api/audit`, { headers: { Origin: url, Cookie: owner.cookie } })
  nothingIn(await audit.text(), secrets, owner)
}, 60_000)

it('shows at the door no room that whoever made the link has left, and says of a mute when one comes in', async () => {
  const { server, maker, ada, eve, roomId } = await inhabit()
  const { token } = await ada.ask('invite:create', { roomIds: [roomId] })
  expect(await (await server.post('/api/invite', { token })).json()).toMatchObject({ room: { id: roomId } })
  const { token: forGuests } = await ada.ask('invite:create', { role: 'guest', roomIds: [roomId] })
  await ada.ask('room:leave', { roomId })
  expect((await server.post('/api/invite', { token: forGuests })).status).toBe(404)
  expect(await (await server.post('/api/invite', { token })).json()).toMatchObject({ room: { id: lobbyOf(eve.hello) } })

  await maker.ask('moderation:mute', { personId: idOf(eve), roomId, milliseconds: 3_600_000 })
  const told = () => eve.all('moderation:changed').at(-1)?.mutes
  await vi.waitFor(() => expect(eve.all('moderation:changed')).toHaveLength(2))
  expect(told()).toEqual([])
  await maker.ask('room:add', { personId: idOf(eve), roomId })
  await vi.waitFor(() => expect(told()).toMatchObject([{ roomId }]))
  await expect(eve.say('hello', roomId)).rejects.toThrow('forbidden')
  await maker.ask('room:remove', { personId: idOf(eve), roomId })
  await vi.waitFor(() => expect(told()).toEqual([]))
})
