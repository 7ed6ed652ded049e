import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Person } from '../../protocol/people.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { ann, bob, personCalled } from '../testing/room.ts'
import { AddPeople } from './AddPeople.tsx'

it('says of whoever is in the room that they are, and offers to add nobody twice', async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  const cleo = personCalled('Cleo')
  const inside: Person[] = [ann, bob]
  const board = { ...lobby, id: 'board', name: 'Board', isDefault: false, kind: 'private', people: [] } as const
  const asked: unknown[] = []
  const fake = fakeConnection({
    'people:list': () => ({ ok: true, data: { people: [ann, bob, cleo], next: null } }),
    'room:members': (input) => {
      asked.push(input)
      return { ok: true, data: { people: [...inside], next: null, total: inside.length } }
    },
    'room:add': () => {
      inside.push(cleo)
      return { ok: true, data: {} }
    },
  })
  const hello = helloOf()
  act(() =>
    fake.say('hello', { ...hello, rooms: hello.rooms.map((mine) => ({ ...mine, room: { ...board, people: [] } })) }),
  )
  render(
    <SocketContext value={fake.connection}>
      <AddPeople room={board} onClose={() => {}} />
    </SocketContext>,
  )
  const add = await screen.findByRole('button', { name: 'Add Cleo' })
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['BBobIn', 'CCleoAdd'])
  await userEvent.click(add)
  expect(await screen.findByText('Cleo is in.')).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Add / })).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Their name' })).toHaveFocus()
  // Of many, who of those that are shown are in it.
  await userEvent.type(screen.getByRole('textbox', { name: 'Their name' }), 'Cl')
  expect(asked.at(-1)).toEqual({ roomId: 'board', query: 'Cl' })
})
