import { expect, it, vi } from 'vitest'
import type { Payload } from '../protocol/index.ts'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

type Told = Payload<'typing:changed'>

const idOf = ({ hello }: Visitor) => hello.me.id
const packetsOf = ({ socket }: Visitor) => {
  const packets: Told[][] = []
  socket.on('typing:changed', (...told: Told[]) => packets.push(told))
  return packets
}

/** A room of its own for all of them. */
async function roomFor(name: string, [first, ...others]: Visitor[]): Promise<string> {
  if (!first) throw new Error('A room has somebody in it.')
  const { room } = await first.ask('room:create', { name })
  for (const other of others) await other.ask('room:join', { roomId: room.id })
  return room.id
}

it('tells of many who are writing in few packets, whatever number of rooms, and nobody of themselves', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const others = await Promise.all(Array.from({ length: 20 }, (_, i) => connect(`Guest ${i}`)))
  const kitchen = await roomFor('Kitchen', [ann, ...others])
  const lobby = lobbyOf(ann.hello)
  const heard = packetsOf(ann)
  await Promise.all(
    others.flatMap((one) => [lobby, kitchen].map((roomId) => one.ask('typing:set', { roomId, typing: true }))),
  )
  const keys = (told: Told[]) => new Set(told.map(({ roomId, personId }) => `${roomId} ${personId}`))
  await vi.waitFor(() => expect(keys(heard.flat()).size).toBe(40))
  expect(heard.length).toBeLessThan(8)
  for (const one of others) expect(one.all('typing:changed').map(({ personId }) => personId)).not.toContain(idOf(one))
})

it('tells nobody that somebody is writing whose message they have been told of', async () => {
  const { connect } = await startServer()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  const roomId = lobbyOf(ann.hello)
  const theirs = packetsOf(bob)
  // The first is told at once, and what comes right after it with the next round.
  await cleo.ask('typing:set', { roomId, typing: true })
  await bob.ask('typing:set', { roomId, typing: true })
  await bob.say('There it is.')
  await cleo.ask('typing:set', { roomId, typing: false })
  await vi.waitFor(() => expect(ann.all('typing:changed').at(-1)).toMatchObject({ typing: false }))
  expect(ann.all('typing:changed').map(({ personId }) => personId)).toEqual([idOf(cleo), idOf(cleo)])
  // Nor an empty packet to who writes.
  expect(theirs.map((told) => told.length)).toEqual([1, 1])
})

it('tells who begins to write after an older message of theirs was changed', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = lobbyOf(ann.hello)
  const message = await bob.say('There it was.')
  await ann.ask('typing:set', { roomId, typing: true })
  await bob.ask('typing:set', { roomId, typing: true })
  await ann.ask('reaction:set', { roomId, seq: message.seq, emoji: '👍', on: true })
  await vi.waitFor(() => expect(ann.all('typing:changed')).toEqual([{ roomId, personId: idOf(bob), typing: true }]))
})
