import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import type { Draft } from '../../protocol/drafts.ts'
import { newKey } from '../messages/newKey.ts'
import type { Shelf } from '../socket/shelf.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { syncDrafts } from './syncDrafts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const refused = { ok: false, error: { code: 'forbidden', message: 'You are writing in 200 places already.' } } as const

function shelfOf(values: Map<string, string>): Shelf {
  return {
    all: (prefix) =>
      [...values].flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [])),
    get: (key) => values.get(key) ?? null,
    put: (key, value) => void values.set(key, value),
    drop: (key) => void values.delete(key),
  }
}

/** Ann's page, before a server that keeps these; `kept` is what her browser remembers of earlier pages. */
async function open(drafts: Draft[] = [], local: Record<string, string> = {}, kept = new Map<string, string>()) {
  let rev = 100
  let answer: ((input: { text: string }) => Answer<unknown>) | null = null
  const fake = fakeConnection({
    'draft:list': () => ({ ok: true, data: { drafts, next: null } }),
    'draft:set': (input: { text: string }) => answer?.(input) ?? { ok: true, data: { rev: ++rev } },
  })
  const { store } = fake.connection
  const write = (text: string, roomId = 'lobby') => store.dispatch({ type: 'draft', roomId, text })
  const hello = helloOf()
  fake.say('hello', { ...hello, logId: 'log' })
  for (const [name, text] of Object.entries(local)) write(text, name)
  const stop = syncDrafts(fake.connection, shelfOf(kept))
  await vi.advanceTimersByTimeAsync(0)
  return {
    ...fake,
    kept,
    stop,
    write,
    here: (name = 'lobby') => store.getState().drafts[name] ?? '',
    pushed: () => fake.asked.filter(({ name }) => name === 'draft:set').map(({ input }) => input),
    answerWith: (next: typeof answer) => (answer = next),
    changed: (text: string, at: number, more: Partial<Draft> = {}) =>
      fake.say('draft:changed', { roomId: 'lobby', text, rev: at, ...more }),
  }
}

const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

it('keeps on the server what was written, a second after the last key, and says at once that it is over', async () => {
  const { write, pushed } = await open()
  for (const text of ['g', 'go', 'good']) {
    write(text)
    await after(600)
  }
  expect(pushed()).toEqual([])
  await after(500)
  expect(pushed()).toMatchObject([{ roomId: 'lobby', text: 'good' }])
  write('')
  await after(0)
  expect(pushed().slice(1)).toMatchObject([{ roomId: 'lobby', text: '' }])
  await after(60_000)
  expect(pushed()).toHaveLength(2)
})

it('ends no draft elsewhere before its message is kept here, so that whoever is cut off in between finds it again', async () => {
  const { connection, write, pushed } = await open()
  write('tea?')
  await after(2_000)
  expect(pushed()).toHaveLength(1)
  const entry = { key: newKey(), roomId: 'lobby', body: 'tea?', at: 1, failed: null, tab: '', kept: false, rev: null }
  connection.store.dispatch({ type: 'queued', entry: { ...entry, draft: 'lobby' } })
  write('')
  await after(10_000)
  expect(pushed()).toHaveLength(1)
  connection.store.dispatch({ type: 'kept', key: entry.key })
  await after(0)
  expect(pushed().slice(1)).toMatchObject([{ text: '' }])
})

it('keeps what is written in a thread and what is answered, and of an edit nothing', async () => {
  const { write, pushed } = await open()
  write('in a thread', 'lobby 4')
  write('an answer')
  write('7', 'lobby to')
  write('an edit', 'lobby/3')
  write('elsewhere', 'nowhere')
  dispatchEvent(new Event('pagehide'))
  await after(2_000)
  expect(pushed()).toMatchObject([
    { roomId: 'lobby', thread: 4, text: 'in a thread' },
    { roomId: 'lobby', text: 'an answer', replyTo: 7 },
  ])
})

it('puts what is written elsewhere where nothing was changed here, with what it answers, until it is over', async () => {
  const { here, changed, pushed } = await open([{ roomId: 'lobby', thread: 2, text: 'from the phone', rev: 3 }])
  expect(here('lobby 2')).toBe('from the phone')
  changed('an answer', 5, { replyTo: 7 })
  await after(0)
  expect([here(), here('lobby to')]).toEqual(['an answer', '7'])
  changed('late', 4)
  await after(10_000)
  expect(here()).toBe('an answer')
  changed('', 6)
  await after(0)
  expect([here(), here('lobby to')]).toEqual(['', ''])
  expect(pushed()).toEqual([])
})

it('never changes a box that somebody is writing in: what was written last stays, everywhere', async () => {
  const { write, here, changed, pushed } = await open()
  write('here')
  changed('there', 5)
  await after(500)
  expect(here()).toBe('here')
  await after(1_000)
  expect(pushed()).toMatchObject([{ text: 'here' }])
  // Both are the same now, but the last key was a moment ago.
  changed('there again', 200)
  await after(1_000)
  expect(here()).toBe('here')
  await after(5_000)
  expect(here()).toBe('there again')
})

it('knows after a reload what was changed here since, and what elsewhere', async () => {
  const first = await open()
  first.write('sent by the phone meanwhile')
  first.write('written on without a connection', 'lobby 2')
  await after(2_000)
  first.stop()
  const local = { lobby: 'sent by the phone meanwhile', 'lobby 2': 'written on without a connection, and on' }
  const { here, pushed } = await open(
    [{ roomId: 'lobby', thread: 2, text: 'written on without a connection', rev: 2 }],
    local,
    first.kept,
  )
  await after(2_000)
  expect(here()).toBe('')
  expect(pushed()).toMatchObject([{ thread: 2, text: 'written on without a connection, and on' }])
})

it('keeps both where something was written here without a connection, and something else elsewhere', async () => {
  const { here, pushed, changed } = await open([{ roomId: 'lobby', text: 'of today', rev: 2 }], {
    lobby: 'of yesterday',
  })
  await after(2_000)
  expect(here()).toBe('of today\nof yesterday')
  expect(pushed()).toMatchObject([{ text: 'of today\nof yesterday' }])
  changed('of today\nof yesterday', 300)
  await after(10_000)
  expect(pushed()).toHaveLength(1)
})

it('takes nothing for sent because a restored server has never had it', async () => {
  const kept = new Map([['natter.synced.ann.lobby', 'a former log\n\nstill here']])
  const { here, pushed } = await open([], { lobby: 'still here' }, kept)
  await after(2_000)
  expect(here()).toBe('still here')
  expect(pushed()).toMatchObject([{ text: 'still here' }])
})

it('asks again after a passing refusal, and not for what is refused until it is another text', async () => {
  const { write, pushed, answerWith, here, say } = await open()
  answerWith(() => ({ ok: false, error: { code: 'rate_limited', message: 'Wait.', retryAfter: 3_000 } }))
  write('a')
  await after(1_100)
  answerWith(() => refused)
  await after(3_000)
  expect(pushed()).toHaveLength(2)
  await after(60_000)
  say('disconnect', 'transport close')
  say('hello', helloOf())
  await after(10_000)
  expect(pushed()).toHaveLength(2)
  expect(here()).toBe('a')
  answerWith(null)
  write('ab')
  await after(1_100)
  expect(pushed().slice(2)).toMatchObject([{ text: 'ab' }])
})
