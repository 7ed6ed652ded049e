import { fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection } from '../testing/fakeSocket.ts'
import { Composer } from './Composer.tsx'

function open({ takes = true } = {}) {
  const onSend = vi.fn<(text: string) => boolean>(() => takes)
  const [onTyped, onStopped] = [vi.fn(), vi.fn()]
  render(
    <SocketContext value={fakeConnection().connection}>
      <Composer
        roomId="lobby"
        title="Lobby"
        offline={false}
        onSend={onSend}
        onTyped={onTyped}
        onStopped={onStopped}
        problem={null}
      />
    </SocketContext>,
  )
  return {
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
