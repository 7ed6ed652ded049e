import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { reportPresence } from './reportPresence.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

it('says that somebody is away after five minutes without a sign, and here again at the next', () => {
  const { connection, asked, say } = fakeConnection()
  const told = () =>
    asked.flatMap(({ name, input }) => (name === 'presence:set' ? [(input as { presence: string }).presence] : []))
  say('hello', helloOf())
  reportPresence(connection)
  vi.advanceTimersByTime(5 * 60_000 - 1)
  expect(told()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told()).toEqual(['away'])

  // Every new connection counts as here, until it has been told otherwise.
  say('disconnect', 'transport close')
  say('hello', helloOf())
  expect(told()).toEqual(['away', 'away'])
  dispatchEvent(new Event('pointermove'))
  expect(told()).toEqual(['away', 'away', 'here'])
})
