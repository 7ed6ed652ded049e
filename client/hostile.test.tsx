import { act, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../protocol/limits.ts'
import type { Message } from '../protocol/messages.ts'
import type { Person } from '../protocol/people.ts'
import { hostile, large } from '../protocol/testing/hostile.ts'
import { Conversation } from './messages/Conversation.tsx'
import { PersonItem } from './people/PersonItem.tsx'
import { PinnedMessages } from './pins/PinnedMessages.tsx'
import { noticeOf } from './push/noticeOf.ts'
import { PersonCard } from './rooms/PersonCard.tsx'
import { RoomItem } from './rooms/RoomItem.tsx'
import { useRooms } from './rooms/useRooms.ts'
import { SavedMessages } from './saved/SavedMessages.tsx'
import { SearchPage } from './search/SearchPage.tsx'
import { useTitle } from './shell/useTitle.ts'
import { previewOf } from './rooms/roomState.ts'
import { SocketContext } from './socket/useSocket.ts'
import { fakeConnection, helloOf } from './testing/fakeSocket.ts'
import { message, packet, personCalled } from './testing/room.ts'
import { strange } from './testing/strange.ts'
import './rooms/dialogs.ts'

vi.mock('./ui/adopt.ts', () => ({ adopt() {} }))
vi.mock('./markdown/styles.ts', () => ({}))
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn()
  Element.prototype.scrollIntoView = vi.fn()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
})

/** Everybody is called as one of the texts is, and says it of themselves. */
const people = hostile.map((text, i): Person => ({
  ...personCalled(text, `p${i}`),
  about: text,
  status: { emoji: '', text },
}))
const said = hostile.map((body, i) => message(i + 1, { body, authorId: `p${i}` }))

/** Ann comes into a place of such people, where every list has these messages. */
async function open(page: ReactNode, { messages = said, rooms = helloOf(0).rooms } = {}) {
  const found = { messages, people, next: null }
  const head = { seq: messages.length, rev: messages.length + 1 }
  const hits = messages.map((one) => ({
    message: one,
    marks: [[0, Math.min(3, one.body.length)] as const],
    before: { ...previewOf(one), seq: messages.length + one.seq },
  }))
  const fake = fakeConnection({
    'message:list': () => ({ ok: true, data: { roomId: 'lobby', head, messages, people } }),
    'search:messages': () => ({ ok: true, data: { hits, people, next: null, all: true } }),
    'pin:list': () => ({ ok: true, data: found }),
    'saved:list': () => ({ ok: true, data: found }),
    'reminder:list': () => ({ ok: true, data: { ...found, reminders: [] } }),
  })
  const hello = helloOf(messages.length)
  act(() => fake.say('hello', { ...hello, rooms: rooms.map((one) => ({ ...one, head })), people }))
  const { container } = render(<SocketContext value={fake.connection}>{page}</SocketContext>)
  return { ...fake, container }
}

/** Every letter of it is somewhere: in the text, or in the address that it has become. */
function isKept(text: string, part: Element): boolean {
  const links = [...part.querySelectorAll('[href]')].map((one) => one.getAttribute('href'))
  const shown = [part.textContent, ...links].join(' ').toLowerCase()
  const words = text.toLowerCase().match(/[a-z\d]+/g) ?? []
  return words.every((word) => shown.includes(word))
}

const rowsOf = (messages: readonly Message[]) =>
  messages.flatMap(({ seq }) => document.querySelector(`[data-seq="${seq}"]`) ?? [])

