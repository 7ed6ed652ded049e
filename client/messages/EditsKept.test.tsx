import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { begin, box, field, list, noField, open } from '../testing/editing.tsx'
import { helloOf } from '../testing/fakeSocket.ts'
import { message, packet } from '../testing/room.ts'
import { Conversation } from './Conversation.tsx'
import '../rooms/dialogs.ts'

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
})

it('waits without a connection, says so, and saves by itself when there is one again', async () => {
  const opened = await open({ 'message:edit': () => ({ ok: true, data: opened.edited('hello <@bob>!') }) })
  act(() => opened.say('disconnect', 'transport close'))
  await userEvent.type(await begin(opened), '!{Enter}')
  expect(opened.item()).toHaveTextContent('hello @Bob!')
  expect(screen.getByText(/^Not saved yet: it will be when you are online again/)).toBeVisible()
  expect(opened.edits()).toEqual([])
  act(() => opened.say('hello', helloOf(3)))
  await waitFor(() => expect(opened.item()).toHaveTextContent('hello @Bob!(edited)'))
  expect(screen.queryByText(/^Not saved yet/)).toBeNull()
  opened.stop()
})

it('tries again by itself what was refused for a passing reason, and says what it waits for', async () => {
  const passing = { code: 'rate_limited', message: 'Too many requests.', retryAfter: 300 } as const
  let refusals = 1
  const opened = await open({
    'message:edit': () =>
      refusals-- > 0 ? { ok: false, error: passing } : { ok: true, data: opened.edited('hello <@bob>!') },
  })
  await userEvent.type(await begin(opened), '!{Enter}')
  expect(await screen.findByText('Not saved yet: Too many requests.')).toBeVisible()
  await waitFor(() => expect(opened.item()).toHaveTextContent('hello @Bob!(edited)'))
  expect(opened.edits()).toHaveLength(2)
  opened.stop()
})

it('takes back into the field what is not saved yet', async () => {
  const opened = await open()
  act(() => opened.say('disconnect', 'transport close'))
  await userEvent.type(await begin(opened), '!{Enter}')
  await userEvent.click(within(opened.item() ?? list()).getByText('Edit'))
  expect(field()).toHaveValue('hello @Bob!')
  expect(field()).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  expect(opened.item()).toHaveTextContent('hello @Bob')
  act(() => opened.say('hello', helloOf(3)))
  expect(opened.edits()).toEqual([])
  opened.stop()
})

it('keeps what is being written over another room and another page, and takes no focus when it is there again', async () => {
  const opened = await open()
  await userEvent.type(await begin(opened), ' wait')
  opened.view.rerender(<SocketContext value={opened.connection}>elsewhere</SocketContext>)
  noField()
  opened.view.rerender(
    <SocketContext value={opened.connection}>
      <Conversation roomId="lobby" />
    </SocketContext>,
  )
  await waitFor(() => expect(field()).toHaveValue('hello @Bob wait'))
  dispatchEvent(new Event('pagehide'))
  expect(
    Object.entries({ ...localStorage })
      .flat()
      .join(),
  ).toContain('hello @Bob wait')
  await userEvent.type(field(), '{Escape}')
  expect(
    Object.entries({ ...localStorage })
      .flat()
      .join(),
  ).not.toContain('hello @Bob wait')
  opened.stop()
})

it('loses nothing that was typed when the message is changed or deleted elsewhere meanwhile', async () => {
  const opened = await open()
  await userEvent.type(await begin(opened), ' mine')
  act(() => opened.say('events', packet([opened.edited('changed elsewhere')])))
  expect(field()).toHaveValue('hello @Bob mine')
  expect(screen.getByText(/^It was changed elsewhere meanwhile/)).toBeVisible()
  act(() => opened.say('events', packet([message(2, { authorId: 'ann', rev: 6, deleted: true })])))
  const stranded = await screen.findByRole('group', { name: 'Edit your message' })
  expect(within(stranded).getByRole('textbox', { name: 'What you wrote' })).toHaveValue('hello @Bob mine')
  await userEvent.click(within(stranded).getByRole('button', { name: 'Put it into the box' }))
  expect(box()).toHaveValue('hello @Bob mine')
  expect(box()).toHaveFocus()
  expect(screen.queryByRole('group', { name: 'Edit your message' })).toBeNull()
  opened.stop()
})
