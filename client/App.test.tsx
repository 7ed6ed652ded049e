import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ann } from './testing/room.ts'

it('asks nobody for a name whom a link has just signed in', async () => {
  history.replaceState(null, '', '/here#token')
  const place = { place: { name: 'Natter' }, join: 'open', me: null, here: [], present: 0 }
  const answers: Record<string, unknown> = { '/api/place': place, '/api/sign-in': ann }
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    // How it went on is not known yet when the page is looked at.
    return asked.length > 2 ? new Promise(() => {}) : { ok: true, json: async () => answers[path] }
  })
  const { App } = await import('./App.tsx')
  render(<App />)
  await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }))
  await vi.waitFor(() => expect(asked).toEqual(['/api/place', '/api/sign-in', '/api/place']))
  await act(() => import('./welcome/Welcome.tsx'))
  expect(screen.queryByLabelText('What should people call you?')).toBeNull()
  expect(screen.getByRole('heading', { name: 'Use Natter on this device' })).toBeInTheDocument()
})
