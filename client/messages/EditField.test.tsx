import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob } from '../testing/room.ts'
import { EditField } from './EditField.tsx'
import type { StoredRow } from './tools.ts'

const row: StoredRow = {
  type: 'message',
  key: 'its key',
  seq: 2,
  author: ann,
  body: 'hello <@bob>',
  mentions: ['bob'],
  toYou: false,
  sentAt: 0,
  editedAt: null,
  deleted: false,
  moderated: false,
  own: true,
  state: 'sent',
  said: { roomId: 'lobby' },
}

it('offers nobody for a name that stands there already, and somebody for one that is written', async () => {
  const { connection, say } = fakeConnection({
    'room:members': () => ({ ok: true, data: { people: [bob], total: 2, next: null } }),
  })
  act(() => say('hello', helloOf(3)))
  const save = vi.fn<(row: unknown, text: string) => void>()
  function Field() {
    const [text, setText] = useState('hello @Bob')
    return (
      <EditField
        row={row}
        edit={{ roomId: 'lobby', seq: 2, text, state: 'open', begun: true, problem: null }}
        actions={{ begin: vi.fn(), beginLast: vi.fn(), leave: vi.fn(), write: (_, next) => setText(next), save }}
      />
    )
  }
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  render(
    <SocketContext value={connection}>
      <Field />
    </SocketContext>,
  )
  const field = screen.getByRole('textbox', { name: 'Edit your message' })
  // By then whoever is called so has been found.
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  expect(screen.queryByRole('listbox')).toBeNull()
  vi.useRealTimers()
  await userEvent.type(field, ' and @b')
  expect(await screen.findByRole('option', { name: /Bob/ })).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  expect(save.mock.calls.map(([, text]) => text)).toEqual(['hello <@bob> and <@bob> '])
})
