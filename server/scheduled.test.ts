import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const laterOf = ({ hello }: Visitor, at: number, body = 'later') => ({
  id: randomUUID(),
  roomId: lobbyOf(hello),
  body,
  at,
})

const heardBy = (visitor: Visitor) =>
  visitor
    .all('events')
    .flatMap(({ changes }) => changes.flatMap((one) => (one.type === 'message:changed' ? one.message.body : [])))

it('sends when the time has come, once, to everybody, and tells one’s own devices', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(ann.cookie)
  const soon = await ann.ask('scheduled:set', laterOf(ann, Date.now() + 300))
  await vi.waitFor(() => expect(phone.all('scheduled:changed').at(-1)?.scheduled).toEqual([soon]))
  expect(heardBy(bob)).toEqual([])
  await vi.waitFor(() => expect(heardBy(bob)).toEqual(['later']))
  await vi.waitFor(() => expect(phone.all('scheduled:changed').at(-1)?.scheduled).toEqual([]))
  expect(bob.all('scheduled:changed')).toEqual([])
  expect(heardBy(phone)).toEqual(['later'])
})

it('sends after a restart what should have been sent meanwhile, in the order of its times', async () => {
  const { connect, connectAs, restart, store } = await startServer()
  const ann = await connect('Ann')
  const { id: personId } = ann.hello.me
  // Its time passes while no server runs: nothing looks at it before.
  const [second, first] = [laterOf(ann, 2_000, 'second'), laterOf(ann, 1_000, 'first')]
  vi.spyOn(store.scheduled, 'due').mockResolvedValue([])
  for (const one of [second, first]) await store.scheduled.set({ ...one, personId })
  await restart()
  const back = await connectAs(ann.cookie)
  const bodies = async () =>
    (await back.ask('message:list', { roomId: lobbyOf(ann.hello) })).messages.map((m) => m.body)
  await vi.waitFor(async () => expect(await bodies()).toEqual(['first', 'second']))
  await vi.waitFor(async () => expect(await back.ask('scheduled:list', {})).toEqual({ scheduled: [] }))
})

it('sends nothing that was taken back, and what was changed as it is by then', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const [gone, changed] = [laterOf(ann, Date.now() + 400, 'gone'), laterOf(ann, Date.now() + 3_600_000, 'first')]
  for (const one of [gone, changed]) await ann.ask('scheduled:set', one)
  await ann.ask('scheduled:cancel', { id: gone.id })
  await ann.ask('scheduled:set', { ...changed, body: 'second', at: Date.now() + 600 })
  await vi.waitFor(() => expect(heardBy(bob)).toEqual(['second']))
})

it('says why something was not sent, keeps it, and sends it when that is over', async () => {
  const { connect, own, store } = await startServer()
  const [ada, ann, bob] = [await own('Ada'), await connect('Ann'), await connect('Bob')]
  const message = laterOf(ann, Date.now() + 3_600_000)
  await ann.ask('scheduled:set', message)
  await ada.ask('moderation:mute', { personId: ann.hello.me.id, milliseconds: 3_600_000 })
  await store.scheduled.set({ ...message, personId: ann.hello.me.id, at: Date.now() })
  await vi.waitFor(() => expect(ann.all('scheduled:changed').at(-1)?.scheduled[0]?.failed).toMatch(/^You .*\.$/))
  expect(await ann.request('scheduled:set', laterOf(ann, Date.now()))).toMatchObject({ error: { code: 'forbidden' } })
  await ada.ask('moderation:unmute', { personId: ann.hello.me.id })
  await ann.ask('scheduled:set', { ...message, at: Date.now() })
  await vi.waitFor(() => expect(heardBy(bob)).toEqual(['later']))
})

it('waits for a room that takes messages slowly, and keeps nobody else waiting', async () => {
  const { connect, own } = await startServer()
  const [ada, ann, bob] = [await own('Ada'), await connect('Ann'), await connect('Bob')]
  const { room } = await ada.ask('room:create', { name: 'Slow' })
  for (const one of [ann, bob]) await one.ask('room:join', { roomId: room.id })
  await ada.ask('room:writing', { roomId: room.id, slowMode: 5 })
  await ann.say('just now', room.id)
  await ann.ask('scheduled:set', { ...laterOf(ann, 1), roomId: room.id })
  await bob.ask('scheduled:set', { ...laterOf(bob, 2, 'from bob'), roomId: room.id })
  await vi.waitFor(() => expect(heardBy(ada)).toEqual(['just now', 'from bob']))
  const waiting = await ann.ask('scheduled:list', {})
  expect(waiting.scheduled).toMatchObject([{ body: 'later', failed: null }])
  await vi.waitFor(() => expect(heardBy(ada).at(-1)).toBe('later'))
})

it('refuses a room that one is not in as if there was none, a text that is none, and the year after next', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'Secret', private: true })
  const refused = async (change: object) => {
    const answer = await bob.request('scheduled:set', { ...laterOf(bob, Date.now() + 1_000), ...change })
    return answer.ok ? 'ok' : answer.error.code
  }
  expect(await refused({ roomId: room.id })).toBe('not_found')
  expect(await refused({ roomId: 'nowhere' })).toBe('not_found')
  expect(await refused({ body: ' \n' })).toBe('invalid')
  expect(await refused({ at: Date.now() + 400 * 86_400_000 })).toBe('invalid')
  expect(await refused({ at: Number.NaN })).toBe('invalid')
})
