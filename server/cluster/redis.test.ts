import { createClient } from 'redis'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import type { Log } from '../log.ts'
import { startRedis, type Service } from '../testing/services.ts'
import { createCluster } from './redis.ts'

let redis: Service
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

/** One of the nodes of a community. */
async function node(placeId: string, { url }: { url: string } = redis) {
  const said: string[] = []
  const note = (sentence: string) => void said.push(sentence)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const cluster = createCluster({ url, log })
  onTestFinished(cluster.close)
  const heard: string[] = []
  cluster.hear('news', (payload) => heard.push(payload))
  let joined = 0
  cluster.onJoin(() => joined++)
  await cluster.join(placeId)
  return { ...cluster, said, heard, joined: () => joined }
}

it('tells all nodes of one community, in order, and neither oneself nor another community', async () => {
  const [ann, bob, eve] = [await node('one'), await node('one'), await node('other')]
  const from: string[] = []
  ann.hear('news', (_, nodeId) => from.push(nodeId))
  bob.tell('elsewhere', 'nobody listens')
  for (let i = 0; i < 100; i++) bob.tell('news', `message ${i}, with spaces`)
  eve.tell('news', 'of others')
  await vi.waitFor(() => expect(ann.heard).toHaveLength(100))
  expect(ann.heard).toEqual(Array.from({ length: 100 }, (_, i) => `message ${i}, with spaces`))
  expect(new Set(from)).toEqual(new Set([bob.nodeId]))
  ann.tell('news', 'the end')
  await vi.waitFor(() => expect(bob.heard).toEqual(['the end']))
  expect([ann.heard.length, eve.heard]).toEqual([100, []])
  await vi.waitFor(() => expect(bob.counts()).toEqual({ told: 101, heard: 1, lost: 0 }))
})

it('goes on hearing after a listener that fails', async () => {
  const [ann, bob] = [await node('failing'), await node('failing')]
  const stop = ann.hear('news', () => {
    throw new Error('not today')
  })
  bob.tell('news', 'one')
  await vi.waitFor(() => expect(ann.said).toEqual(['not understood what another node told']))
  stop()
  bob.tell('news', 'two')
  await vi.waitFor(() => expect(ann.heard).toEqual(['one', 'two']))
  expect(ann.said).toHaveLength(1)
})

it('keeps what any node may take, once and for its time', async () => {
  const [ann, bob] = [await node('keeping'), await node('keeping')]
  expect(await ann.keep('ticket', 'a state', 10_000)).toBe(true)
  expect(await Promise.all([bob.take('ticket'), ann.take('ticket')])).toEqual(['a state', null])
  const client = await createClient({ url: redis.url }).connect()
  onTestFinished(() => client.destroy())
  await ann.keep('ticket', 'over soon', 60_000)
  const left = await client.pTTL('natter:keeping:ticket')
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThanOrEqual(60_000)
  const eve = await node('another')
  expect(await eve.take('ticket')).toBe(null)
})

it('says once that Redis was killed, loses what is told meanwhile, and heals by itself', async () => {
  const own = await startRedis()
  onTestFinished(own.stop)
  const [ann, bob] = [await node('killed', own), await node('killed', own)]
  expect([ann.trouble(), ann.joined()]).toEqual([null, 1])
  await own.kill('SIGKILL')
  await vi.waitFor(() => expect(ann.trouble()).toMatch(/^Redis cannot be reached just now/))
  ann.tell('news', 'lost')
  expect(ann.counts().lost).toBe(1)
  expect(await Promise.all([ann.keep('ticket', 'x', 1_000), ann.take('ticket')])).toEqual([false, null])
  await own.start()
  await vi.waitFor(() => expect([ann.trouble(), bob.trouble()]).toEqual([null, null]))
  expect(ann.joined()).toBe(2)
  ann.tell('news', 'back')
  await vi.waitFor(() => expect(bob.heard).toEqual(['back']))
  expect(ann.said).toEqual(['redis is away', 'redis is back'])
})

it('waits neither for a Redis that is stopped, nor keeps what is told meanwhile, and notices within 4 s', async () => {
  const own = await startRedis()
  onTestFinished(own.stop)
  const [ann, bob] = [await node('stopped', own), await node('stopped', own)]
  await own.kill('SIGSTOP')
  const since = performance.now()
  for (let i = 0; i < 20_000; i++) ann.tell('news', 'x'.repeat(100))
  expect(ann.counts().lost).toBeGreaterThanOrEqual(15_000)
  expect(performance.now() - since, 'nobody waits').toBeLessThan(1_000)
  expect(await ann.keep('ticket', 'x', 1_000)).toBe(false)
  await vi.waitFor(() => expect([ann.trouble(), bob.trouble()]).not.toContain(null))
  const before = performance.now()
  expect(await ann.take('ticket')).toBe(null)
  expect(performance.now() - before, 'what is known to be away is not asked').toBeLessThan(50)
  await own.kill('SIGCONT')
  await vi.waitFor(() => expect([ann.trouble(), bob.trouble()]).toEqual([null, null]))
  ann.tell('news', 'back')
  await vi.waitFor(() => expect(bob.heard.at(-1)).toBe('back'))
  expect(bob.said).toEqual(['redis is away', 'redis is back'])
})

it('starts without Redis, and ends while it is stopped', async () => {
  const own = await startRedis()
  onTestFinished(own.stop)
  await own.kill('SIGKILL')
  const ann = await node('without', own)
  expect(ann.trouble()).not.toBe(null)
  await own.start()
  await vi.waitFor(() => expect(ann.trouble()).toBe(null))
  await own.kill('SIGSTOP')
  const since = performance.now()
  await ann.close()
  expect(performance.now() - since).toBeLessThan(1_000)
})
