import { act, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Conversation } from '../messages/Conversation.tsx'
import { targetOf } from '../messages/drafts.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, message } from '../testing/room.ts'
import '../rooms/dialogs.ts'

/** Ann’s draft answers a message that is older than what her page holds. The server has it, or has not. */
function answer(parent: ReturnType<typeof message>[]) {
  const [head, people] = [{ seq: 90, rev: 91 }, [ann, bob]]
  const { connection, say, asked } = fakeConnection({
    'message:list': () => ({ ok: true, data: { roomId: 'lobby', head, messages: [message(90)], people } }),
    'message:get': () => ({ ok: true, data: { roomId: 'lobby', head, messages: parent, people } }),
  })
  act(() => {
    say('hello', helloOf(90))
    say('disconnect', 'transport close')
    connection.store.dispatch({ type: 'draft', roomId: targetOf('lobby'), text: '1' })
  })
  render(
    <SocketContext value={connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  return { say, timesAsked: () => asked.filter(({ name }) => name === 'message:get').length }
}

it('says what a draft answers once there is a connection, where it opened without one', async () => {
  const { say } = answer([message(1, { body: 'who is for tea?' })])
  expect(await screen.findByRole('button', { name: 'Don’t reply to' })).toBeVisible()
  act(() => say('hello', helloOf(90)))
  expect(await screen.findByText(/Replying to Bob: who is for tea\?/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Don’t reply to Bob' })).toBeVisible()
})

it('asks once for what the server does not have', async () => {
  const { say, timesAsked } = answer([])
  act(() => say('hello', helloOf(90)))
  await screen.findByText('message 90')
  await expect.poll(timesAsked).toBe(1)
  expect(await screen.findByText(/Replying to an earlier message/)).toBeVisible()
  expect(timesAsked()).toBe(1)
})
