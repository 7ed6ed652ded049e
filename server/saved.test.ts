import { expect, it, vi } from 'vitest'
import { startServer } from './testing/startServer.ts'

it('tells what somebody keeps for later to their own devices, and lists of it what they may still see', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(bob.cookie)
  const { room } = await ann.ask('room:create', { name: 'Cellar', private: true })
  const roomId = room.id
  await ann.ask('room:add', { roomId, personId: bob.hello.me.id })
  const { seq } = await ann.say('the key is under the mat', roomId)
  await bob.ask('saved:set', { roomId, seq, on: true })
  await vi.waitFor(() => expect(phone.all('saved:changed')).toEqual([{ roomId, seq, on: true }]))
  expect(await phone.ask('saved:list', {})).toMatchObject({
    messages: [{ seq }],
    people: [{ name: 'Ann' }],
    next: null,
  })
  expect((await ann.ask('saved:list', {})).messages).toEqual([])
  expect(ann.all('saved:changed')).toEqual([])

  await ann.ask('room:remove', { roomId, personId: bob.hello.me.id })
  expect(await bob.ask('saved:list', {})).toEqual({ messages: [], people: [], next: null })
  await ann.ask('room:add', { roomId, personId: bob.hello.me.id })
  expect((await bob.ask('saved:list', {})).messages).toHaveLength(1)
})
