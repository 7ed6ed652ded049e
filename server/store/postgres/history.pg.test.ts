import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { expect, it, onTestFinished, vi } from 'vitest'
import { findPostgres } from '../../../scripts/services.mjs'
import { makeMigrated } from '../../testing/database.ts'
import { startPostgres } from '../../testing/services.ts'
import { lobbyOf, startServer, type Visitor } from '../../testing/startServer.ts'

const PATIENCE = { timeout: 20_000, interval: 50 }

async function bodiesIn({ ask, hello }: Visitor): Promise<string[]> {
  const { messages } = await ask('message:list', { roomId: lobbyOf(hello) })
  return messages.map(({ body }) => body)
}

async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** An address that leads to one PostgreSQL, and from some moment on to another. */
async function startAddress(first: string) {
  let port = Number(new URL(first).port)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  }).listen(0, '127.0.0.1')
  await vi.waitFor(() => expect(server.listening).toBe(true))
  onTestFinished(() => {
    server.close()
    for (const one of open) one.destroy()
  })
  const url = new URL(first)
  url.port = `${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    lead(to: string): void {
      port = Number(new URL(to).port)
      for (const one of open) one.destroy()
    },
  }
}

it('has everybody start over when a dump is brought back under a node that is running', async () => {
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  const { connect: come, connectAs } = await startServer({ DATABASE_URL: url })
  const ann = await come('Ann')
  await ann.say('kept')
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-dump-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const [bin = '', file] = [findPostgres(), path.join(dir, 'dump')]
  const run = (program: string, ...named: string[]) => promisify(execFile)(path.join(bin, program), named)
  await run('pg_dump', '--format=custom', `--file=${file}`, url)
  await ann.say('said after it')
  await run('pg_restore', '--clean', '--if-exists', `--dbname=${url}`, file)
  await vi.waitFor(() => expect(ann.socket.connected).toBe(false), PATIENCE)
  const again = await connectAs(ann.cookie)
  expect(again.hello.logId).not.toBe(ann.hello.logId)
  expect(await bodiesIn(again)).toEqual(['kept'])
  expect(await again.say('another one')).toMatchObject({ seq: 2 })
}, 60_000)

it('is opened by whoever may not ask which cluster it is, and is the same log each time', async () => {
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  await ask(
    url,
    'CREATE OR REPLACE FUNCTION public.pg_control_system() RETURNS TABLE (system_identifier bigint) LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION $q$no$q$ USING ERRCODE = $q$42501$q$; END $$',
  )
  await ask(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET search_path = public, pg_catalog`)
  const { connect: come, connectAs, restart } = await startServer({ DATABASE_URL: url })
  const ann = await come('Ann')
  await restart()
  expect((await connectAs(ann.cookie)).hello.logId).toBe(ann.hello.logId)
}, 60_000)

it('has everybody start over when a standby is promoted that lacks what was said last', async () => {
  const first = await startPostgres()
  onTestFinished(first.stop)
  const second = await startPostgres({ standbyOf: first.url })
  onTestFinished(second.stop)
  const { url, lead } = await startAddress(first.url)
  const { connect: come, connectAs, restart } = await startServer({ DATABASE_URL: url })
  const ann = await come('Ann')
  await ann.say('kept')
  const end = String(await ask(first.url, 'SELECT pg_current_wal_flush_lsn()::text'))
  await vi.waitFor(
    async () => expect(await ask(second.url, `SELECT pg_last_wal_replay_lsn() >= '${end}'`)).toBe(true),
    PATIENCE,
  )
  await second.kill('SIGKILL')
  await ann.say('lost')
  await first.kill('SIGKILL')
  await second.start()
  await ask(second.url, 'SELECT pg_promote()')
  lead(second.url)
  await vi.waitFor(() => expect(ann.socket.connected).toBe(false), PATIENCE)
  const again = await connectAs(ann.cookie)
  expect(again.hello.logId).not.toBe(ann.hello.logId)
  expect(await bodiesIn(again)).toEqual(['kept'])
  expect(await again.say('after it')).toMatchObject({ seq: 2 })
  // And no more than once.
  await restart()
  expect((await connectAs(ann.cookie)).hello.logId).toBe(again.hello.logId)
}, 60_000)
