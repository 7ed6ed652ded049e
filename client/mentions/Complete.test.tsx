import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { Composer } from '../messages/Composer.tsx'
// What comes later is there already: a busy machine takes long to read it.
import '../emoji/data.ts'
import '../rooms/dialogs.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob, personCalled } from '../testing/room.ts'

const people = [ann, bob, personCalled('Maya O.', 'mo'), personCalled('Mark', 'mk')]

/** Ann writes in the lobby, where three others are. */
function open(draft = '') {
  const onSend = vi.fn<(text: string) => boolean>(() => true)
  const fake = fakeConnection({
    'room:members': ({ query }: { query: string }) => {
      const found = people.filter(({ name }) => name.toLowerCase().startsWith(query.toLowerCase()))
      return { ok: true, data: { people: found, next: null, total: 4 } }
    },
  })
  act(() => fake.say('hello', helloOf()))
  if (draft) act(() => fake.connection.store.dispatch({ type: 'draft', roomId: 'lobby', text: draft }))
  render(
    <SocketContext value={fake.connection}>
      <Composer
        roomId="lobby"
        title="Lobby"
        offline={false}
        onSend={(text) => onSend(text)}
        onTyped={() => {}}
        onStopped={() => {}}
        problem={null}
      />
    </SocketContext>,
  )
  return { ...fake, onSend, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Lobby' }) }
}

const offered = async (name: RegExp) => screen.findByRole('option', { name })
const gone = () => waitFor(() => expect(screen.queryByRole('listbox')).toBeNull())

it('offers people while a name is written, and takes one with Enter or Tab; only then is it a name that is sent', async () => {
  const { box, onSend } = open()
  await userEvent.type(box, 'ask @m')
  const mark = await offered(/Mark/)
  expect(mark).toHaveAttribute('aria-selected', 'true')
  expect(box).toHaveAttribute('aria-activedescendant', mark.id)
  expect(screen.getByRole('status')).toHaveTextContent('2 suggestions')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(box).toHaveValue('ask @Maya O. ')
  await gone()
  expect(box).not.toHaveAttribute('aria-activedescendant')
  await userEvent.keyboard('and @bo')
  await offered(/Bob/)
  await userEvent.keyboard('{Tab}')
  expect(box).toHaveValue('ask @Maya O. and @Bob ')
  expect(onSend).not.toHaveBeenCalled()
  await userEvent.keyboard('{Enter}')
  expect(onSend.mock.calls).toEqual([['ask <@mo> and <@bob> ']])
})

it('is put away with Esc for the word that is written, which stays', async () => {
  const { box, onSend } = open()
  await userEvent.type(box, '@m')
  await offered(/Mark/)
  await userEvent.keyboard('{Escape}ar')
  expect([box.value, screen.queryByRole('listbox')]).toEqual(['@mar', null])
  await userEvent.keyboard(' @b')
  await offered(/Bob/)
  await userEvent.keyboard('{Escape}{Enter}')
  expect(onSend.mock.calls).toEqual([['@mar @b']])
})

it('takes no key where nobody is called so, nor while an input method is composing', async () => {
  const { box, onSend } = open()
  await userEvent.type(box, '@m')
  await offered(/Mark/)
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  expect(box).toHaveValue('@m')
  await userEvent.keyboard('x')
  await gone()
  await userEvent.keyboard('{Enter}')
  expect(onSend.mock.calls).toEqual([['@mx']])
})

it('takes who is pointed at, and leaves the focus in the box', async () => {
  const { box } = open()
  await userEvent.type(box, '@ later', { initialSelectionStart: 0 })
  box.setSelectionRange(1, 1)
  fireEvent.click(box)
  await userEvent.click(await offered(/Maya O\./))
  expect(box).toHaveValue('@Maya O. later')
  expect(box).toHaveFocus()
  expect(box.selectionStart).toBe('@Maya O. '.length)
})

it('knows whom a text from another day names', async () => {
  const { box, onSend, connection } = open('thanks @Maya O. again')
  await waitFor(() => expect(connection.store.getState().people['mo']).toBeDefined())
  await userEvent.type(box, '{Enter}')
  expect(onSend.mock.calls).toEqual([['thanks <@mo> again']])
})

it('offers emoji while one is written with a colon, and takes one with Enter; what only looks like one stays', async () => {
  const { box, onSend } = open()
  await userEvent.type(box, 'nice :birthday')
  await offered(/birthday cake/)
  await userEvent.keyboard('{Enter}')
  expect(box).toHaveValue('nice 🎂 ')
  await userEvent.type(box, 'at 10:30 :) @bo')
  await offered(/Bob/)
  await userEvent.keyboard('{Tab}{Enter}')
  expect(onSend.mock.calls).toEqual([['nice 🎂 at 10:30 :) <@bob> ']])
})

it('writes on behind what was taken, and takes a blank there for the one that stands there already', async () => {
  const { box } = open('a :birthday b')
  box.focus()
  box.setSelectionRange(11, 11)
  fireEvent.select(box)
  await offered(/birthday cake/)
  await userEvent.keyboard('{Enter}')
  expect([box.value, box.selectionStart]).toEqual(['a 🎂 b', 5])
  await userEvent.keyboard(' and  c')
  expect(box).toHaveValue('a 🎂 and  cb')
})

it('takes an emoji whose name is closed with another colon, and leaves a word that is none', async () => {
  const { box } = open()
  await userEvent.type(box, 'done :tada')
  await offered(/party popper/)
  await userEvent.keyboard(':')
  expect(box).toHaveValue('done 🎉 ')
  await userEvent.keyboard('or :part')
  await offered(/party popper/)
  await userEvent.keyboard(': one')
  expect(box).toHaveValue('done 🎉 or :part: one')
})

it('puts an emoji that is picked where one writes', async () => {
  const { box } = open('cake  please')
  box.focus()
  box.setSelectionRange(5, 5)
  await userEvent.click(await screen.findByRole('button', { name: 'Emoji' }))
  await userEvent.type(await screen.findByRole('searchbox', { hidden: true }), 'birthday{Enter}')
  expect(box).toHaveValue('cake 🎂 please')
  expect(box).toHaveFocus()
})
