import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import type { Message } from '../../protocol/messages.ts'
import { Conversation } from '../messages/Conversation.tsx'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet, personCalled } from '../testing/room.ts'
import '../rooms/dialogs.ts'

beforeEach(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
})

type Poll = NonNullable<Message['poll']>
const lunch = (...votes: string[][]): Poll => ({ options: ['Soup', 'Cake'], multiple: false, votes })

/** Ann looks at a question in the lobby; every vote, and the end of it, is answered so. */
async function open(poll: Poll, authorId = 'bob', answer?: () => Answer<unknown>) {
  const asked = message(1, { body: 'Lunch?', authorId, poll })
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 1, rev: 2 }, messages: [asked], people: [ann, bob, personCalled('Cleo')] },
    }),
    ...(answer && { 'poll:vote': answer, 'poll:close': answer }),
  })
  act(() => fake.say('hello', helloOf(1)))
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await screen.findByText(/voted/)
  const votes = () => fake.asked.filter(({ name }) => name === 'poll:vote').map(({ input }) => input)
  const update = (next: Poll) => act(() => fake.say('events', packet([{ ...asked, poll: next, rev: 3 }])))
  return { ...fake, votes, update }
}

const radio = (name: RegExp) => screen.getByRole('radio', { name })
const yes = () => ({ ok: true, data: message(1) }) as const

it('says of each answer how many want it, and whether I do, and is one group', async () => {
  const { update } = await open(lunch(['bob', 'cleo', 'ann'], []))
  expect(screen.getByRole('radiogroup', { name: 'Poll' })).toContainElement(radio(/Soup/))
  expect(radio(/Soup/)).toHaveAccessibleName('Soup, 3 people, including you')
  expect(radio(/Soup/)).toBeChecked()
  expect(radio(/Cake/)).toHaveAccessibleName('Cake, nobody yet')
  expect(screen.getByText('3 people have voted')).toBeInTheDocument()
  update(lunch(['bob'], ['ann']))
  expect(radio(/Soup/)).toHaveAccessibleName('Soup, 1 person')
  expect(radio(/Cake/)).toHaveAccessibleName('Cake, 1 person, you')
})

it('names who it was where somebody points, and after a long press, which votes for nothing', async () => {
  const { votes } = await open(lunch(['cleo', 'bob'], []), 'bob', yes)
  await userEvent.hover(radio(/Soup/))
  expect(screen.getByRole('tooltip')).toHaveTextContent('Cleo and Bob')
  expect(radio(/Soup/)).toHaveAccessibleDescription('Cleo and Bob')
  await userEvent.unhover(radio(/Soup/))
  expect(screen.queryByRole('tooltip')).toBeNull()
  vi.useFakeTimers()
  try {
    fireEvent.pointerDown(radio(/Soup/), { pointerType: 'touch' })
    act(() => void vi.advanceTimersByTime(600))
    fireEvent.pointerUp(radio(/Soup/), { pointerType: 'touch' })
    fireEvent.click(radio(/Soup/))
  } finally {
    vi.useRealTimers()
  }
  expect(screen.getByRole('tooltip')).toHaveTextContent('Cleo and Bob')
  expect(votes()).toEqual([])
})

it('votes at once, and tells the server the newest of what I want', async () => {
  const answers: ((answer: unknown) => void)[] = []
  const { votes } = await open(
    lunch(['bob'], []),
    'bob',
    () => new Promise((resolve) => answers.push(resolve)) as never,
  )
  await userEvent.click(radio(/Soup/))
  expect(radio(/Soup/)).toHaveAccessibleName('Soup, 2 people, including you')
  await userEvent.click(radio(/Cake/))
  await userEvent.click(screen.getByRole('button', { name: 'Take my vote back' }))
  await userEvent.click(radio(/Cake/))
  expect(radio(/Cake/)).toBeChecked()
  await act(async () => answers[0]?.({ ok: true, data: message(1) }))
  await waitFor(() => expect(votes()).toHaveLength(2))
  expect(votes()).toEqual([
    { roomId: 'lobby', seq: 1, options: [0] },
    { roomId: 'lobby', seq: 1, options: [1] },
  ])
})

