import { act, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { SignedOut } from './SignedOut.tsx'

function open(shutOut: boolean, removed: boolean) {
  vi.stubGlobal('fetch', async () => Response.json({ shutOut }))
  const fake = fakeConnection()
  act(() => {
    fake.say('hello', helloOf())
    if (removed) fake.say('people:removed', {})
  })
  render(
    <SocketContext value={fake.connection}>
      <SignedOut place="Harbour" />
    </SocketContext>,
  )
}

const refusal = 'You cannot come in from here: ask whoever looks after this place.'

it('tells whoever is banned that they are, and leads them to no refusal', async () => {
  open(true, true)
  expect(await screen.findByText(refusal)).toBeVisible()
  expect(screen.getByRole('heading')).toHaveTextContent('You’ve been banned from Harbour. What you wrote stays.')
  expect(screen.queryByRole('button')).toBeNull()
})

it('lets in again whoever was only removed, or signed out', async () => {
  open(false, true)
  expect(await screen.findByRole('button', { name: 'Come in again' })).toBeVisible()
  expect(screen.getByRole('heading')).toHaveTextContent('You’ve been removed from Harbour. What you wrote stays.')
  expect(screen.queryByText(refusal)).toBeNull()
})
