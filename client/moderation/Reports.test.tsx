import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob } from '../testing/room.ts'
import { Reports } from './Reports.tsx'

it('words what came of a report as what was done already, since saying it only closes the report', async () => {
  const report = {
    id: 'one',
    at: 0,
    room: null,
    authorId: 'bob',
    reporterId: 'ann',
    body: 'Buy my watches',
    reason: '',
    outcome: null,
    resolvedBy: null,
    resolvedAt: null,
  }
  const fake = fakeConnection({
    'report:list': () => ({ ok: true, data: { reports: [report], people: [ann, bob], next: null } }),
    'report:resolve': () => ({ ok: true, data: report }),
  })
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      <Reports />
    </SocketContext>,
  )
  const closing = await screen.findByRole('group', { name: 'Close this report:' })
  expect(within(closing).getByText('Close this report:')).toBeVisible()
  const names = within(closing)
    .getAllByRole('button')
    .map(({ textContent }) => textContent)
  expect(names).toEqual(['Nothing to do', 'They were muted', 'They were banned'])
  await userEvent.click(within(closing).getByRole('button', { name: 'They were muted' }))
  expect(fake.asked.find(({ name }) => name === 'report:resolve')?.input).toEqual({ id: 'one', outcome: 'muted' })
})
