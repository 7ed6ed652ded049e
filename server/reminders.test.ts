import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const roomOf = ({ hello }: Visitor) => lobbyOf(hello)

it('comes at its time, to one’s own devices alone, and stays until it is ended', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(bob.cookie)
  const roomId = roomOf(ann)
  const { seq } = await ann.say('the key is under the mat')
  const at = Date.now() + 300
  await bob.ask('reminder:set', { roomId, seq, at })
  await vi.waitFor(
    () =>
      expect(phone.all('reminder:changed')).toEqual([
        { roomId, seq, at, due: false },
        { roomId, seq, at, due: true },
      ]),
    { timeout: 5_000 },
  )
  expect(await phone.ask('reminder:list', {})).toMatchObject({
    reminders: [{ roomId, seq, at, due: true, authorId: ann.hello.me.id, text: 'the key is under the mat' }],
    people: [{ name: 'Ann' }],
  })
  await phone.ask('reminder:end', { roomId, seq })
  await vi.waitFor(() => expect(bob.all('reminder:changed').at(-1)).toEqual({ roomId, seq, at: null, due: false }))
  expect(await bob.ask('reminder:list', {})).toEqual({ reminders: [], people: [] })
  expect(ann.all('reminder:changed')).toEqual([])
})

it('comes after a restart where its time has passed meanwhile', async () => {
  const { connect, connectAs, restart, store } = await startServer()
  const ann = await connect('Ann')
  const roomId = roomOf(ann)
  const { seq } = await ann.say('water the plants')
  // Its time passes while no server runs: nothing looks at it before.
  vi.spyOn(store.reminders, 'due').mockResolvedValue([])
  await store.reminders.set({ personId: ann.hello.me.id, roomId, seq, at: 1_000 })
  await restart()
  const back = await connectAs(ann.cookie)
  const list = async () => (await back.ask('reminder:list', {})).reminders
  await vi.waitFor(async () => expect(await list()).toMatchObject([{ seq, due: true }]))
})

it('says nothing of a message that was deleted, of a room that one does not see any more, nor to who is banned', async () => {
  const { connect, own, store } = await startServer()
  const ada = await own('Ada')
  const [ann, bob, ben] = [await connect('Ann'), await connect('Bob'), await connect('Ben')]
  const { room } = await ann.ask('room:create', { name: 'Cellar', private: true })
  await ann.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  const secret = await ann.say('behind the third stone', room.id)
  const gone = await ann.say('never mind')
  const at = Date.now() + 1_500
  const { seq } = await ann.say('still here')
  await ben.ask('reminder:set', { roomId: gone.roomId, seq, at })
  await ada.ask('moderation:ban', { personId: ben.hello.me.id })
  await bob.ask('reminder:set', { roomId: room.id, seq: secret.seq, at })
  await bob.ask('reminder:set', { roomId: gone.roomId, seq: gone.seq, at })
  await ann.ask('room:remove', { roomId: room.id, personId: bob.hello.me.id })
  await ann.ask('message:delete', { roomId: gone.roomId, seq: gone.seq })
  expect(await bob.ask('reminder:list', {})).toEqual({ reminders: [], people: [] })
  for (const { hello } of [bob, ben])
    await vi.waitFor(async () => expect(await store.reminders.list(hello.me.id)).toEqual([]))
  expect(bob.all('reminder:changed').filter(({ due }) => due)).toEqual([])
})

it('refuses what one does not see as if there was nothing, and the year after next', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'Secret', private: true })
  const { seq } = await ann.say('hush', room.id)
  const refused = async (roomId: string, one: number, at = 0) => {
    const answer = await bob.request('reminder:set', { roomId, seq: one, at })
    return answer.ok ? 'ok' : answer.error
  }
  const nowhere = { code: 'not_found', message: 'No such room.' }
  expect(await refused(room.id, seq)).toEqual(nowhere)
  expect(await refused('nowhere', 1)).toEqual(nowhere)
  expect(await refused(roomOf(bob), 99)).toMatchObject({ code: 'not_found', message: 'No such message.' })
  expect(await refused(roomOf(bob), 1, Date.now() + 400 * 86_400_000)).toMatchObject({ code: 'invalid' })
})
