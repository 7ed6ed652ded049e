import { Client } from 'pg'
import { createClient } from 'redis'
import { expect, it, onTestFinished } from 'vitest'
import { startPostgres, startRedis } from './services.ts'

async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 300, query_timeout: 300 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

it('keeps in PostgreSQL what was there before it was killed', async () => {
  const postgres = await startPostgres({ durable: true })
  onTestFinished(postgres.stop)
  expect(await ask(postgres.url, "SELECT current_setting('fsync') AS answer")).toBe('on')
  await ask(postgres.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await postgres.kill('SIGKILL')
  await expect(ask(postgres.url, 'SELECT answer FROM kept')).rejects.toThrow('ECONNREFUSED')
  await postgres.start()
  expect(await ask(postgres.url, 'SELECT answer FROM kept')).toBe(7)
})

it('stops PostgreSQL with all its processes, and lets them go on', async () => {
  const postgres = await startPostgres()
  onTestFinished(postgres.stop)
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  await postgres.kill('SIGSTOP')
  let answered = false
  const answer = client.query('SELECT 1').then(() => (answered = true))
  await expect(ask(postgres.url, 'SELECT 1')).rejects.toThrow('timeout')
  expect(answered).toBe(false)
  await postgres.kill('SIGCONT')
  await answer
  await client.end()
})

it('starts a Redis that can be killed, stopped and started again', async () => {
  const redis = await startRedis()
  onTestFinished(redis.stop)
  const client = createClient({ url: redis.url, socket: { reconnectStrategy: false } })
  client.on('error', () => undefined)
  await client.connect()
  expect(await client.ping()).toBe('PONG')
  await redis.kill('SIGKILL')
  await expect(client.ping()).rejects.toThrow()
  await redis.start()
  const again = createClient({ url: redis.url })
  await again.connect()
  expect(await again.ping()).toBe('PONG')
  await again.close()
})
