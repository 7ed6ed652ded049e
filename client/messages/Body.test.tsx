import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection } from '../testing/fakeSocket.ts'
import { ann, message } from '../testing/room.ts'
import { Body } from './Body.tsx'
import type { MessageRow } from './rows.ts'

const rowOf = (body: string): MessageRow => {
  const said = message(1, { body })
  const { key, seq, sentAt, editedAt, deleted, moderated } = said
  const of = { type: 'message', author: ann, own: false, toYou: false, state: 'sent', mentions: [] } as const
  return { ...of, key, seq, sentAt, editedAt, deleted, moderated, body, said }
}

it('looks for signs that set a text in a time that grows no faster than its lines', () => {
  const before = performance.now()
  render(
    <SocketContext value={fakeConnection().connection}>
      <Body row={rowOf(`${'\n'.repeat(100_000)}a`)} end="the end" />
    </SocketContext>,
  )
  expect(screen.getByText(/the end/)).toBeInTheDocument()
  expect(performance.now() - before).toBeLessThan(1_000)
})
