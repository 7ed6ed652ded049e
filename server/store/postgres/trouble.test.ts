import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { execute } from '../../testing/execute.ts'
import { startPostgres, type Service } from '../../testing/services.ts'
import { draftOf, refusal } from '../contract/setting.ts'
import { openPostgres } from './index.ts'

let postgres: Service
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function open(options: Partial<Parameters<typeof openPostgres>[0]> = {}) {
  const told: string[] = []
  const store = await openPostgres({ url: postgres.url, tell: (sentence) => void told.push(sentence), ...options })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= store.close())
  onTestFinished(close)
  const name = `ann ${Math.random().toString(36).slice(2)}`
  const ann = await store.people.create({ name, role: 'member' })
  return { store, close, told, ann, lobby: (await store.rooms.default()).id }
}

/** Resolves to how long it took. Milliseconds. */
async function refusedWithin(ask: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await expect(ask()).rejects.toEqual(refusal('storage_unavailable'))
  return performance.now() - since
}

it('refuses while PostgreSQL is dead, says why, loses nothing, and stores again by itself when it is back', async () => {
  const { store, told, ann, lobby } = await open()
  const before = await store.messages.append(draftOf(lobby, ann, 'before'))
  await postgres.kill('SIGKILL')
  const draft = draftOf(lobby, ann, 'meanwhile')
  expect(await refusedWithin(() => store.messages.append(draft))).toBeLessThan(5_000)
  expect(await refusedWithin(() => store.rooms.get(lobby))).toBeLessThan(5_500)
  expect(store.condition().trouble).not.toBe(null)
  await postgres.start()
  await vi.waitFor(() => expect(store.condition().trouble).toBe(null))
  expect(told).toContain('storing again')
  expect(await store.messages.append(draft)).toMatchObject({ seq: before.seq + 1 })
  expect((await store.messages.list({ roomId: lobby, limit: 2 })).messages).toMatchObject([
    { body: 'before' },
    { body: 'meanwhile' },
  ])
})

it('refuses within 5 s while PostgreSQL is stopped, without holding up the process, and stores again after it', async () => {
  const { store, ann, lobby } = await open()
  const { seq } = await store.messages.append(draftOf(lobby, ann))
  const delay = monitorEventLoopDelay({ resolution: 10 })
  await postgres.kill('SIGSTOP')
  delay.enable()
  const draft = draftOf(lobby, ann, 'meanwhile')
  const took = await Promise.all([
    refusedWithin(() => store.messages.append(draft)),
    refusedWithin(() => store.messages.list({ roomId: lobby, limit: 2 })),
  ])
  delay.disable()
  expect(Math.max(...took)).toBeLessThan(5_500)
  expect(delay.max / 1e6, 'longest the main thread stood still').toBeLessThan(250)
  await postgres.kill('SIGCONT')
  await vi.waitFor(async () => expect(await store.messages.append(draft)).toMatchObject({ seq: seq + 1 }), {
    timeout: 15_000,
    interval: 200,
  })
}, 40_000)

it('says that commits of others may be lost to it, after it could not look for too long', async () => {
  const { store } = await open({ missedAfter: 1_800 })
  let missed = 0
  store.onMissed(() => missed++)
  await postgres.kill('SIGSTOP')
  await after(2_000)
  expect(missed).toBe(0)
  await postgres.kill('SIGCONT')
  await vi.waitFor(() => expect(missed).toBe(1))
})

it('does not start where there is no PostgreSQL, or one that a newer Natter has written in, and says so', async () => {
  await expect(openPostgres({ url: 'postgres://natter@127.0.0.1:1/natter' })).rejects.toThrow(/ECONNREFUSED/)
  const { close } = await open()
  await close()
  const version = (value: string) => execute(postgres.url, `UPDATE meta SET value = '${value}' WHERE key = 'version'`)
  await version('99')
  await expect(openPostgres({ url: postgres.url })).rejects.toThrow(
    'written by a newer Natter (version 99; this one knows',
  )
  await version('1')
})
