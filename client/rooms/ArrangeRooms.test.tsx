import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Payload } from '../../protocol/index.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { ArrangeRooms } from './ArrangeRooms.tsx'

function open(answer: { ok: true; data: unknown } | { ok: false; error: { code: 'internal'; message: string } }) {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  const fake = fakeConnection({ 'room:arrange': () => answer })
  const hello = helloOf()
  const rooms = ['Lobby', 'Kitchen', 'Attic'].flatMap((name, i) =>
    hello.rooms.map((mine): Payload<'hello'>['rooms'][number] => ({
      ...mine,
      room: { ...lobby, people: [], id: name.toLowerCase(), name, isDefault: i === 0 },
      favourite: i === 0 ? null : i,
    })),
  )
  act(() => fake.say('hello', { ...hello, rooms }))
  render(
    <SocketContext value={fake.connection}>
      <ArrangeRooms onClose={() => {}} />
    </SocketContext>,
  )
  const asked = () => fake.asked.filter(({ name }) => name === 'room:arrange').map(({ input }) => input)
  return { asked }
}
const order = () =>
  within(screen.getByRole('list', { name: 'Favourites' }))
    .getAllByRole('listitem')
    .map((item) => item.textContent)

it('moves a favourite by buttons and by arrow keys, says where it is, and keeps the focus on it', async () => {
  const { asked } = open({ ok: true, data: { roomIds: [] } })
  expect(order()).toEqual(['Kitchen', 'Attic'])
  const up = screen.getByRole('button', { name: 'Move Attic up' })
  await userEvent.click(up)
  expect(order()).toEqual(['Attic', 'Kitchen'])
  expect(screen.getByRole('status')).toHaveTextContent('Attic is favourite 1 of 2.')
  expect(up).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}{ArrowDown}')
  expect(order()).toEqual(['Kitchen', 'Attic'])
  expect(up).toHaveFocus()
  expect(asked()).toEqual([{ roomIds: ['attic', 'kitchen'] }, { roomIds: ['kitchen', 'attic'] }])
})

it('makes a room a favourite and takes one out, with the focus going along', async () => {
  const { asked } = open({ ok: true, data: { roomIds: [] } })
  await userEvent.click(screen.getByRole('button', { name: 'Make Lobby a favourite' }))
  expect(order()).toEqual(['Kitchen', 'Attic', 'Lobby'])
  expect(screen.getByRole('button', { name: 'Move Lobby up' })).toHaveFocus()
  await userEvent.click(screen.getByRole('button', { name: 'Take Kitchen out of the favourites' }))
  expect(order()).toEqual(['Attic', 'Lobby'])
  expect(screen.getByRole('button', { name: 'Make Kitchen a favourite' })).toHaveFocus()
  expect(asked()).toEqual([{ roomIds: ['kitchen', 'attic', 'lobby'] }, { roomIds: ['attic', 'lobby'] }])
})

it('says that it could not be done, and shows the order as it is', async () => {
  open({ ok: false, error: { code: 'internal', message: 'Something went wrong on the server.' } })
  await userEvent.click(screen.getByRole('button', { name: 'Move Attic up' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on the server.')
  expect(order()).toEqual(['Kitchen', 'Attic'])
})
