import { act, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import type { Reminder } from '../../protocol/reminders.ts'
import { SavedMessages } from '../saved/SavedMessages.tsx'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob } from '../testing/room.ts'
import { dismiss } from '../ui/toasts.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { tellDue } from './due.ts'
import { RemindMe } from './RemindMe.tsx'

// jsdom has the element and none of its methods.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
beforeEach(() => act(dismiss))

type Answers = NonNullable<Parameters<typeof fakeConnection>[0]>

const reminder = (seq: number, more: Partial<Reminder> = {}): Reminder => ({
  roomId: 'lobby',
  seq,
  at: Date.now() + 3_600_000,
  due: false,
  authorId: 'bob',
  text: `**message** ${seq}`,
  ...more,
})
const listOf = (reminders: Reminder[]) => ({ ok: true, data: { reminders, people: [bob] } }) as const
const none = { ok: true, data: { messages: [], people: [], next: null } } as const

function open(part: ReactNode, answers: Answers) {
  const fake = fakeConnection({ 'reminder:end': () => ({ ok: true, data: {} }), 'saved:list': () => none, ...answers })
  act(() => fake.say('hello', helloOf()))
  render(
    <SocketContext value={fake.connection}>
      {part}
      <Toasts />
    </SocketContext>,
  )
  const inputsOf = (name: string) => fake.asked.filter((one) => one.name === name).map(({ input }) => input)
  return { ...fake, inputsOf }
}

it('asks when, says when it will be, and why it cannot be', async () => {
  const onClose = vi.fn()
  const refused = { ok: false, error: { code: 'forbidden', message: 'That is as many as there can be.' } } as const
  let answer: Answer<object> = refused
  const { inputsOf } = open(<RemindMe roomId="lobby" seq={3} onClose={onClose} />, { 'reminder:set': () => answer })
  const tomorrow = screen.getByRole('button', { name: /^Tomorrow morning/ })
  await userEvent.click(tomorrow)
  expect(await screen.findByText('That is as many as there can be.')).toBeInTheDocument()
  expect(onClose).not.toHaveBeenCalled()
  answer = { ok: true, data: {} }
  await userEvent.click(tomorrow)
  expect(onClose).toHaveBeenCalledOnce()
  expect(inputsOf('reminder:set')).toContainEqual({ roomId: 'lobby', seq: 3, at: expect.any(Number) })
  expect(screen.getByText(/^You will be reminded on .*\.$/)).toBeInTheDocument()
})

it('lists what is to come and what has come, lets go of one, and goes with what another device does', async () => {
  let all = [reminder(1, { at: Date.now() - 60_000, due: true }), reminder(2)]
  const { inputsOf, say } = open(<SavedMessages />, { 'reminder:list': () => listOf(all) })
  const list = await screen.findByRole('list', { name: 'Reminders' })
  expect(screen.getByRole('link', { name: /Lobby.*message 1.*Reminder since/ })).toHaveAttribute('href', '/r/lobby/1')
  expect(screen.getByRole('link', { name: /message 2.*Reminder (?!since)/ })).toBeInTheDocument()
  await userEvent.click(screen.getAllByRole('button', { name: 'Remind me no more' })[0] as HTMLElement)
  expect(inputsOf('reminder:end')).toEqual([{ roomId: 'lobby', seq: 1 }])
  all = []
  act(() => say('reminder:changed', { roomId: 'lobby', seq: 1, at: null, due: false }))
  await waitFor(() => expect(list).not.toBeInTheDocument())
  expect(screen.getByText('Nothing is saved for later.')).toBeInTheDocument()
})

it('says once that the time has come, counts it, and ends it when its message is opened', async () => {
  let all = [reminder(1)]
  const opened: string[] = []
  const { connection, say, inputsOf } = open(null, { 'reminder:list': () => listOf(all) })
  const stop = tellDue(connection, (address) => {
    opened.push(address)
    history.pushState(null, '', address)
  })
  onTestFinished(stop)
  const due = () => connection.store.getState().due
  await waitFor(() => expect(inputsOf('reminder:list')).toHaveLength(1))
  expect(screen.queryByText(/^Reminder/)).toBeNull()
  all = [reminder(1, { due: true })]
  act(() => say('reminder:changed', { roomId: 'lobby', seq: 1, at: 1, due: true }))
  expect(await screen.findByText('Reminder: Bob in Lobby: message 1')).toBeInTheDocument()
  expect(due()).toBe(1)
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(opened).toEqual(['/r/lobby/1'])
  expect(inputsOf('reminder:end')).toEqual([{ roomId: 'lobby', seq: 1 }])
  all = []
  act(() => say('reminder:changed', { roomId: 'lobby', seq: 1, at: null, due: false }))
  await waitFor(() => expect(due()).toBe(0))
})

it('says it once in a browser, however often the page is loaded, and no more anywhere once that is closed', async () => {
  const one = reminder(6, { due: true })
  const first = open(null, { 'reminder:list': () => listOf([one]) })
  const stop = tellDue(first.connection, () => {})
  expect(await screen.findByText('Reminder: Bob in Lobby: message 6')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByText(/^Reminder/)).toBeNull()
  expect(first.inputsOf('reminder:end')).toEqual([{ roomId: 'lobby', seq: 6 }])
  stop()

  // As if the server had not heard of it.
  const again = open(null, { 'reminder:list': () => listOf([one]) })
  onTestFinished(tellDue(again.connection, () => {}))
  await waitFor(() => expect(again.connection.store.getState().due).toBe(1))
  expect(screen.queryByText(/^Reminder/)).toBeNull()
})

it('ends none of many whose number alone was seen', async () => {
  const { connection, inputsOf } = open(null, {
    'reminder:list': () => listOf([reminder(7, { due: true }), reminder(8, { due: true })]),
  })
  onTestFinished(tellDue(connection, () => {}))
  await userEvent.click(await screen.findByRole('button', { name: 'Close' }))
  expect(screen.queryByText('2 reminders')).toBeNull()
  expect(inputsOf('reminder:end')).toEqual([])
})

it('says of many that came while one was away how many they are, and when one is back', async () => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
  const { connection, inputsOf } = open(null, {
    'reminder:list': () => listOf([reminder(4, { due: true }), reminder(5, { due: true })]),
  })
  onTestFinished(tellDue(connection, () => {}))
  await waitFor(() => expect(connection.store.getState().due).toBe(2))
  expect(inputsOf('reminder:list')).toHaveLength(1)
  expect(screen.queryByText('2 reminders')).toBeNull()
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
  act(() => void dispatchEvent(new Event('visibilitychange')))
  expect(await screen.findByText('2 reminders')).toBeInTheDocument()
})
