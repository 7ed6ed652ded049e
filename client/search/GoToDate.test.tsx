import { act, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import type { Answer, Output } from '../../protocol/index.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { GoToDate } from './GoToDate.tsx'

/** Ann has the details of the lobby open. */
function open(answer: Answer<Output<'message:at'>>) {
  const fake = fakeConnection({ 'message:at': () => answer })
  act(() => fake.say('hello', helloOf(9)))
  const location = memoryLocation({ path: '/r/lobby', record: true })
  render(
    <SocketContext value={fake.connection}>
      <Router hook={location.hook}>
        <GoToDate roomId="lobby" />
      </Router>
    </SocketContext>,
  )
  const field = screen.getByLabelText<HTMLInputElement>('Go to a date')
  return { ...fake, location, field, choose: (day: string) => fireEvent.change(field, { target: { value: day } }) }
}

const go = () => userEvent.click(screen.getByRole('button', { name: 'Go there' }))

it('leads to the first message of a day, which begins when it does where one is', async () => {
  const { asked, location, choose } = open({ ok: true, data: { seq: 7 } })
  choose('2026-11-01')
  await go()
  expect(asked.at(-1)).toEqual({
    name: 'message:at',
    input: { roomId: 'lobby', time: new Date(2026, 10, 1).getTime() },
  })
  expect(location.history).toEqual(['/r/lobby', '/r/lobby/7'])
})

it('says that nothing was said since then, until another day is chosen', async () => {
  const { location, field, choose } = open({ ok: true, data: { seq: null } })
  choose('2026-11-01')
  await go()
  expect(await screen.findByRole('alert')).toHaveTextContent('Nothing was said since then.')
  expect(field).toBeInvalid()
  choose('2026-10-01')
  expect(screen.getByRole('alert')).toBeEmptyDOMElement()
  expect(location.history).toEqual(['/r/lobby'])
})

it('says why it was refused', async () => {
  const { choose } = open({ ok: false, error: { code: 'not_found', message: 'No such room.' } })
  choose('2026-11-01')
  await go()
  expect(await screen.findByRole('alert')).toHaveTextContent('No such room.')
})

it('goes nowhere without a day', async () => {
  const { asked, location } = open({ ok: true, data: { seq: 7 } })
  await go()
  expect(asked.filter(({ name }) => name === 'message:at')).toEqual([])
  expect(location.history).toEqual(['/r/lobby'])
})
