import { render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { Reset } from './Reset.tsx'

it('says that a link has stopped working, and leads on to the place', async () => {
  const message = 'This link has stopped working. Ask for a new one.'
  vi.stubGlobal('fetch', async () => ({ ok: false, json: async () => ({ error: { code: 'not_found', message } }) }))
  render(<Reset token="old" me={null} onIn={() => {}} />)
  expect(await screen.findByText(message)).toBeVisible()
  expect(screen.getByRole('link', { name: 'Go on without the link' })).toHaveAttribute('href', '/')
})
