import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, lobby } from '../testing/fakeSocket.ts'
import { Empty } from './Empty.tsx'

const open = (title: string, kind: 'public' | 'direct') =>
  render(
    <SocketContext value={fakeConnection().connection}>
      <Empty title={title} room={{ ...lobby, kind, people: [] }} readOnly={false} onTopic={() => {}} />
    </SocketContext>,
  )

it('says of a room what it is for', () => {
  open('Kitchen', 'public')
  expect(screen.getByText('Nobody has said a word in Kitchen.')).toBeInTheDocument()
})

it('speaks of a person as of a person, and promises no more than is so', () => {
  open('Anna Berg', 'direct')
  expect(screen.getByText('Not a word with Anna Berg yet.')).toBeInTheDocument()
  expect(
    screen.getByText('What you write here is between you and Anna Berg. Nobody else sees it here.'),
  ).toBeInTheDocument()
})
