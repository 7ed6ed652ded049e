import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject, onTestFinished } from 'vitest'
import type { Times } from '../presence/nodes.ts'
import { openSqlite } from '../store/sqlite/index.ts'
import type { Store } from '../store/store.ts'
import { databaseOfRun } from './databaseOfRun.ts'
import { startRedis } from './services.ts'
import { startServer } from './startServer.ts'

/** One store in this process, which tells all nodes of every commit, as if none were of another. It ends after them. */
async function openShared(): Promise<Store> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-nodes-'))
  const store = await openSqlite({ dir })
  onTestFinished(async () => {
    await store.close()
    await rm(dir, { recursive: true, force: true })
  })
  return { ...store, close: async () => {} }
}

/**
 * Two nodes of one community over a Redis of their own, and as many more as are wanted. Where the run is about PostgreSQL each has a
 * store of its own in one database.
 */
export async function startNodes(environment: Record<string, string> = {}, times?: Times) {
  const redis = await startRedis()
  onTestFinished(redis.stop)
  const settings = { REDIS_URL: redis.url, ...(await databaseOfRun(environment)), ...environment }
  const store = inject('postgres') ? undefined : await openShared()
  const start = () => startServer(settings, { ...(store && { store }), ...(times && { times }) })
  const [one, two] = await Promise.all([start(), start()])
  return { redis, one, two, start }
}
