import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Room } from '../../protocol/rooms.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { ann, bob } from '../testing/room.ts'
import { Empty } from '../messages/Empty.tsx'
import { Details } from './Details.tsx'

/** Ann looks at who is in a room of this kind. */
async function open(kind: Room['kind'], people = [ann, bob]) {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  const room = { ...lobby, id: 'board', name: 'Board', isDefault: false, kind, people: people.map(({ id }) => id) }
  const fake = fakeConnection({
    'room:members': () => ({ ok: true, data: { people, next: null, total: people.length } }),
    'room:leave': () => ({ ok: true, data: {} }),
  })
  const hello = helloOf()
  act(() => fake.say('hello', { ...hello, rooms: [...hello.rooms, ...hello.rooms.map((mine) => ({ ...mine, room }))] }))
  render(
    <SocketContext value={fake.connection}>
      <Empty title="Board" room={room} readOnly={false} onTopic={() => {}} />
      <Details room={room} membersRev={1} begin="people" onClose={() => {}} />
    </SocketContext>,
  )
  await screen.findByText(people.length === 1 ? '1 person' : `${people.length} people`)
  const left = () => fake.asked.filter(({ name }) => name === 'room:leave').length
  return { left }
}

it('asks before a private room is left, says how one comes back, and leaves it then', async () => {
  const { left } = await open('private')
  await userEvent.click(screen.getByRole('button', { name: 'Leave room' }))
  const asked = await screen.findByRole('dialog', { name: 'Leave Board?' })
  expect(asked).toHaveTextContent('You come back only if somebody who is in it adds you.')
  expect(asked).not.toHaveTextContent('the last one')
  await userEvent.click(within(asked).getByRole('button', { name: 'Stay in Board' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(left()).toBe(0)
  await userEvent.click(screen.getByRole('button', { name: 'Leave room' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Leave Board' }))
  expect(left()).toBe(1)
})

it('tells the last one in a private room that nobody will read it any more', async () => {
  const { left } = await open('private', [ann])
  await userEvent.click(screen.getByRole('button', { name: 'Leave room' }))
  const asked = await screen.findByRole('dialog', { name: 'Leave Board?' })
  expect(asked).toHaveTextContent('You are the last one in it: nobody will be able to read it any more')
  expect(left()).toBe(0)
})

it('leaves a public room at once: one comes back by oneself', async () => {
  const { left } = await open('public')
  await userEvent.click(screen.getByRole('button', { name: 'Leave room' }))
  expect(left()).toBe(1)
})

it('tells first who is in a room, and then what it is called and for', async () => {
  await open('public')
  const people = screen.getByText('2 people')
  const topic = screen.getByRole('textbox', { name: 'Topic' })
  expect(people.compareDocumentPosition(topic)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
})

it('offers to add people where a new private room is empty, since nobody finds it', async () => {
  await open('private', [ann])
  const empty = screen.getByText('Nobody has said a word in Board.').parentElement
  if (!empty) throw new Error('It stands somewhere.')
  await userEvent.click(within(empty).getByRole('button', { name: 'Add somebody' }))
  expect(screen.getByRole('dialog', { name: 'Add somebody to Board' })).toBeVisible()
})

it('offers to add nobody to a public room that is empty: people find it', async () => {
  await open('public')
  // In the details alone.
  expect(screen.getAllByRole('button', { name: 'Add somebody' })).toHaveLength(1)
})
