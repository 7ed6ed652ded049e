import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LinkToCopy } from './LinkToCopy.tsx'

const note = () => screen.queryByText(/^Only this computer can reach this address\..*HOST and ORIGIN/)

it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000', 'http://chat.localhost'])(
  'says of a link to %s that it leads nobody else here, and what helps',
  (origin) => {
    render(<LinkToCopy label="Link" link={`${origin}/join#abc`} hint="Once." />)
    expect(note()).toBeInTheDocument()
  },
)

it.each(['https://chat.example.org', 'http://192.168.1.7:3000', 'https://127.0.0.1.example.org'])(
  'says nothing of the kind of %s',
  (origin) => {
    render(<LinkToCopy label="Link" link={`${origin}/join#abc`} hint="Once." />)
    expect(screen.getByRole('textbox', { name: 'Link' })).toHaveValue(`${origin}/join#abc`)
    expect(note()).toBeNull()
  },
)
