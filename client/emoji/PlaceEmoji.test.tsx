import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, withOwnEmoji } from '../testing/fakeSocket.ts'
import { PlaceEmoji } from './PlaceEmoji.tsx'

// jsdom has none.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
afterEach(() => vi.unstubAllGlobals())

/** Somebody who looks after a place with these emoji; `answer`: what the server says to a new one. */
function open(names: readonly string[], answer: { status: number; body: unknown } = { status: 201, body: {} }) {
  const held = { rev: 1, emoji: names.map((name) => ({ name, picture: name })) }
  const fake = fakeConnection({
    'emoji:list': () => ({ ok: true, data: { ...held } }),
    'emoji:remove': () => ({ ok: true, data: { rev: 2, emoji: [] } }),
  })
  const fetched = vi.fn<typeof fetch>(async () => Response.json(answer.body, { status: answer.status }))
  vi.stubGlobal('fetch', fetched)
  act(() => fake.say('hello', withOwnEmoji(names.length > 0 ? 1 : undefined)))
  render(
    <SocketContext value={fake.connection}>
      <PlaceEmoji />
    </SocketContext>,
  )
  /** One is removed from the place, by whomever. */
  function lose(lost: string): void {
    held.emoji = held.emoji.filter(({ name }) => name !== lost)
    act(() => fake.say('hello', withOwnEmoji(++held.rev)))
  }
  return { ...fake, fetched, lose }
}

const file = (name: string, size = 10) => new File([new Uint8Array(size)], name, { type: 'image/png' })
const choose = (one: File) => userEvent.upload(screen.getByLabelText('Choose a picture'), one)
const add = () => userEvent.click(screen.getByRole('button', { name: 'Add it' }))

it('says that there are none, and adds one under the name of its file or another', async () => {
  const { fetched } = open([], { status: 201, body: { name: 'party_cat', picture: 'p' } })
  expect(screen.getByText('This place has no emoji of its own yet.')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Name'), 'xy')
  await add()
  expect(screen.getByText('Choose its picture first.')).toBeInTheDocument()
  await userEvent.clear(screen.getByLabelText('Name'))
  const picture = file('Party Cat (2).png')
  await choose(picture)
  await waitFor(() => expect(screen.getByLabelText('Name')).toHaveValue('party_cat_2'))
  await userEvent.clear(screen.getByLabelText('Name'))
  await userEvent.type(screen.getByLabelText('Name'), 'Party cat')
  await add()
  expect(fetched.mock.calls).toEqual([['/api/emoji/party_cat', { method: 'PUT', body: picture }]])
  expect(await screen.findByText(':party_cat: is there now, for everybody.')).toBeInTheDocument()
  expect(screen.getByLabelText('Name')).toHaveValue('')
})

it('says why one was not taken, and sends none that is too large', async () => {
  const message = 'There is an emoji called :cat: here.'
  const { fetched } = open(['cat'], { status: 409, body: { error: { code: 'name_taken', message } } })
  await choose(file('big.png', 2_000_001))
  expect(screen.getByText('This file has more than 2 MB. Choose a smaller one.')).toBeInTheDocument()
  await choose(file('broken.png'))
  await waitFor(() => expect(document.querySelector('.chosen img')).toBeInTheDocument())
  fireEvent.error(document.querySelector('.chosen img') as Element)
  expect(screen.getByText('This browser cannot show that file as a picture.')).toBeInTheDocument()
  await userEvent.clear(screen.getByLabelText('Name'))
  await choose(file('cat.png'))
  await waitFor(() => expect(screen.getByLabelText('Name')).toHaveValue('cat'))
  await add()
  expect(await screen.findByText(message)).toBeInTheDocument()
  expect(screen.getByLabelText('Name')).toHaveValue('cat')
  expect(fetched).toHaveBeenCalledTimes(1)
})

it('lists them, finds one, and removes it after it has said what that means', async () => {
  const { asked, say } = open(['cat', 'dog'])
  expect(await screen.findByRole('row', { name: /:cat:/ })).toBeInTheDocument()
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find one of them' }), 'dog')
  expect(screen.queryByRole('row', { name: /:cat:/ })).toBeNull()
  await userEvent.type(screen.getByRole('searchbox'), 'x')
  expect(screen.getByText('No emoji is called “dogx”.')).toBeInTheDocument()
  await userEvent.clear(screen.getByRole('searchbox'))
  await userEvent.click(screen.getByRole('button', { name: 'Remove :dog:' }))
  expect(screen.getByRole('dialog', { name: 'Remove :dog:?' })).toHaveTextContent(/:dog: stands as text/)
  await userEvent.click(screen.getAllByRole('button', { name: 'Remove :dog:' }).at(-1) as HTMLElement)
  expect(asked.at(-1)).toEqual({ name: 'emoji:remove', input: { name: 'dog' } })
  expect(await screen.findByText(':dog: is gone.')).toBeInTheDocument()
  act(() => say('disconnect', 'transport close'))
  expect(screen.getByRole('row', { name: /:cat:/ })).toBeInTheDocument()
})

it('leads on to the next one where one is removed, and moves nobody who is nowhere when somebody else removes one', async () => {
  const { lose } = open(['ant', 'bee', 'cat', 'dog'])
  await userEvent.click(await screen.findByRole('button', { name: 'Remove :bee:' }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Remove :bee:' }).at(-1) as HTMLElement)
  lose('bee')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Remove :cat:' })).toHaveFocus())
  expect(screen.queryByRole('dialog')).toBeNull()
  await userEvent.click(document.body)
  lose('ant')
  await waitFor(() => expect(screen.queryByRole('row', { name: /:ant:/ })).toBeNull())
  expect(document.body).toHaveFocus()
})
