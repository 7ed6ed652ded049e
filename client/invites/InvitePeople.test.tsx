import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { InvitePeople } from './InvitePeople.tsx'

// jsdom has no modal dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}

function open(room: { id: string; name: string } | null) {
  const { connection, say } = fakeConnection()
  act(() => say('hello', helloOf()))
  render(
    <SocketContext value={connection}>
      <InvitePeople room={room} onClose={() => {}} />
    </SocketContext>,
  )
}

const found = (rooms: string) => screen.getByText(new RegExp(`They can read everything already said in ${rooms}\\.$`))

it('says that whoever comes finds what was said in the public rooms, not in all', () => {
  open(null)
  expect(found('the public rooms')).toBeInTheDocument()
})

it('says that a guest finds what was said in the one room, and a member in the public ones too', async () => {
  open({ id: 'kitchen', name: 'Kitchen' })
  expect(found('Kitchen and the public rooms')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'A guest, of this room alone' }))
  expect(found('Kitchen')).toBeInTheDocument()
})
