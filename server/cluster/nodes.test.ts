import { expect, it, vi } from 'vitest'
import { scrape } from '../metrics/testing/scraping.ts'
import { startNodes } from '../testing/startNodes.ts'

it('is ready without Redis, says what is wrong, and that it is well again', async () => {
  const token = 'a-token-of-the-test-alone'
  const { redis, one } = await startNodes({ METRICS_TOKEN: token })
  const readiness = async () => {
    const response = await fetch(`${one.url}/readyz`)
    return { status: response.status, ...(await response.json()) }
  }
  expect(await readiness()).toEqual({ status: 200, ready: true, durability: expect.any(String) })
  expect((await scrape(one.url, token)).of('nodes_ok')).toBe(1)
  await redis.kill('SIGKILL')
  await vi.waitFor(async () => {
    const nodes = 'Redis cannot be reached just now: the other nodes learn of what passes later.'
    expect(await readiness()).toMatchObject({ status: 200, ready: true, nodes })
  })
  expect((await scrape(one.url, token)).of('nodes_ok')).toBe(0)
  await redis.start()
  await vi.waitFor(async () => expect(Object.keys(await readiness())).not.toContain('nodes'))
})