it('lets me choose several where that is meant', async () => {
  const { votes } = await open({ ...lunch(['ann'], ['bob']), multiple: true }, 'bob', yes)
  expect(screen.getByRole('group', { name: 'Poll, several answers' })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Cake, 1 person' }))
  await waitFor(() => expect(votes()).toEqual([{ roomId: 'lobby', seq: 1, options: [0, 1] }]))
})

it('goes back, and says why, where it is refused', async () => {
  const refused = { ok: false, error: { code: 'forbidden', message: 'This poll is closed.' } } as const
  await open(lunch(['bob'], []), 'bob', () => refused)
  await userEvent.click(radio(/Soup/))
  expect(await screen.findByText('This poll is closed.')).toBeInTheDocument()
  expect(radio(/Soup/)).toHaveAccessibleName('Soup, 1 person')
})

it('waits without a connection, and tells then only what I wanted last', async () => {
  const { say, votes } = await open(lunch([], []), 'bob', yes)
  act(() => say('disconnect', 'transport close'))
  for (const name of [/Soup/, /Cake/]) await userEvent.click(radio(name))
  expect(radio(/Cake/)).toHaveAccessibleName('Cake, 1 person, you')
  expect(votes()).toEqual([])
  act(() => say('hello', helloOf(1)))
  await waitFor(() => expect(votes()).toEqual([{ roomId: 'lobby', seq: 1, options: [1] }]))
})

it('is closed by who asked, after asking once more, and can only be looked at then', async () => {
  const { asked, update, votes } = await open(lunch(['bob'], []), 'ann', yes)
  await userEvent.click(screen.getByRole('button', { name: 'Close poll' }))
  expect(screen.getByText(/^Nobody can vote in it any more/)).toBeInTheDocument()
  await userEvent.click(screen.getAllByText('Close poll').at(-1) as HTMLElement)
  expect(asked).toContainEqual({ name: 'poll:close', input: { roomId: 'lobby', seq: 1 } })
  update({ ...lunch(['bob'], []), closed: { by: 'ann', at: 0 } })
  expect(await screen.findByText(/closed by you$/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Close poll' })).toBeNull()
  await userEvent.click(radio(/Soup/))
  expect(radio(/Soup/)).not.toBeChecked()
  expect(votes()).toEqual([])
})

it('has no button to close it for whoever neither asked nor looks after the room', async () => {
  await open(lunch([], []))
  expect(screen.queryByRole('button', { name: 'Close poll' })).toBeNull()
})

it('is asked by a command, also without a connection, and in fields where something is missing', async () => {
  const { connection, asked, say } = await open(lunch([], []))
  act(() => say('disconnect', 'transport close'))
  const box = screen.getByRole('textbox', { name: 'Message Lobby' })
  await userEvent.type(box, '/poll Dinner? | Pie | Rice{Enter}')
  expect(await screen.findByRole('radio', { name: 'Pie, nobody yet' })).toHaveAttribute('aria-disabled', 'true')
  const poll = { options: ['Pie', 'Rice'], multiple: false }
  expect(connection.store.getState().outbox).toMatchObject([{ body: 'Dinner?', poll }])
  await userEvent.type(box, '/poll Where?{Enter}')
  const field = (label: string) => screen.getByLabelText(label)
  expect(await screen.findByLabelText('Question')).toHaveValue('Where?')
  await userEvent.type(field('Answer 1'), 'Here')
  await userEvent.click(screen.getByText('Ask'))
  expect(screen.getByText(/^A question needs two to ten answers/)).toBeInTheDocument()
  await userEvent.type(field('Answer 2'), 'There')
  expect(field('Answer 3')).toBeInTheDocument()
  await userEvent.click(field('People may choose several answers'))
  await userEvent.click(screen.getByText('Ask'))
  expect(connection.store.getState().outbox.at(-1)).toMatchObject({
    body: 'Where?',
    poll: { options: ['Here', 'There'], multiple: true },
  })
  expect(screen.queryByLabelText('Question')).toBeNull()
  act(() => say('hello', helloOf(1)))
  await waitFor(() =>
    expect(asked).toContainEqual({ name: 'message:send', input: expect.objectContaining({ body: 'Dinner?', poll }) }),
  )
})
