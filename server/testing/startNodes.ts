import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Times } from '../presence/nodes.ts'
import { openSqlite } from '../store/sqlite/index.ts'
import { startRedis } from './services.ts'
import { startServer } from './startServer.ts'

/** Two nodes of one community over a Redis of their own. They share one store, which tells both of every commit. */
export async function startNodes(environment: Record<string, string> = {}, times?: Times) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-nodes-'))
  const [redis, store] = await Promise.all([startRedis(), openSqlite({ dir })])
  // Last of all: what is registered later is done before.
  onTestFinished(async () => {
    await store.close()
    await redis.stop()
    await rm(dir, { recursive: true, force: true })
  })
  // It is not closed by the first that ends.
  const shared = { ...store, close: async () => {} }
  const start = () => startServer({ REDIS_URL: redis.url, ...environment }, { store: shared, ...(times && { times }) })
  const [one, two] = await Promise.all([start(), start()])
  return { redis, one, two, start }
}
