import { expect, it, vi } from 'vitest'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { message, packet } from '../testing/room.ts'
import { want } from './browser.ts'
import { watchNotices } from './watch.ts'

it('notifies of what is said, and not of what a moderator puts back', async () => {
  const notices: string[] = []
  const worker = {
    showNotification: async (_: string, { body }: NotificationOptions) => void notices.push(body ?? ''),
    getNotifications: async () => [],
  }
  vi.stubGlobal('Notification', { permission: 'granted' })
  vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve(worker), addEventListener() {} } })
  vi.useFakeTimers()
  want('open')
  const { connection, say } = fakeConnection()
  watchNotices(connection)
  const hello = helloOf(1)
  const rooms = hello.rooms.map((mine) => ({
    ...mine,
    readUpTo: 0,
    alerts: { level: 'all' as const, mutedUntil: null },
  }))
  say('hello', { ...hello, rooms, settings: { ...hello.settings, showsWords: true } })
  say('events', packet([message(1, { rev: 3, body: 'put back', sentAt: Date.now() - 60_000 })]))
  say('events', packet([message(2, { rev: 4, body: 'said now', sentAt: Date.now() })]))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(notices).toEqual(['Bob: said now'])
  vi.useRealTimers()
})

it('does not ask the browser at each message whether it may notify somebody who does not want it', () => {
  const permission = vi.fn<() => NotificationPermission>(() => 'granted')
  vi.stubGlobal('Notification', Object.defineProperty({}, 'permission', { get: permission }))
  want(null)
  const { connection, say } = fakeConnection()
  watchNotices(connection)
  say('hello', helloOf(1))
  permission.mockClear()
  say('events', packet([message(2, { rev: 3, sentAt: Date.now() })]))
  expect(permission).not.toHaveBeenCalled()
})
