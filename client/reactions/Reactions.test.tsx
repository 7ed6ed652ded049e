import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
// What comes later is there already: a busy machine takes long to read it.
import '../emoji/data.ts'
import type { Answer } from '../../protocol/index.ts'
import type { Message } from '../../protocol/messages.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { message, personCalled } from '../testing/room.ts'
import { Reactions } from './Reactions.tsx'

type Reactions = NonNullable<Message['reactions']>

/** Ann looks at a message that was reacted to; every request is answered so. */
async function open(reactions: Reactions, answer?: () => Answer<unknown>) {
  const fake = fakeConnection(answer ? { 'reaction:set': answer } : {})
  act(() => fake.say('hello', { ...helloOf(1), people: [personCalled('Bob'), personCalled('Cleo')] }))
  const view = (list: Reactions | undefined) => (
    <SocketContext value={fake.connection}>
      <div className="message">
        <Reactions roomId="lobby" seq={1} reactions={list} />
      </div>
    </SocketContext>
  )
  const { rerender } = render(view(reactions))
  await screen.findByRole('button', { name: /^Birthday cake/ })
  const wishes = () => fake.asked.filter(({ name }) => name === 'reaction:set').map(({ input }) => input)
  return { ...fake, wishes, update: (list: Reactions | undefined) => rerender(view(list)) }
}

const cake = (...by: string[]) => [{ emoji: '🎂', by }]
const chip = (name: RegExp) => screen.getByRole('button', { name })

it('says what it is, of how many, and whether I am among them', async () => {
  const { update } = await open(cake('bob', 'cleo', 'ann'))
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 3 people, including you')
  expect(chip(/cake/)).toHaveAttribute('aria-pressed', 'true')
  update(cake('bob'))
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 1 person')
  expect(chip(/cake/)).toHaveAttribute('aria-pressed', 'false')
})

it('names who it was where somebody points or where the focus is, and the others by their number', async () => {
  await open(cake('cleo', 'bob', 'ann', ...Array.from({ length: 12 }, (_, i) => `unknown${i}`)))
  expect(screen.queryByRole('tooltip')).toBeNull()
  await userEvent.hover(chip(/cake/))
  expect(screen.getByRole('tooltip')).toHaveTextContent('You, Cleo, Bob and 12 others')
  expect(chip(/cake/)).toHaveAccessibleDescription('You, Cleo, Bob and 12 others')
})

it('names them after a long press too, which reacts with nothing', async () => {
  const { wishes } = await open(cake('bob'))
  vi.useFakeTimers()
  try {
    fireEvent.pointerDown(chip(/cake/), { pointerType: 'touch' })
    act(() => void vi.advanceTimersByTime(600))
    fireEvent.pointerUp(chip(/cake/), { pointerType: 'touch' })
    fireEvent.click(chip(/cake/))
  } finally {
    vi.useRealTimers()
  }
  expect(screen.getByRole('tooltip')).toHaveTextContent('Bob')
  expect(wishes()).toEqual([])
})

it('adds mine and takes it away before the server has said so, and tells the newest of what I wished', async () => {
  const answers: ((answer: unknown) => void)[] = []
  const { wishes } = await open(cake('bob'), () => new Promise((resolve) => answers.push(resolve)) as never)
  await userEvent.click(chip(/cake/))
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 2 people, including you')
  await userEvent.click(chip(/cake/))
  await userEvent.click(chip(/cake/))
  await userEvent.click(chip(/cake/))
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 1 person')
  await act(async () => answers[0]?.({ ok: true, data: message(1) }))
  await waitFor(() => expect(wishes()).toHaveLength(2))
  expect(wishes()).toMatchObject([{ on: true }, { on: false }])
})

it('goes back, and says why, where it is refused', async () => {
  const refused = { ok: false, error: { code: 'forbidden', message: 'This room is archived.' } } as const
  await open(cake('bob'), () => refused)
  await userEvent.click(chip(/cake/))
  expect(await screen.findByRole('alert')).toHaveTextContent('This room is archived.')
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 1 person')
})

it('waits without a connection, and tells then only what I wished last', async () => {
  const { say, wishes } = await open(cake('bob'), () => ({ ok: true, data: message(1) }))
  act(() => say('disconnect', 'transport close'))
  for (const _ of [1, 2, 3]) await userEvent.click(chip(/cake/))
  expect(chip(/cake/)).toHaveAccessibleName('Birthday cake, 2 people, including you')
  expect(wishes()).toEqual([])
  act(() => say('hello', helloOf(1)))
  await waitFor(() => expect(wishes()).toEqual([{ roomId: 'lobby', seq: 1, emoji: '🎂', on: true }]))
})

it('offers all others at the end', async () => {
  const { wishes } = await open(cake('bob'), () => ({ ok: true, data: message(1) }))
  await userEvent.click(chip(/Add a reaction/))
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find an emoji', hidden: true }), 'tada{Enter}')
  expect(wishes()).toMatchObject([{ emoji: '🎉', on: true }])
  expect(screen.queryByRole('searchbox', { hidden: true })).toBeNull()
  expect(chip(/Add a reaction/)).toHaveFocus()
})
