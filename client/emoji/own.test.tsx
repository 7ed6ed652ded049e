import { expect, it, vi } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import type { OwnEmojiList } from '../../protocol/emoji.ts'
import { fakeConnection, helloOf, withOwnEmoji } from '../testing/fakeSocket.ts'
import { createOwn, findOwn } from './own.ts'

const emoji = (...names: string[]) => names.map((name) => ({ name, picture: `${name}-picture` }))
const ok = (rev: number, ...names: string[]): Answer<OwnEmojiList> => ({
  ok: true,
  data: { rev, emoji: emoji(...names) },
})

/** Ann comes in, to a place whose emoji are of this revision; each question is answered by the next of these. */
function open(...answers: Answer<OwnEmojiList>[]) {
  const fake = fakeConnection({ 'emoji:list': () => answers.shift() ?? ok(0) })
  const own = createOwn(fake.connection)
  const hello = helloOf(1)
  return {
    ...fake,
    own,
    names: () => own.get().list.map(({ name }) => name),
    questions: () => fake.asked.filter(({ name }) => name === 'emoji:list').length,
    greet: (emojiRev?: number, logId = 'log') => fake.say('hello', { ...withOwnEmoji(emojiRev), logId }),
    tell: (emojiRev: number) => fake.say('place:changed', { ...hello.place, emojiRev }),
  }
}

it('asks nothing of a place that never had any', async () => {
  const { own, greet, questions } = open()
  greet()
  expect([own.get().isNewest, own.get().list, questions()]).toEqual([true, [], 0])
})

it('asks once for what there is, and again when there are others, also those of after a reconnect', async () => {
  const { own, greet, tell, names, questions, say } = open(ok(1, 'cat'), ok(3, 'cat', 'dog'), ok(4, 'dog'))
  greet(1)
  expect(own.get().isNewest).toBe(false)
  await vi.waitFor(() => expect(names()).toEqual(['cat']))
  tell(2)
  tell(3)
  await vi.waitFor(() => expect(names()).toEqual(['cat', 'dog']))
  tell(3)
  say('disconnect', 'transport close')
  greet(4)
  await vi.waitFor(() => expect(names()).toEqual(['dog']))
  expect(questions()).toBe(3)
  expect(own.get().byName.get('dog')).toEqual({ name: 'dog', picture: 'dog-picture' })
})

it('has from the beginning what this browser knew last, and asks no more of what that is still', async () => {
  const first = open(ok(1, 'cat'))
  first.greet(1)
  await vi.waitFor(() => expect(first.names()).toEqual(['cat']))
  const second = open()
  expect(second.names()).toEqual(['cat'])
  expect(second.own.get().isNewest).toBe(false)
  second.greet(1)
  expect([second.own.get().isNewest, second.questions()]).toEqual([true, 0])
  // Of another log the same number says nothing.
  const third = open(ok(1, 'dog'))
  third.greet(1, 'restored')
  await vi.waitFor(() => expect(third.names()).toEqual(['dog']))
})

it('asks again after passing trouble', async () => {
  const error = { code: 'rate_limited', message: 'x', retryAfter: 1 } as const
  const { greet, names, questions } = open({ ok: false, error }, ok(1, 'cat'))
  greet(1)
  await vi.waitFor(() => expect(names()).toEqual(['cat']))
  expect(questions()).toBe(2)
})

it('finds by name, first those that begin so', () => {
  const list = emoji('happy_cat', 'cat', 'dog')
  expect(findOwn(list, 'cat').map(({ name }) => name)).toEqual(['cat', 'happy_cat'])
  expect(findOwn(list, 'Happy cat').map(({ name }) => name)).toEqual(['happy_cat'])
  expect(findOwn(list, ' ')).toEqual([])
})
