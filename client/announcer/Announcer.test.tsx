import { act, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { MyRoom } from '../../protocol/rooms.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
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

it('says a message with names, and of elsewhere only what is for me', () => {
  const { say, connection } = open()
  const kitchen = { ...lobby, id: 'kitchen', name: 'Kitchen', isDefault: false, people: [] }
  const mine = { ...helloOf().rooms[0], room: kitchen } as MyRoom
  act(() => connection.store.dispatch({ type: 'mine', mine }))
  const elsewhere = (seq: number, mentions?: string[]) => ({ ...message(seq, { mentions }), roomId: 'kitchen' })
  act(() => say('events', packet([message(1, { body: 'ask <@ann>', mentions: ['ann'] })])))
  act(() => say('events', { ...packet([elsewhere(1), elsewhere(2, ['ann'])]), roomId: 'kitchen' }))
  expect([...screen.getByRole('log').children].map((one) => one.textContent)).toEqual([
    'Bob: ask @Ann',
    'Bob mentioned you in Kitchen',
  ])
})

it('says nothing of what was put back, nor of whom one has blocked', () => {
  const { say } = open()
  act(() => say('events', packet([message(1, { deleted: true })])))
  act(() => say('events', packet([message(1, { rev: 3 })])))
  act(() => say('moderation:changed', { mutes: [], blocked: ['bob'], reports: 0 }))
  act(() => say('events', packet([message(2, { rev: 4 })])))
  expect(screen.getByRole('log')).toBeEmptyDOMElement()
})
