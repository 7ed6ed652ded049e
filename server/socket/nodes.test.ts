import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { startNodes } from '../testing/startNodes.ts'
import { lobbyOf, type Visitor } from '../testing/startServer.ts'

const send = (who: Visitor) =>
  who.request('message:send', { roomId: lobbyOf(who.hello), key: randomUUID(), body: 'hi' }).then(({ ok }) => ok)

/** How often it was allowed before it was refused. */
async function allowed(ask: () => Promise<boolean>): Promise<number> {
  let times = 0
  await vi.waitFor(
    async () => {
      if (await ask()) throw new Error(`allowed ${++times} times`)
    },
    { interval: 20, timeout: 10_000 },
  )
  return times
}

it('lets somebody who is on two nodes write as much as on one', async () => {
  const { one, two } = await startNodes({ LIMIT_MESSAGES: '60' })
  const ann = await one.connect('Ann')
  const [tab, bob] = [await two.connectAs(ann.cookie), await two.connect('Bob')]
  await Promise.all(Array.from({ length: 60 }, async () => expect(await send(ann)).toBe(true)))
  expect(await send(ann)).toBe(false)
  expect(await allowed(() => send(tab)), 'and not as much again').toBeLessThan(60)
  expect(await send(bob)).toBe(true)
})

it('counts newcomers from one address on all nodes', async () => {
  const { one, two } = await startNodes({ LIMIT_JOINS: '20' })
  const join = async ({ post }: typeof one) => (await post('/api/people', { name: randomUUID().slice(0, 8) })).ok
  for (let i = 0; i < 20; i++) expect(await join(one)).toBe(true)
  expect(await join(one)).toBe(false)
  expect(await allowed(() => join(two)), 'and not as many again').toBeLessThan(20)
})

it('limits on each node, and waits for nobody, while Redis is stopped', async () => {
  const { redis, one, two } = await startNodes({ LIMIT_MESSAGES: '3' })
  const ann = await one.connect('Ann')
  const tab = await two.connectAs(ann.cookie)
  await redis.kill('SIGSTOP')
  const took: number[] = []
  for (const who of [ann, tab])
    for (const allowed of [true, true, true, false]) {
      const since = performance.now()
      expect(await send(who)).toBe(allowed)
      took.push(performance.now() - since)
    }
  expect(Math.max(...took)).toBeLessThan(1_000)
})
