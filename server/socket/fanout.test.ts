import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import type { Payload } from '../../protocol/index.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'

it('tells everybody in one packet of all their rooms that one commit changed, and of no other room', async () => {
  const { store, connect } = await startServer()
  const [ann, bob, cleo] = await Promise.all([connect('Ann'), connect('Bob'), connect('Cleo')])
  const idOf = ({ hello }: Visitor) => hello.me.id
  const made = await Promise.all(
    ['Kitchen', 'Garden', 'Cellar'].map((name) => store.rooms.create({ name, topic: '', personId: idOf(ann) })),
  )
  const [kitchen = '', garden = '', cellar = ''] = made.map(({ room }) => room.id)
  for (const [who, roomId] of [[bob, kitchen] as const, [bob, cellar] as const, [cleo, garden] as const])
    await store.rooms.add(roomId, idOf(who))
  await vi.waitFor(() => expect([bob, cleo].map((who) => who.all('room:joined').length)).toEqual([2, 1]))

  const packets = (who: Visitor) => {
    const heard: string[][] = []
    who.socket.on('events', (...rooms: Payload<'events'>[]) =>
      heard.push(
        rooms.map(({ roomId, changes }) => {
          const [change] = changes
          return change?.type === 'message:changed' ? `${change.message.body} ${roomId === change.message.roomId}` : ''
        }),
      ),
    )
    return heard
  }
  const heard = [ann, bob, cleo].map(packets)
  await Promise.all(
    Object.entries({ kitchen, garden, cellar }).map(([body, roomId]) =>
      store.messages.append({ roomId, authorId: idOf(ann), key: randomUUID(), body }),
    ),
  )
  await vi.waitFor(() =>
    expect(heard).toEqual([
      [['kitchen true', 'garden true', 'cellar true']],
      [['kitchen true', 'cellar true']],
      [['garden true']],
    ]),
  )
})
