import { act, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { bob, message, personCalled } from '../testing/room.ts'
import { SearchPage } from './SearchPage.tsx'

/** Ann looks for something, where Bob has said “more tea”. */
function open(path = '/search') {
  const fake = fakeConnection({
    'search:messages': () => ({
      ok: true,
      data: {
        hits: [{ message: message(3, { body: 'more tea' }), marks: [[5, 8]] }],
        people: [bob],
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
