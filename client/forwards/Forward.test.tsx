import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import type { Message } from '../../protocol/messages.ts'
import type { Room } from '../../protocol/rooms.ts'
import { Conversation } from '../messages/Conversation.tsx'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { ann, bob, message, personCalled } from '../testing/room.ts'
import { Toasts } from '../ui/Toasts.tsx'
import '../rooms/dialogs.ts'

beforeEach(() => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
})

/** Ann is in the lobby, a kitchen, and a room that others write in, and looks at one message. */
async function open(given: Partial<Message> = {}, kind: Room['kind'] = 'public') {
  const said = message(1, { body: 'cake', ...given })
  const direct = {
    ...lobby,
    id: 'direct',
    kind: 'direct',
    name: '',
    isDefault: false,
    people: ['ann', 'cleo'],
  } as const
  const hello = helloOf(1)
  const [mine] = hello.rooms
  if (!mine) throw new Error('She is in the lobby.')
  const room = (id: string, name: string, more: object = {}) => ({
    ...mine,
    head: { seq: 0, rev: 1 },
    room: { ...mine.room, id, name, isDefault: false, ...more },
  })
  const fake = fakeConnection({
    'message:list': () => ({
      ok: true,
      data: { roomId: 'lobby', head: { seq: 1, rev: 2 }, messages: [said], people: [ann, bob] },
    }),
    'people:list': () => ({ ok: true, data: { people: [bob, personCalled('Cleo')], next: null } }),
    'room:direct': () => ({
      ok: true,
      data: { ...room('direct', ''), room: { ...direct, people: [...direct.people] } },
    }),
  })
  const rooms = [
    room('lobby', 'Lobby', { kind }),
    room('kitchen', 'Kitchen'),
    room('news', 'News', { whoWrites: 'managers' }),
    room('den', 'Den', { kind: 'private' }),
  ]
  act(() => fake.say('hello', { ...hello, rooms, people: [bob, personCalled('Cleo')] }))
  render(
    <SocketContext value={fake.connection}>
      <Conversation roomId="lobby" />
      <Toasts />
    </SocketContext>,
  )
  const item = (await screen.findByText(/^cake/)).closest('li')
  act(() => item?.focus())
  await waitFor(() => {
    if (item) fireEvent.focusIn(item)
    expect(screen.getByRole('button', { name: 'More' })).toBeInTheDocument()
  })
  return { ...fake, outbox: () => fake.connection.store.getState().outbox }
}

it('says a message again where I may write, as whose it is, after words of my own', async () => {
  const { outbox, connection } = await open()
  act(() => connection.store.dispatch({ type: 'draft', roomId: 'kitchen', text: 'half a' }))
  await userEvent.keyboard('f')
  expect(await screen.findByLabelText('Room or person')).toBeInTheDocument()
  expect(screen.queryByText('News')).toBeNull()
  await userEvent.click(await screen.findByText('Kitchen'))
  await userEvent.type(screen.getByLabelText('Add words of your own'), 'look{Enter}')
  const forwarded = { authorId: 'bob', sentAt: 1_000, from: { roomId: 'lobby', seq: 1 } }
  expect(outbox()).toMatchObject([
    { roomId: 'kitchen', body: 'look' },
    { roomId: 'kitchen', body: 'cake', forward: { roomId: 'lobby', seq: 1 }, forwarded },
  ])
  expect(outbox()[0]).not.toHaveProperty('forward')
  // What was being written there is still being written.
  expect(connection.store.getState().drafts['kitchen']).toBe('half a')
  expect(screen.queryByLabelText('Add words of your own')).toBeNull()
  expect(await screen.findByRole('group', { name: 'Forwarded to Kitchen.' })).toBeInTheDocument()
})

