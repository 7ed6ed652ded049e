import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Mark } from '../messages/drafts.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import type { Database } from './database.ts'
import { keepDrafts } from './keep.ts'
import { reduce } from './reduce.ts'
import { openShelf } from './shelf.ts'
import { initialState } from './state.ts'
import { createStore } from './store.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('loses nothing of what is being written to another tab that has sent something else', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  connection.store.dispatch({ type: 'draft', roomId: 'lobby', text: 'still writing' })
  vi.advanceTimersByTime(300)
  const key = 'natter.draft.ann.lobby'
  const oldValue = localStorage.getItem(key) ?? ''
  const change = (newValue: string | null) => dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue }))
  expect(oldValue).toContain('still writing')
  change(null)
  change('00000000-0000-4000-8000-000000000000 1\n')
  // What this was written on from was sent there, before it was heard of there.
  change(`${oldValue.split(' ')[0]} 0\n`)
  expect(connection.store.getState().drafts['lobby']).toBe('still writing')
  // This very draft was sent there.
  change(`${oldValue.split('\n')[0]}\n`)
  expect(connection.store.getState().drafts['lobby'] ?? '').toBe('')
})

it('leaves no draft of what was sent, also where the next one was begun at once', async () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  const write = (text: string) => connection.store.dispatch({ type: 'draft', roomId: 'lobby', text })
  const kept = () => localStorage.getItem('natter.draft.ann.lobby')?.split('\n')[1] ?? ''
  write('sent')
  connection.send('lobby', 'sent')
  write('')
  expect(kept()).toBe('sent')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(kept()).toBe('')
  write('sent too')
  connection.send('lobby', 'sent too')
  write('the next')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(kept()).toBe('the next')
})

it('keeps what is being written in one room while another tab writes in another', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  connection.store.dispatch({ type: 'draft', roomId: 'kitchen', text: 'pasted a moment ago' })
  const newValue = '00000000-0000-4000-8000-000000000000 1\nof there'
  dispatchEvent(new StorageEvent('storage', { key: 'natter.draft.ann.lobby', oldValue: null, newValue }))
  expect(connection.store.getState().drafts['lobby']).toBe('of there')
  dispatchEvent(new Event('pagehide'))
  expect(localStorage.getItem('natter.draft.ann.kitchen')).toContain('pasted a moment ago')
  // It is the other tab’s to keep.
  expect(localStorage.getItem('natter.draft.ann.lobby')).toBe(null)
})

it('does not put another tab’s words into the box at a reconnect', () => {
  const { connection, say } = fakeConnection()
  say('hello', helloOf())
  localStorage.setItem('natter.draft.ann.lobby', 'of another tab')
  say('disconnect', 'transport close')
  say('hello', helloOf())
  expect(connection.store.getState().drafts).toEqual({})
})

it('asks again what a slow browser does not tell at first: a draft that was sent does not stay in the box', async () => {
  const store = createStore(reduce, initialState)
  const mark = { name: '00000000-0000-4000-8000-000000000000', turn: 1 }
  localStorage.setItem('natter.draft.ann.lobby', `${mark.name} ${mark.turn}\nsent before`)
  let times = 0
  const database = { draftsOf: async (_: string, marks: readonly Mark[]) => ({ over: marks, copies: [] }) }
  const drafts = keepDrafts(store, openShelf(), async (task) => {
    if (times++ < 2) throw new Error('The browser does not answer.')
    return task(database as unknown as Database)
  })
  store.dispatch({ type: 'hello', payload: helloOf(), now: 0 })
  drafts.bringBack('ann')
  expect(store.getState().drafts['lobby']).toBe('sent before')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(store.getState().drafts['lobby'] ?? '').toBe('')
})
