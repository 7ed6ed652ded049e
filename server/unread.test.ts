import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

/** Ann on two devices, and Bob, who has written three messages that she has not read. */
async function twoDevices() {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const other = await connectAs(ann.cookie)
  const roomId = lobbyOf(ann.hello)
  for (const text of ['one', 'two', 'three']) await bob.say(text)
  return { ann, other, bob, roomId, connectAs }
}

it('tells every device of the reader how far they have read, in order, and nobody else', async () => {
  const { ann, other, bob, roomId } = await twoDevices()
  await ann.ask('read:advance', { roomId, seq: 3 })
  await ann.ask('read:advance', { roomId, seq: 1, rev: 1 })
  const told = [
    { roomId, readUpTo: 3, rev: 0, unread: 0, forYou: 0, seq: 3 },
    { roomId, readUpTo: 1, rev: 1, unread: 2, forYou: 0, seq: 3 },
  ]
  for (const device of [ann, other]) await vi.waitFor(() => expect(device.all('read:advanced')).toEqual(told))
  expect(bob.all('read:advanced')).toEqual([])
})

it('keeps unread what was put back, though a device that has not heard of it reads on', async () => {
  const { ann, other, roomId, connectAs } = await twoDevices()
  await ann.ask('read:advance', { roomId, seq: 1, rev: 1 })
  expect(await other.ask('read:advance', { roomId, seq: 3, rev: 0 })).toMatchObject({ readUpTo: 1, rev: 1, unread: 2 })
  const later = await connectAs(ann.cookie)
  const mine = later.hello.rooms.find(({ room }) => room.id === roomId)
  expect(mine).toMatchObject({ readUpTo: 1, readRev: 1, unread: 2 })
})

it('says again what is stored when a position is repeated, and tells nobody anew', async () => {
  const { ann, other, roomId } = await twoDevices()
  const first = await ann.ask('read:advance', { roomId, seq: 1, rev: 1 })
  expect(await ann.ask('read:advance', { roomId, seq: 1, rev: 1 })).toEqual(first)
  await ann.ask('read:advance', { roomId, seq: 2 })
  await vi.waitFor(() => expect(other.all('read:advanced').map(({ readUpTo }) => readUpTo)).toEqual([1, 2]))
})

it('refuses positions that are none', async () => {
  const { ann, roomId } = await twoDevices()
  for (const wrong of [{ seq: -1 }, { seq: 1.5 }, { seq: 1, rev: -1 }, { seq: 1, rev: 2 ** 60 }]) {
    const answer = await ann.request('read:advance', { roomId, ...wrong })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
  }
})