it('finds people too, and begins a conversation with them', async () => {
  const { outbox, asked } = await open()
  await userEvent.keyboard('f')
  await userEvent.type(await screen.findByLabelText('Room or person'), 'cl')
  await userEvent.click(await screen.findByText('Cleo'))
  await userEvent.click(await screen.findByText('Forward', { selector: 'button' }))
  expect(asked).toContainEqual({ name: 'room:direct', input: { personId: 'cleo', others: [] } })
  expect(outbox()).toMatchObject([{ roomId: 'direct', body: 'cake' }])
})

it('asks the server to repeat what it has, and sends no more than where that stands', async () => {
  const { asked } = await open()
  await userEvent.keyboard('f')
  await userEvent.click(await screen.findByText('Kitchen'))
  await userEvent.keyboard('{Enter}')
  const sent = () => asked.filter(({ name }) => name === 'message:send').map(({ input }) => input)
  await waitFor(() => expect(sent()).toMatchObject([{ roomId: 'kitchen', forward: { roomId: 'lobby', seq: 1 } }]))
  expect(sent()[0]).not.toHaveProperty('forwarded')
})

it('says a message again with its picture, and shows it meanwhile', async () => {
  const picture = { id: 'lamp', name: 'lamp.png', type: 'image/png', size: 9, width: 4, height: 3 }
  const { asked, outbox } = await open({ files: [picture] })
  await userEvent.keyboard('f')
  await userEvent.click(await screen.findByText('Kitchen'))
  await userEvent.keyboard('{Enter}')
  expect(outbox()).toMatchObject([{ forward: { roomId: 'lobby', seq: 1 }, files: [picture] }])
  const sent = () => asked.filter(({ name }) => name === 'message:send').map(({ input }) => input)
  await waitFor(() => expect(sent()).toMatchObject([{ roomId: 'kitchen', forward: { roomId: 'lobby', seq: 1 } }]))
  expect(sent()[0]).not.toHaveProperty('files')
})

it('shows whose words they are, leads back where I am in that room, and lets nobody change them', async () => {
  await open({ authorId: 'ann', forwarded: { authorId: 'bob', sentAt: 0, from: { roomId: 'kitchen', seq: 7 } } })
  const link = await screen.findByRole('link', { name: /^Forwarded from Bob in Kitchen, / })
  expect(link).toHaveAttribute('href', '/r/kitchen/7')
  await userEvent.keyboard('e')
  expect(screen.queryByRole('textbox', { name: 'Edit your message' })).toBeNull()
})

it('speaks of my own words as mine, in the middle of a sentence', async () => {
  await open({ forwarded: { authorId: 'ann', sentAt: 0 } })
  expect(await screen.findByText(/^Forwarded from you, /)).toBeInTheDocument()
})

it('leads nowhere from what was said in a room that I am not in', async () => {
  await open({ forwarded: { authorId: 'cleo', sentAt: 0, from: { roomId: 'elsewhere', seq: 7 } } })
  expect(await screen.findByText(/^Forwarded from Cleo/)).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: /Forwarded/ })).toBeNull()
})

it.each(['private', 'direct'] as const)(
  'shows what is forwarded, and says that everybody will read it who would not where it was said (%s)',
  async (kind) => {
    await open({ body: 'cake\nfor **Jun** alone' }, kind)
    const means = () => screen.queryByText('This was said in private. Everybody can read it in Kitchen.')
    await userEvent.keyboard('f')
    expect(within(await screen.findByRole('dialog')).getByText('Bob: cake')).toBeVisible()
    await userEvent.click(await screen.findByText('Kitchen'))
    expect(screen.getByText('Bob: cake')).toBeVisible()
    expect(means()).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Choose another' }))
    await userEvent.click(await screen.findByText('Den'))
    expect(means()).toBeNull()
  },
)

it('says nothing of what was for everybody', async () => {
  await open()
  await userEvent.keyboard('f')
  await userEvent.click(await screen.findByText('Kitchen'))
  expect(screen.queryByText(/^This was said in private/)).toBeNull()
})
