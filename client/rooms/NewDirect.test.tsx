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

it('gathers several by keyboard alone: each Enter adds who is found, and the last one, on nothing, opens it', async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  const people = ['Jun', 'Sam', 'Ada'].map((name) => personCalled(name))
  const fake = fakeConnection({
    'people:list': ({ query }: { query: string }) => ({
      ok: true,
      data: { people: people.filter(({ name }) => name.startsWith(query)), next: null },
    }),
    'room:direct': () => ({
      ok: false,
      error: { code: 'forbidden', message: 'Sam is a guest, and shares no room with Ada.' },
    }),
  })
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      <NewDirect onClose={() => {}} />
    </SocketContext>,
  )
  const field = screen.getByLabelText('Their name')
  await userEvent.click(await screen.findByRole('button', { name: 'Add Sam to the conversation' }))
  expect(field).toHaveFocus()
  await userEvent.type(field, 'Ju')
  await screen.findByRole('button', { name: 'Add Jun to the conversation' })
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('status')).toHaveTextContent('With Sam and Jun.')
  expect(screen.getByRole('button', { name: 'Write to Sam and Jun' })).toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
  const asked = fake.asked.filter(({ name }) => name === 'room:direct').map(({ input }) => input)
  expect(asked).toEqual([{ personId: 'sam', others: ['jun'] }])
  expect(await screen.findByText('Sam is a guest, and shares no room with Ada.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Take Sam out again' }))
  expect(screen.getByRole('status')).toHaveTextContent('With Jun.')
})

it('keeps an Enter that was pressed before the answer came, for whoever that answer has first', async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  const people = ['Jun', 'Sam', 'Ada'].map((name) => personCalled(name))
  const late: (() => void)[] = []
  const fake = fakeConnection({
    'people:list': ({ query }: { query: string }) => {
      const data = { people: people.filter(({ name }) => name.startsWith(query)), next: null }
      if (query === '') return { ok: true, data }
      return new Promise((resolve) => late.push(() => resolve({ ok: true, data }))) as never
    },
    'room:direct': () => ({ ok: false, error: { code: 'forbidden', message: 'Ada is a guest.' } }),
  })
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      <NewDirect onClose={() => {}} />
    </SocketContext>,
  )
  const answer = () => act(async () => late.splice(0).forEach((come) => come()))
  const opened = () => fake.asked.filter(({ name }) => name === 'room:direct').map(({ input }) => input)
  const status = screen.getByRole('status')
  await userEvent.click(await screen.findByRole('button', { name: 'Add Jun to the conversation' }))
  await userEvent.keyboard('Sa{Enter}')
  expect(status).toHaveTextContent('With Jun.')
  await answer()
  expect(status).toHaveTextContent('With Jun and Sam.')
  expect(screen.getByLabelText('Their name')).toHaveValue('')

  await userEvent.keyboard('A{Enter}d')
  await answer()
  expect(status).toHaveTextContent('With Jun and Sam.')

  await userEvent.clear(screen.getByLabelText('Their name'))
  for (const name of ['Sam', 'Jun'])
    await userEvent.click(screen.getByRole('button', { name: `Take ${name} out again` }))
  await userEvent.keyboard('Ad{Enter}')
  expect(opened()).toEqual([])
  await answer()
  expect(opened()).toEqual([{ personId: 'ada', others: [] }])
})
