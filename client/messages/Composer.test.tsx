import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { Answer, Input } from '../../protocol/index.ts'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { Composer } from './Composer.tsx'
import '../rooms/dialogs.ts'

function open({
  takes = true,
  answers = {},
}: { takes?: boolean; answers?: Parameters<typeof fakeConnection>[0] } = {}) {
  const onSend = vi.fn<(text: string) => boolean>(() => takes)
  const [onTyped, onStopped] = [vi.fn(), vi.fn()]
  const { connection, say } = fakeConnection(answers)
  render(
    <SocketContext value={connection}>
      <Composer
        roomId="lobby"
        title="Lobby"
        offline={false}
        onSend={(text) => onSend(text)}
        onTyped={onTyped}
        onStopped={onStopped}
        problem={null}
      />
    </SocketContext>,
  )
  return {
    say,
    onSend,
    onTyped,
    onStopped,
    box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Lobby' }),
  }
}

it('sends with Enter and with its button, and is empty afterwards', async () => {
  const { onSend, box } = open()
  await userEvent.type(box, 'one{Enter}')
  await userEvent.type(box, 'two')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(onSend.mock.calls).toEqual([['one'], ['two']])
  expect(box).toHaveValue('')
})

it('breaks the line with Shift and Enter', async () => {
  const { onSend, box } = open()
  await userEvent.type(box, 'one{Shift>}{Enter}{/Shift}two{Enter}')
  expect(onSend.mock.calls).toEqual([['one\ntwo']])
})

it('never sends while an input method is composing, nor with the Enter that ends it', async () => {
  const { onSend, box } = open()
  await userEvent.type(box, 'にほん')
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  // Safari ends the composition first and then says Enter, known only by this number.
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  expect(onSend).not.toHaveBeenCalled()
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })
  expect(onSend.mock.calls).toEqual([['にほん']])
})

it('sends no blanks, and says of them that nobody is writing', async () => {
  const { onSend, onTyped, box } = open()
  await userEvent.type(box, '  {Enter}')
  expect(onSend).not.toHaveBeenCalled()
  expect(onTyped).not.toHaveBeenCalled()
  await userEvent.type(box, 'x')
  expect(onTyped).toHaveBeenCalled()
})

it('keeps a text that cannot be taken, and says how much too long another is', async () => {
  const { onSend, box } = open({ takes: false })
  await userEvent.type(box, 'still here{Enter}')
  expect(box).toHaveValue('still here')
  fireEvent.change(box, { target: { value: 'x'.repeat(MESSAGE_LENGTH + 2) } })
  expect(screen.getByRole('alert')).toHaveTextContent(/^2 characters too many/)
  await userEvent.type(box, '{Enter}')
  expect(onSend).toHaveBeenCalledTimes(1)
})

it('sends of a text only what can be seen', () => {
  const { onSend, box } = open()
  fireEvent.change(box, { target: { value: 'a\u0000b\u0007\tc\nd\ud800e 👩‍🔧' } })
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })
  expect(onSend.mock.calls).toEqual([['ab\tc\nd\ufffde 👩‍🔧']])
})

it('does what begins with a slash and a word, sends what only begins with a slash, and keeps what it does not know', async () => {
  const { onSend, box } = open()
  await userEvent.type(box, '/usr/bin is full{Enter}')
  expect(onSend.mock.calls).toEqual([['/usr/bin is full']])
  await userEvent.type(box, '/')
  expect(await screen.findByRole('option', { name: /^\/shrug/ })).toBeInTheDocument()
  await userEvent.type(box, 'sh{Enter}well{Enter}')
  await waitFor(() => expect(box).toHaveValue(''))
  expect(onSend.mock.calls.at(-1)).toEqual([String.raw`well ¯\\\_(ツ)\_/¯`])
  await userEvent.type(box, '/dance{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no command /dance.')
  expect(box).toHaveValue('/dance')
  await userEvent.clear(box)
  await userEvent.type(box, ' /dance{Enter}')
  expect(onSend.mock.calls.at(-1)).toEqual([' /dance'])
})

it('does the second of two commands as well that follow each other quickly, and takes nothing away that is written meanwhile', async () => {
  const { promise: topic, resolve: settle } = Promise.withResolvers<Answer<unknown>>()
  const topics: string[] = []
  const { box, say } = open({
    answers: {
      'room:topic': (input: Input<'room:topic'>) => {
        topics.push(input.topic)
        return (topics.length === 1 ? topic : { ok: true, data: null }) as never
      },
    },
  })
  act(() => say('hello', helloOf(0)))
  await userEvent.type(box, '/topic')
  await screen.findByRole('option', { name: /^\/topic/ })
  await userEvent.type(box, ' one{Enter}{Enter}')
  await userEvent.clear(box)
  await userEvent.type(box, '/topic two{Enter}')
  expect(topics).toEqual(['one'])
  act(() => settle({ ok: true, data: null }))
  await waitFor(() => expect(topics).toEqual(['one', 'two']))
  await waitFor(() => expect(box).toHaveValue(''))
})
