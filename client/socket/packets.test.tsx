import { expect, it } from 'vitest'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { message, packet } from '../testing/room.ts'

it('takes in all rooms that one packet tells of', () => {
  const { connection, say } = fakeConnection()
  const [mine, ...others] = helloOf(3).rooms
  if (!mine) throw new Error('They are in the lobby.')
  const kitchen = { ...mine, room: { ...mine.room, id: 'kitchen', isDefault: false } }
  say('hello', { ...helloOf(3), rooms: [mine, ...others, kitchen] })
  const heard: string[] = []
  connection.listen(({ roomId }) => heard.push(roomId))
  const there = { ...packet([message(4, { roomId: 'kitchen', body: 'there' })]), roomId: 'kitchen' }
  say('events', packet([message(4, { body: 'here' })]), there)
  const { rooms } = connection.store.getState()
  expect([rooms['lobby']?.last?.text, rooms['kitchen']?.last?.text]).toEqual(['here', 'there'])
  expect(heard).toEqual(['lobby', 'kitchen'])
})
