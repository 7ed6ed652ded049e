import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, lobby } from '../testing/fakeSocket.ts'
import { Composer } from './Composer.tsx'
import '../rooms/dialogs.ts'

vi.mock('../ui/adopt.ts', () => ({ adopt() {} }))
vi.mock('../markdown/styles.ts', () => ({}))

const garden = { ...lobby, id: 'g', name: 'Garden', isDefault: false, people: [] }

async function open() {
  const onSend = vi.fn<(text: string) => boolean>(() => true)
  const { connection, say } = fakeConnection({
    'room:list': () => ({ ok: true, data: { rooms: [{ room: garden, members: 2, joined: false }], next: null } }),
  })
  act(() => say('hello', helloOf(0)))
  render(
    <SocketContext value={connection}>
      <Composer
        roomId="lobby"
        title="Lobby"
        offline={false}
        onSend={(text) => onSend(text)}
        onTyped={vi.fn()}
        onStopped={vi.fn()}
        problem={null}
      />
    </SocketContext>,
  )
  await screen.findByRole('button', { name: 'Emoji' })
  return { onSend, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message Lobby' }) }
}

/** Selects these words, as one would. */
const select = (box: HTMLTextAreaElement, words: string) => {
  const from = box.value.indexOf(words)
  box.setSelectionRange(from, from + words.length)
}

it('sets what is selected by the keys that everybody knows, and takes it back by the same', async () => {
  const { box } = await open()
  await userEvent.type(box, 'so good')
  select(box, 'good')
  await userEvent.keyboard('{Control>}b{/Control}')
  expect(box).toHaveValue('so **good**')
  await userEvent.keyboard('{Control>}i{/Control}')
  expect(box).toHaveValue('so **_good_**')
  await userEvent.keyboard('{Control>}i{/Control}{Control>}b{/Control}')
  expect(box).toHaveValue('so good')
  await userEvent.keyboard('{Control>}k{/Control}https://a.b')
  expect(box).toHaveValue('so [good](https://a.b)')
})

it('breaks the line in a block of code, and sends with Enter behind it', async () => {
  const { onSend, box } = await open()
  await userEvent.type(box, '```js{Enter}  one{Enter}two{Enter}```')
  expect(box).toHaveValue('```js\n  one\n  two\n  ```')
  expect(onSend).not.toHaveBeenCalled()
  await userEvent.type(box, '{Enter}')
  expect(onSend.mock.calls).toEqual([['```js\n  one\n  two\n  ```']])
})

it('goes on with a list where a line is broken, and ends it in an empty item', async () => {
  const { onSend, box } = await open()
  await userEvent.type(box, '- milk{Shift>}{Enter}{/Shift}tea{Shift>}{Enter}{Enter}{/Shift}that is all{Enter}')
  expect(onSend.mock.calls).toEqual([['- milk\n- tea\nthat is all']])
})

it('has a bar for what the keys do, which stays as it was left, and shows what is written as it will stand there', async () => {
  const { box } = await open()
  await userEvent.type(box, 'so good')
  select(box, 'good')
  const opens = screen.getByRole('button', { name: 'Formatting' })
  await userEvent.click(opens)
  expect(opens).toHaveAttribute('aria-expanded', 'true')
  const bar = within(screen.getByRole('toolbar', { name: 'Formatting' }))
  select(box, 'good')
  await userEvent.click(bar.getByRole('button', { name: 'Bold' }))
  expect(box).toHaveValue('so **good**')
  expect(box).toHaveFocus()
  await userEvent.click(bar.getByRole('button', { name: 'Preview' }))
  const preview = await screen.findByRole('region', { name: 'Preview' })
  await waitFor(() => expect(preview.querySelector('strong')).toHaveTextContent('good'))
  bar.getByRole('button', { name: 'Bold' }).focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(bar.getByRole('button', { name: 'Italic' })).toHaveFocus()
  await userEvent.keyboard('{End}')
  expect(bar.getByRole('button', { name: 'Preview' })).toHaveFocus()
  await userEvent.click(opens)
  expect(screen.queryByRole('toolbar')).toBeNull()
})

function paste(box: HTMLTextAreaElement, data: Readonly<Record<string, string>>): boolean {
  return fireEvent.paste(box, { clipboardData: { getData: (type: string) => data[type] ?? '' } })
}

it('pastes what is set elsewhere as it is set here, and nothing of a page but its words', async () => {
  const { box } = await open()
  const html = `<meta charset="utf-8"><b style="font-weight:normal"><h2>Soup</h2><p>A <strong>hot</strong> <a href="https://a.b/c">dish</a>
    of snake_case &amp; 2 * 3 <script>alert(1)</script><img src="https://tracker.example/x.png" alt="a bowl" onerror="alert(2)"></p>
    <ul><li>leek</li><li><s>meat</s></li></ul><table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>
    <a href="javascript:alert(3)">press</a></b>`
  expect(paste(box, { 'text/plain': 'Soup…', 'text/html': html })).toBe(false)
  await waitFor(() =>
    expect(box).toHaveValue(
      [
        '## Soup',
        'A **hot** [dish](https://a.b/c) of snake_case & 2 * 3 a bowl',
        '- leek\n- ~~meat~~',
        '| a | b\\|c |\n| --- | --- |\n| 1 | 2 |',
        'press',
      ].join('\n\n'),
    ),
  )
})

it('pastes an address upon words as a link, and code as a block in its language', async () => {
  const { box } = await open()
  await userEvent.type(box, 'see the page')
  select(box, 'the page')
  expect(paste(box, { 'text/plain': 'https://a.b/c' })).toBe(false)
  expect(box).toHaveValue('see [the page](https://a.b/c)')
  await userEvent.clear(box)
  const code = 'if (a) {\r\n  b()\r\n}'
  paste(box, { 'text/plain': code, 'text/html': '<div>x</div>', 'vscode-editor-data': '{"mode":"typescript"}' })
  expect(box).toHaveValue('```typescript\nif (a) {\n  b()\n}\n```')
  // In code, and where there is nothing but words, the box pastes by itself.
  await userEvent.clear(box)
  await userEvent.type(box, '```{Enter}')
  expect(paste(box, { 'text/plain': 'x', 'text/html': '<b>x</b>' })).toBe(true)
  await userEvent.clear(box)
  expect(paste(box, { 'text/plain': 'x', 'text/html': '<span>x</span>' })).toBe(true)
})

it('offers rooms after a #, those too that one could be in, and sends a link that follows the room', async () => {
  const { onSend, box } = await open()
  await userEvent.type(box, 'see #ga')
  const offered = await screen.findByRole('option', { name: /Garden/ })
  expect(offered).toHaveTextContent('you are not in it')
  await userEvent.keyboard('{Enter}')
  expect(box).toHaveValue('see #Garden ')
  await userEvent.type(box, 'and #lobby{Enter}')
  await userEvent.keyboard('{Enter}')
  expect(onSend.mock.calls).toEqual([['see [#Garden](/r/g) and [#Lobby](/r/lobby) ']])
})
