import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Scheduled } from '../../protocol/scheduled.ts'
import { Conversation } from '../messages/Conversation.tsx'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { dismiss } from '../ui/toasts.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { uploads } from '../uploads/items.ts'
import { fakeUploads, fileOf } from '../uploads/testing/fakeUploads.ts'
import { abandon } from '../uploads/uploads.ts'
import { ScheduledMessages } from './ScheduledMessages.tsx'
import { SendLater } from './SendLater.tsx'
import '../rooms/dialogs.ts'

// jsdom has the element and none of its methods.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}

type Answers = Parameters<typeof fakeConnection>[0]

function open(part: ReactNode, answers: Answers) {
  const fake = fakeConnection(answers)
  act(() => fake.say('hello', helloOf()))
  render(<SocketContext value={fake.connection}>{part}</SocketContext>)
  return {
    ...fake,
    inputsOf: (name: string) => fake.asked.filter((one) => one.name === name).map(({ input }) => input),
  }
}

const refused = { ok: false, error: { code: 'forbidden', message: 'You are muted here.' } } as const
const message = (changed: Partial<Scheduled> = {}): Scheduled => ({
  id: '11111111-1111-4111-8111-111111111111',
  roomId: 'lobby',
  body: 'good morning',
  at: Date.now() + 3_600_000,
  failed: null,
  ...changed,
})

it('has what is in the box sent by one click, and empties the box once the server has it', async () => {
  const onTaken = vi.fn()
  const answers: Answers = { 'scheduled:set': () => refused }
  const { inputsOf } = open(<SendLater roomId="lobby" text={() => 'good morning'} onTaken={onTaken} />, answers)
  await userEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  await userEvent.click(screen.getByRole('button', { name: /^Tomorrow morning/ }))
  expect(await screen.findByText('You are muted here.')).toBeInTheDocument()
  expect(onTaken).not.toHaveBeenCalled()
  answers['scheduled:set'] = () => ({ ok: true, data: message() })
  await userEvent.click(screen.getByRole('button', { name: /^Tomorrow morning/ }))
  expect(inputsOf('scheduled:set').at(-1)).toMatchObject({ roomId: 'lobby', body: 'good morning' })
  expect(onTaken).toHaveBeenCalledOnce()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('says why nothing is sent later that has files with it', async () => {
  fakeUploads()
  onTestFinished(() => act(() => abandon(uploads.all())))
  const { inputsOf } = open(<Conversation roomId="lobby" />, {})
  render(<Toasts />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Message Lobby' }), 'look')
  const chooser = await screen.findByLabelText('Add a file', { selector: 'input' })
  await userEvent.upload(chooser, fileOf('notes.txt', 1))
  expect(await screen.findByRole('list', { name: 'Files to send' })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  expect(await screen.findByRole('group', { name: /^Files cannot be sent later yet/ })).toBeInTheDocument()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(inputsOf('scheduled:set')).toEqual([])
  act(() => dismiss())
})

it('sends nothing at a time that has passed', async () => {
  const { inputsOf } = open(<SendLater roomId="lobby" text={() => 'late'} onTaken={() => {}} />, {})
  await userEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  const field = screen.getByLabelText('Another time')
  await userEvent.clear(field)
  await userEvent.type(field, '2001-01-01T10:00')
  await userEvent.click(screen.getByRole('button', { name: 'Send it then' }))
  expect(await screen.findByText('That time has passed.')).toBeInTheDocument()
  expect(inputsOf('scheduled:set')).toEqual([])
})

it('sends nothing now from a box in which a time of one’s own was chosen', async () => {
  const { connection, inputsOf } = open(<Conversation roomId="lobby" />, {})
  await userEvent.type(screen.getByRole('textbox', { name: 'Message Lobby' }), 'late')
  await userEvent.click(await screen.findByRole('button', { name: 'Schedule' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send it then' }))
  expect(inputsOf('scheduled:set')).toMatchObject([{ body: 'late' }])
  expect(connection.store.getState().outbox).toEqual([])
})

it('shows what is to be sent and why something was not, and goes with what another device does', async () => {
  const { say, inputsOf } = open(<ScheduledMessages />, {
    'scheduled:list': () => ({
      ok: true,
      data: { scheduled: [message(), message({ id: 'b', body: 'never', failed: 'No such room.' })] },
    }),
    'scheduled:cancel': () => ({ ok: true, data: {} }),
  })
  expect(await screen.findByText('good morning')).toBeInTheDocument()
  expect(screen.getByText(/^Will be sent (?:at|on) /)).toBeInTheDocument()
  expect(screen.getByText('Not sent: No such room.')).toBeInTheDocument()
  await userEvent.click(screen.getAllByRole('button', { name: 'Discard' })[1] as HTMLElement)
  expect(inputsOf('scheduled:cancel')).toEqual([{ id: 'b' }])
  act(() => say('scheduled:changed', { scheduled: [] }))
  expect(screen.getByText('Nothing is to be sent later.')).toBeInTheDocument()
})

it('takes a text back into the box of its room', async () => {
  const { connection, inputsOf } = open(<ScheduledMessages />, {
    'scheduled:list': () => ({ ok: true, data: { scheduled: [message()] } }),
    'scheduled:cancel': () => ({ ok: true, data: {} }),
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }))
  expect(inputsOf('scheduled:cancel')).toHaveLength(1)
  expect(connection.store.getState().drafts['lobby']).toBe('good morning')
})
