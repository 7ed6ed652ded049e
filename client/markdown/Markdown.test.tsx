import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { crossed, hostile } from '../../protocol/testing/hostile.ts'
import { textOf } from '../messages/copy.ts'
import { SocketContext } from '../socket/useSocket.ts'
import { fakeConnection, helloOf, withOwnEmoji } from '../testing/fakeSocket.ts'
import { Markdown } from './Markdown.tsx'

vi.mock('./styles.ts', () => ({}))
vi.stubGlobal(
  'IntersectionObserver',
  class {
    observe() {}
    disconnect() {}
  },
)

function draw(bodies: readonly string[], mentions: readonly string[] = []) {
  const { connection, say } = fakeConnection()
  act(() => say('hello', helloOf(0)))
  const { container } = render(
    <SocketContext value={connection}>
      {bodies.map((body) => (
        <Markdown key={body} of={{ body, mentions }} toYou={false} />
      ))}
    </SocketContext>,
  )
  return [...container.children]
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  DIV: ['class', 'role', 'aria-label', 'tabindex'],
  P: ['dir'],
  ...Object.fromEntries(['H3', 'H4', 'H5'].map((name) => [name, ['dir']])),
  ...Object.fromEntries(['STRONG', 'EM', 'S', 'BLOCKQUOTE', 'UL', 'TABLE', 'THEAD', 'TBODY', 'TR'].map((n) => [n, []])),
  OL: ['start'],
  LI: ['data-task'],
  INPUT: ['type', 'disabled', 'aria-label', 'checked'],
  CODE: ['dir'],
  PRE: ['dir', 'role', 'aria-label', 'tabindex'],
  TH: ['dir', 'data-align'],
  TD: ['dir', 'data-align'],
  BDI: ['class'],
  SPAN: ['class', 'role', 'aria-hidden'],
  BUTTON: ['type', 'class', 'aria-label', 'title'],
  A: ['href', 'title', 'target', 'rel'],
}

/** What of a drawn message is not on the list. */
const strange = (root: Element): string[] =>
  [...root.querySelectorAll('*')].flatMap((element) => {
    const names = allowed[element.tagName]
    const href = element.getAttribute('href')
    return [
      ...(names ? [] : [element.tagName]),
      ...element.getAttributeNames().filter((name) => !names?.includes(name)),
      ...(href === null || /^(?:https?|mailto):/.test(href) ? [] : [href]),
      ...(href === null || element.getAttribute('rel') === 'noopener noreferrer nofollow' ? [] : ['rel']),
    ]
  })

it('draws nothing of hostile texts that is not on the list', () => {
  const bodies = [...new Set([...crossed, ...hostile])]
  expect(bodies.length).toBeGreaterThan(400)
  const drawn = draw(bodies)
  expect(drawn).toHaveLength(bodies.length)
  for (const [i, root] of drawn.entries()) expect(strange(root), bodies[i]).toEqual([])
})

it('sees what is not on the list', () => {
  const root = document.createElement('div')
  root.append(
    Object.assign(document.createElement('a'), { href: 'javascript:alert(1)', onclick: null }),
    document.createElement('img'),
  )
  expect(strange(root)).toEqual(['javascript:alert(1)', 'rel', 'IMG'])
})

it('shows what is hidden to those who ask for it, and to nobody before', async () => {
  draw(['it is ||the butler||'])
  const button = screen.getByRole('button', { name: 'Show what is hidden' })
  expect(button).not.toHaveAccessibleDescription(/butler/)
  expect(screen.getByText('the butler').closest('[aria-hidden]')).not.toBeNull()
  button.focus()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByText('the butler').closest('[aria-hidden]')).toBeNull()
  expect(screen.getByText('the butler')).toHaveFocus()
})

it('draws names in any text, and none in code', () => {
  const [root] = draw(['**<@ann>** `<@ann>` <@eve>'], ['ann'])
  if (!root) throw new Error('nothing is drawn')
  expect([...root.querySelectorAll('.mention')].map((one) => one.textContent)).toEqual(['@Ann'])
  expect(root.querySelector('code')).toHaveTextContent('<@ann>')
  expect(root).toHaveTextContent('<@eve>')
})

it('leads to rooms of this place without leaving the page, and calls them as they are called now', () => {
  const bare = `${location.origin}/r/lobby/3`
  draw(['[#Hall](/r/lobby) and [here](/r/lobby/2)', '[#Attic](/r/attic)', bare, `${location.origin}/settings`])
  const leads = screen
    .getAllByRole('link')
    .map((one) => [one.textContent, one.getAttribute('href'), one.getAttribute('target')])
  expect(leads).toEqual([
    ['#Lobby', '/r/lobby', null],
    ['here', '/r/lobby/2', null],
    ['#Attic', '/r/attic', null],
    ['message in #Lobby', '/r/lobby/3', null],
    [`${location.origin}/settings`, `${location.origin}/settings`, '_blank'],
  ])
})

it('draws the place’s own emoji, large where nothing else is said, and none that it does not have', async () => {
  const emoji = [{ name: 'cat', picture: 'p', still: 's' }]
  const answers = [
    { rev: 1, emoji },
    { rev: 2, emoji: [] },
  ]
  const { connection, say } = fakeConnection({ 'emoji:list': () => ({ ok: true, data: answers.shift() }) })
  act(() => say('hello', withOwnEmoji(1)))
  const bodies = ['Look, a :cat:', ':cat: 🎂 :cat:', ':cat: :dog:', ':cat: :cat: :cat: :cat:', '`:cat:`']
  const { container } = render(
    <SocketContext value={connection}>
      {bodies.map((body) => (
        <Markdown key={body} of={{ body }} toYou={false} />
      ))}
    </SocketContext>,
  )
  const pictures = () => [...container.children].map((one) => one.querySelectorAll('img[alt=":cat:"]').length)
  await vi.waitFor(() => expect(pictures()).toEqual([1, 2, 1, 4, 0]))
  expect([...container.children].map((one) => one.querySelector('[data-big]') !== null)).toEqual([
    false,
    true,
    false,
    false,
    false,
  ])
  expect(container.querySelector('img')).toHaveAttribute('title', ':cat:')
  expect(container.querySelector('source')).toHaveAttribute('media', '(prefers-reduced-motion: reduce)')
  expect(textOf(container.children[0] ?? container)).toBe('Look, a :cat:')
  act(() => say('place:changed', withOwnEmoji(2).place))
  await vi.waitFor(() => expect(pictures()).toEqual([0, 0, 0, 0, 0]))
  expect([...container.children].map((one) => one.textContent)).toEqual([...bodies.slice(0, 4), ':cat:'])
  expect(container.querySelector('[data-big]')).toBeNull()
})
