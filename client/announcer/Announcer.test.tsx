import { act, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob, message, packet } from '../testing/room.ts'
import { Announcer } from './Announcer.tsx'

function open() {
  const fake = fakeConnection()
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      <Announcer roomId="lobby" />
    </SocketContext>,
  )
  return fake
}

it('says each message of a packet', () => {
  const { say } = open()
  act(() => say('events', packet([message(1, { body: 'one' }), message(2, { body: 'two' })])))
  expect([...screen.getByRole('log').children].map((one) => one.textContent)).toEqual(['Bob: one', 'Bob: two'])
})

it('says nothing of one’s own messages, of who joined, nor of what was missed', () => {
  const { say, connection } = open()
  act(() => say('events', packet([message(1, { authorId: 'ann' })])))
  act(() => say('presence:notice', { roomId: 'lobby', notices: [{ person: bob, kind: 'joined' }] }))
  act(() => connection.store.dispatch({ type: 'synced', changed: packet([message(2)]) }))
  expect(screen.getByRole('log')).toBeEmptyDOMElement()
})