/** What is set by its marks may lose the marks, and what a block of code says of its language. */
const isSet = (text: string) => /```|%|punycode/.test(text)

describe('every hostile text', () => {
  for (let from = 0; from < hostile.length; from += 80)
    it(`is drawn by parts of the page alone, and all of it, in a message, changed, repeated, and quoted by an answer, from number ${from}`, async () => {
      const some = hostile.slice(from, from + 80)
      const messages = some.flatMap((body, i) => {
        const [at, authorId] = [2 * i + 1, `p${from + i}`]
        const repeated = { forwarded: { authorId, sentAt: 1 } }
        return [
          message(at, { body, authorId, ...(i % 3 === 1 && { editedAt: 2 }), ...(i % 3 === 2 && repeated) }),
          message(at + 1, { body: 'an answer', authorId, replyTo: at, thread: at }),
        ]
      })
      const { container } = await open(<Conversation roomId="lobby" />, { messages })
      await screen.findAllByText('an answer')
      await waitFor(() => expect(container.querySelectorAll('.quote a')).toHaveLength(some.length))
      await waitFor(() => expect(container.querySelector('.markdown')).not.toBeNull())
      expect(strange(document.body)).toEqual([])
      const rows = rowsOf(messages)
      expect(rows).toHaveLength(messages.length)
      for (const [i, row] of rows.entries()) {
        const body = messages[i]?.body ?? ''
        if (!isSet(body)) expect(isKept(body, row), body).toBe(true)
      }
    })

  it('is drawn so in the question of a poll and in what one may vote for', async () => {
    const messages = Array.from({ length: Math.ceil(hostile.length / 10) }, (_, i) => {
      const options = hostile.slice(10 * i, 10 * i + 10)
      const poll = { options, multiple: i % 2 === 0, votes: options.map(() => []) }
      return message(i + 1, { body: options[0] ?? '', poll })
    })
    const { container } = await open(<Conversation roomId="lobby" />, { messages })
    await waitFor(() => expect(container.querySelectorAll('.poll')).toHaveLength(messages.length))
    expect(strange(document.body)).toEqual([])
    const options = [...container.querySelectorAll('.poll label > bdi')].map((one) => one.textContent)
    expect(options).toEqual(hostile)
  })

  it('is drawn so in the name and the topic of the open room, and in the title of its tab', async () => {
    function Room() {
      const name = useRooms().all[0]?.name ?? ''
      useTitle(name)
      return <Conversation roomId="lobby" />
    }
    const { say } = await open(<Room />, { messages: [] })
    const room = helloOf(0).rooms[0]?.room
    if (!room) throw new Error('Ann is in no room.')
    await screen.findByText('Nobody has said a word in Lobby.')
    for (const [i, text] of hostile.entries()) {
      const changes = [{ type: 'room:changed' as const, room: { ...room, rev: i + 2, name: text, topic: text } }]
      act(() => say('events', { ...packet([message(1)]), after: i + 1, rev: i + 2, changes }))
      await vi.waitFor(() => expect(document.querySelector('h1')?.textContent).toBe(text))
      expect(document.querySelector('.topic')?.textContent).toBe(text)
      // A document has no blanks around its title, and one between words.
      expect(document.title.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      expect(strange(document.body)).toEqual([])
    }
  })

  it('is drawn so in the list of rooms, as a name and as what was said last', async () => {
    const [first] = helloOf(0).rooms
    if (!first) throw new Error('Ann is in no room.')
    const rooms = hostile.map((text, i) => ({
      ...first,
      room: { ...first.room, id: `r${i}`, name: text, isDefault: false },
      last: { seq: 1, authorId: `p${i}`, text, deleted: false, moderated: false },
    }))
    const List = () => (
      <ul>
        {useRooms().rooms.map((room) => (
          <RoomItem key={room.id} room={room} isOpen={false} />
        ))}
      </ul>
    )
    const { container } = await open(<List />, { rooms: rooms as never })
    expect(strange(container)).toEqual([])
    const items = [...container.querySelectorAll('.item')]
    expect(items).toHaveLength(hostile.length)
    for (const [i, text] of hostile.entries()) {
      const item = items.find((one) => one.getAttribute('href') === `/r/r${i}`)
      expect(item?.querySelector('.name')?.textContent).toContain(text)
      expect(item?.querySelector('.preview')?.textContent).toContain(text)
    }
  })

  const lists = {
    'was found': <SearchPage />,
    'is pinned': <PinnedMessages roomId="lobby" />,
    'is kept for later': <SavedMessages />,
  }
  for (const [where, page] of Object.entries(lists))
    it(`is drawn so where it ${where}`, async () => {
      history.replaceState(null, '', '/search?q=a')
      onTestFinished(() => history.replaceState(null, '', '/'))
      const { container } = await open(page)
      const links = () => [...container.querySelectorAll('a[href^="/r/lobby/"]')]
      await waitFor(() => expect(links()).toHaveLength(hostile.length))
      expect(strange(document.body)).toEqual([])
      for (const link of links()) {
        const text = hostile[Number(link.getAttribute('href')?.split('/').at(-1)) - 1] ?? ''
        if (!isSet(text)) expect(isKept(text, link), text).toBe(true)
      }
    })

  it('is drawn so as the name of somebody, and as what they say of themselves', async () => {
    const { container } = await open(
      <>
        <ul>
          {people.map((person) => (
            <PersonItem key={person.id} person={person} />
          ))}
        </ul>
        {people.map(({ id }) => (
          <PersonCard key={id} personId={id} onClose={vi.fn()} />
        ))}
      </>,
    )
    expect(strange(document.body)).toEqual([])
    const names = [...container.querySelectorAll('.person-item .name')].map((one) => one.textContent.trim())
    expect(names).toEqual(hostile.map((text) => text.trim()))
    const cards = [...document.querySelectorAll('.person-card')]
    expect(cards).toHaveLength(hostile.length)
    for (const [i, card] of cards.entries())
      expect(card.querySelectorAll('p bdi')[1]?.textContent.trim()).toBe(hostile[i]?.trim())
  })

  it('is only a text in a notification, which leads into its room', () => {
    for (const text of hostile) {
      const of = { type: 'shown' as const, roomId: 'lobby', room: text, by: text, forYou: true, count: 1, text }
      const [title, { data, body, ...options }] = noticeOf(of)
      expect([title, data]).toEqual([text, { url: '/r/lobby' }])
      expect(body).toContain(text)
      expect(options).toEqual({ tag: 'lobby', icon: '/icon-192.png', silent: true })
    }
  })
})

it('draws the longest texts by parts of the page alone, and folds them', async () => {
  const bodies = Object.values(large(MESSAGE_LENGTH))
  const messages = bodies.map((body, i) => message(i + 1, { body }))
  const { container } = await open(<Conversation roomId="lobby" />, { messages })
  await waitFor(() => expect(container.querySelector('.markdown')).not.toBeNull())
  expect(rowsOf(messages)).toHaveLength(bodies.length)
  expect(strange(document.body)).toEqual([])
  expect(container.querySelectorAll('.text[data-folded]')).toHaveLength(bodies.length)
  // Those whose words a browser breaks again and again are set without what makes that slow, and no others.
  const endless = [...container.querySelectorAll('.text[data-word]')].map((text) => text.closest('li')?.dataset['seq'])
  expect(endless).toContain(`${Object.keys(large(MESSAGE_LENGTH)).indexOf('one word') + 1}`)
  expect(endless).not.toContain(`${Object.keys(large(MESSAGE_LENGTH)).indexOf('short links') + 1}`)
})

it('sees what none of its parts would have put there', () => {
  const root = document.createElement('div')
  const link = Object.assign(document.createElement('a'), { href: 'javascript:alert(1)' })
  link.setAttribute('onclick', 'alert(1)')
  root.append(link, document.createElement('iframe'))
  expect(strange(root)).toEqual(['onclick', 'javascript:alert(1)', 'iframe'])
  link.removeAttribute('onclick')
  for (const href of ['data:text/html,x', '//evil.example', '/api/sign-out', ' https://a.b', 'vbscript:x']) {
    link.setAttribute('href', href)
    expect(strange(root)).toEqual([href, 'iframe'])
  }
})
