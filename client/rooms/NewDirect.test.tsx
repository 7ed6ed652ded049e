import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { personCalled } from '../testing/room.ts'
import { NewDirect } from './NewDirect.tsx'

it('opens no conversation with somebody who was only the answer to what was typed before', async () => {
  HTMLDialogElement.prototype.showModal = vi.fn()
  const fake = fakeConnection({
    'people:list': ({ query }: { query: string }) =>
      query === ''
        ? { ok: true, data: { people: [personCalled('Aaron')], next: null } }
        : (new Promise(() => {}) as never),
  })
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      <NewDirect onClose={() => {}} />
    </SocketContext>,
  )
  await screen.findByText('Aaron')
  await userEvent.type(screen.getByLabelText('Their name'), 'bob{Enter}')
  expect(fake.asked.map(({ name }) => name)).not.toContain('room:direct')
})
