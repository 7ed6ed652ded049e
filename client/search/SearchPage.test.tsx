import { act, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import type { Message } from '../../protocol/messages.ts'
import { previewOf } from '../rooms/roomState.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message, packet, personCalled } from '../testing/room.ts'
import { SearchPage } from './SearchPage.tsx'
import type { Hit } from './useSearch.ts'

/** Ann looks for something, where Bob has said “more tea”, and more perhaps. */
function open(path = '/search', around: Partial<Hit> = {}, others: Hit[] = []) {
  const fake = fakeConnection({
    'search:messages': () => ({
      ok: true,
      data: {
        hits: [{ message: message(3, { body: 'more tea' }), marks: [[5, 8]], ...around }, ...others],
        people: [ann, bob],
        next: null,
        all: true,
      },
    }),
    'people:list': () => ({ ok: true, data: { people: [personCalled('Bo Ek', 'bo')], next: null } }),
  })
  act(() => fake.say('hello', helloOf(9)))
  const location = memoryLocation({ path, record: true })
  render(
    <SocketContext value={fake.connection}>
      <Router hook={location.hook} searchHook={location.searchHook}>
        <SearchPage />
      </Router>
    </SocketContext>,
  )
  const queries = () =>
    fake.asked.flatMap(({ name, input }) => (name === 'search:messages' ? (input as { query: string }).query : []))
  return { ...fake, location, queries, field: screen.getByRole('searchbox', { name: 'Search messages' }) }
}

it('offers people while from: is written, takes one with the keyboard, and keeps the question in the address', async () => {
  const { field, location, queries } = open()
  await userEvent.type(field, 'tea from:b')
  const offers = await screen.findByRole('listbox', { name: 'People' })
  expect(offers).toBeInTheDocument()
  const ek = await screen.findByRole('option', { name: /Bo Ek/ })
  expect(ek).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  expect(field).toHaveValue('tea from:"Bo Ek" ')
  expect(screen.queryByRole('listbox')).toBeNull()
  await waitFor(() => expect(location.history.at(-1)).toBe('/search?q=tea+from%3A%22Bo+Ek%22'))
  await waitFor(() => expect(queries().at(-1)).toBe('tea from:"Bo Ek"'))
})

it('offers rooms while in: is written, goes through them by arrow keys, and leaves it with Esc', async () => {
  const { field } = open()
  await userEvent.type(field, 'in:lob')
  expect(await screen.findByRole('option', { name: 'Lobby' })).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(field).toHaveValue('in:lob')
})

it('looks for nothing while of a filter only the name is written, and names every filter beside what it does', async () => {
  const { field, queries } = open()
  await userEvent.type(field, 'tea has:')
  await waitFor(() => expect(queries().at(-1)).toBe('tea'))
  for (const name of [
    /^from:/,
    /^in:/,
    /^has:link/,
    /^has:code/,
    /^has:file/,
    /^has:image/,
    /^is:pinned/,
    /^after:/,
    /^before:/,
  ])
    expect(screen.getByRole('button', { name })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: /Lobby.*Bob.*more tea/ })).toHaveAttribute('href', '/r/lobby/3')
})

it('goes from the field into what was found with the arrow keys, and back', async () => {
  const { field } = open('/search?q=tea')
  const hit = await screen.findByRole('link', { name: /more tea/ })
  await userEvent.click(field)
  await userEvent.keyboard('{ArrowDown}')
  expect(hit).toHaveFocus()
  await userEvent.keyboard('k')
  expect(field).toHaveFocus()
})

const lineOf = (seq: number, given: Partial<Message>) => previewOf(message(seq, given))

it('shows what stands around a message, which is called by what it says itself, until that is edited or deleted', async () => {
  const before = lineOf(2, { authorId: 'ann', body: '**Who** wants what?' })
  const { say } = open('/search?q=tea', { before, after: lineOf(4, { body: 'and cake' }) })
  const hit = await screen.findByRole('link', { name: /more tea/ })
  expect(hit).toHaveAccessibleName(/^Lobby Bob more tea \S/)
  expect(hit).toHaveAccessibleDescription('Before it: Ann Who wants what? After it: Bob and cake')
  expect(within(hit).getAllByText(/./, { selector: 'mark' })).toHaveLength(1)
  act(() => say('events', packet([message(2, { authorId: 'ann', body: 'Who?', rev: 10 })])))
  expect(hit).toHaveAccessibleDescription('Before it: Ann Who? After it: Bob and cake')
  act(() => say('events', packet([message(4, { deleted: true, rev: 11 })])))
  expect(hit).toHaveAccessibleDescription('Before it: Ann Who?')
  act(() => say('events', packet([message(3, { body: 'more coffee', rev: 12 })])))
  expect(hit).toHaveAccessibleName(/more coffee/)
  expect(hit).toHaveAccessibleDescription('Before it: Ann Who?')
})

it('says of a picture or a poll beside a message that it is one', async () => {
  const before = { ...lineOf(2, { body: '' }), files: [{ type: 'image/png' }] }
  open('/search?q=tea', { before, after: { ...lineOf(4, { body: 'Cake?' }), poll: true } })
  const hit = await screen.findByRole('link', { name: /more tea/ })
  expect(hit).toHaveAccessibleDescription('Before it: Bob a picture After it: Bob Poll: Cake?')
})

it('repeats beside a message nothing that was found itself right above or below it', async () => {
  const next: Hit = { message: message(2, { body: 'tea' }), marks: [[0, 3]], after: lineOf(3, { body: 'more tea' }) }
  const last: Hit = { message: message(8, { body: 'tea' }), marks: [], after: lineOf(9, { body: 'more tea' }) }
  const around = { before: lineOf(2, { body: 'tea' }), after: lineOf(4, { body: 'and cake' }) }
  open('/search?q=tea', around, [next, last])
  const [first, second, third] = await screen.findAllByRole('link', { name: /tea/ })
  expect(first).toHaveAccessibleDescription('After it: Bob and cake')
  expect(second).not.toHaveAccessibleDescription()
  expect(third).toHaveAccessibleDescription('After it: Bob more tea')
})
