import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase } from '../store/sqlite/database.ts'
import { startNodes } from '../testing/startNodes.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'

const isReady = async (url: string) => (await fetch(`${url}/readyz`)).status === 200
const toldToComeBack = (visitor: Visitor) => visitor.all('restarting').map(({ delay }) => delay)

it('answers before it ends what was asked before, takes nothing new, and tells everybody when to come back', async () => {
  const { connect, dir, stop, url } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const disk = openDatabase(path.join(dir, 'natter.db'))
  disk.exec('BEGIN IMMEDIATE')
  const asked = Array.from({ length: 20 }, (_, i) => ann.say(`message ${i}`))
  // Answered in order, so what was sent before this has arrived.
  await ann.ask('presence:set', { presence: 'here' })

  const ended = stop()
  expect(await isReady(url)).toBe(false)
  expect(await bob.request('presence:set', { presence: 'here' })).toMatchObject({ error: { code: 'restarting' } })
  disk.exec('ROLLBACK')
  disk.close()

  expect((await Promise.all(asked)).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  await ended
  const delays = [ann, bob].flatMap(toldToComeBack)
  expect(delays).toHaveLength(2)
  for (const delay of delays) expect(delay).toBeLessThanOrEqual(3_000)
})

it('has everybody come back within a second where other nodes are there', async () => {
  const { one } = await startNodes()
  const visitors = await Promise.all([one.connect('Ann'), one.connect('Bob')])
  vi.spyOn(Math, 'random').mockReturnValue(0.999)
  onTestFinished(() => void vi.restoreAllMocks())
  await one.stop()
  expect(visitors.flatMap(toldToComeBack)).toEqual([999, 999])
})

it('ends although somebody does not read and the disk does not answer', async () => {
  const { connect, dir, stop } = await startServer({ LIMIT_MESSAGES: '100000' })
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { ws } = bob.socket.io.engine.transport as unknown as { ws: { pause: () => void } }
  ws.pause()
  await Promise.all(Array.from({ length: 1_000 }, () => ann.say('x'.repeat(16_000))))
  const disk = openDatabase(path.join(dir, 'natter.db'))
  disk.exec('BEGIN IMMEDIATE')
  const unanswered = ann.request('message:send', {
    roomId: ann.hello.rooms[0]?.room.id ?? '',
    key: crypto.randomUUID(),
    body: 'still to be sent',
  })
  const ended = stop()
  await expect(unanswered).rejects.toThrow()
  disk.exec('ROLLBACK')
  disk.close()
  await ended
  await vi.waitFor(() => expect(ann.socket.connected).toBe(false))
})
