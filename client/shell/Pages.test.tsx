import { act, cleanup, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { pages } from '../../protocol/addresses.ts'
import type { Role } from '../../protocol/people.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann } from '../testing/room.ts'
import { Pages } from './Pages.tsx'

const addresses = pages.filter((one) => one !== '/')
const nothing = 'There is nothing at this address.'

function open(path: string, role: Role) {
  const fake = fakeConnection()
  const enter = () => act(() => fake.say('hello', { ...helloOf(), me: { ...ann, role } }))
  const become = (next: Role, rev: number) =>
    act(() => fake.say('people:changed', { after: 2, rev, people: [{ ...ann, rev, role: next }] }))
  render(
    <SocketContext value={fake.connection}>
      <Pages path={path} />
    </SocketContext>,
  )
  const title = () => screen.getByRole('heading', { level: 1 }).textContent
  return { enter, become, title }
}

it('has a page at every address that the server and the service worker give one for, with the focus at its title', () => {
  for (const path of addresses) {
    const { enter, title } = open(path, 'owner')
    enter()
    expect(title(), path).not.toBe(nothing)
    expect(screen.getByRole('heading', { level: 1 }), path).toHaveFocus()
    cleanup()
  }
})

it.each(['member', 'guest'] as const)(
  'is to a %s, where it is for those who look after the place, what a wrong address is',
  (role) => {
    const shown = addresses.filter((path) => {
      const { enter, title } = open(path, role)
      enter()
      const there = title() !== nothing
      cleanup()
      return there
    })
    expect(shown).toEqual(['/catch-up', '/for-you', '/search', '/settings', '/saved', '/scheduled'])
  },
)

it('leads on from where a link led in', () => {
  history.replaceState(null, '', '/here')
  open('/here', 'member')
  expect(location.pathname).toBe('/')
})

it('appears with the right to see it, and is gone with it', async () => {
  const { enter, become, title } = open('/people/bans', 'member')
  expect(title()).toBe('Opening Natter')
  enter()
  expect(title()).toBe(nothing)
  expect(document.title).toBe(nothing)
  become('admin', 3)
  expect([title(), document.title]).toEqual(['Banned people', 'Banned people'])
  become('member', 4)
  await vi.waitFor(() => expect(title()).toBe(nothing))
})
