import { randomUUID } from 'node:crypto'
import { connect as dial } from 'node:net'
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { connect, type Client } from '../support/client.ts'
import { list, message, write } from '../support/page.ts'
import { natterCommand, run } from '../support/run.ts'
import { ways } from '../support/server.ts'
import { test } from '../support/test.ts'

const ready = async (url: string) => {
  const response = await fetch(`${url}/readyz`)
  return { status: response.status, ...(await response.json()) }
}

/** A program that has the database open as well. `says` resolves when it has done so much. */
const besides = (dir: string, script: string) =>
  run([
    process.execPath,
    '--eval',
    `const { DatabaseSync } = require('node:sqlite')
     const database = new DatabaseSync(${JSON.stringify(path.join(dir, 'natter.db'))}, { timeout: 5000 })
     ${script}
     console.log('(done)')`,
  ])

/** How long the slowest of so many simple questions waits while something goes on. */
async function slowestAnswer(url: string, task: Promise<unknown>): Promise<number> {
  let [slowest, going] = [0, true]
  const done = task.finally(() => (going = false))
  while (going) {
    const before = performance.now()
    await fetch(`${url}/healthz`)
    slowest = Math.max(slowest, performance.now() - before)
  }
  await done
  return slowest
}

async function sendUntilRefused(
  { socket }: Client,
  roomId: string,
  body: string,
): Promise<{ code: string; ms: number }> {
  for (;;) {
    const before = performance.now()
    const answer = await socket.timeout(10_000).emitWithAck('message:send', { roomId, key: randomUUID(), body })
    if (!answer.ok) return { code: answer.error.code, ms: performance.now() - before }
  }
}

// All of it is about the data folder and the database in it.
test.use({ environment: { DATABASE_URL: '', LIMIT_MESSAGES: '1000000', LIMIT_REQUESTS: '1000000' } })

test.describe('where the server may open only so many files', () => {
  test.use({
    way: { ...ways.server, command: ['bash', '-c', 'ulimit -n 90 && exec "$0" "$@"', ...natterCommand] },
  })

  test('who finds no more room waits at the door, those inside talk on, and whoever waits comes in later', async ({
    natter,
    client,
  }) => {
    const [ann, bob] = [await client('Ann'), await client('Bob')]
    const port = Number(new URL(natter.url).port)
    const crowd = Array.from({ length: 200 }, () => dial(port, '127.0.0.1').on('error', () => {}))
    const heard = new Promise((resolve) => bob.socket.on('events', resolve))
    await ann.say('Is it always this full?')
    await heard
    for (const socket of crowd) socket.destroy()
    const cleo = await client('Cleo')
    expect((await cleo.history()).map(({ body }) => body)).toEqual(['Is it always this full?'])
  })
})

test.describe('where no file may become larger than two megabytes', () => {
  // As a full disk, for anybody and on any machine: the system refuses what would be longer.
  test.use({
    way: { ...ways.server, command: ['bash', '-c', 'ulimit -f 2000 && exec "$0" "$@"', ...natterCommand] },
  })

  test('what cannot be stored is refused for now and waits, people read and meet on, and it recovers by itself', async ({
    natter,
    person,
  }) => {
    const ann = await person('Ann')
    await write(ann, 'Before.')
    await expect(message(ann, 'Before.')).toHaveAttribute('data-state', 'sent')
    const [bob, cleo] = [await connect(natter.url, 'Bob'), await connect(natter.url, 'Cleo')]

    // Where nobody has to read it.
    const { room } = await bob.ask('room:create', { name: 'Ballast', topic: '' })
    const refused = await sendUntilRefused(bob, room.id, 'x'.repeat(12_000))
    await sendUntilRefused(bob, room.id, 'x')
    expect(refused.code).toBe('storage_unavailable')
    expect(refused.ms).toBeLessThan(5_000)
    expect(await ready(natter.url)).toMatchObject({ status: 503, ready: false, trouble: expect.stringMatching(/disk/) })

    await write(ann, 'Meanwhile.')
    await expect(message(ann, 'Meanwhile.')).toHaveAttribute('data-state', 'sending')
    expect((await bob.history())[0]).toMatchObject({ body: 'Before.' })
    const shown = new Promise((resolve) => cleo.socket.once('presence:changed', resolve))
    await bob.ask('presence:set', { presence: 'away' })
    expect(await shown).toMatchObject({ presence: { [bob.hello.me.id]: 'away' } })
    for (const client of [bob, cleo]) client.close()

    // Another program brings over what waits in the log, and so makes room.
    await besides(natter.dir, `database.exec('PRAGMA wal_checkpoint(TRUNCATE)')`).says(/(\(done\))/)
    await expect.poll(() => ready(natter.url)).toMatchObject({ status: 200, ready: true })
    await expect(message(ann, 'Meanwhile.')).toHaveAttribute('data-state', 'sent', { timeout: 10_000 })
    expect(natter.output()).toMatch(/"storage trouble"[^]*"storing again"/)
  })
})

test('a database that another process keeps to itself costs nobody a message, and stops nobody', async ({
  natter,
  person,
}) => {
  const ann = await person('Ann')
  const bob = await connect(natter.url, 'Bob')
  await bob.fill(20, (i) => `no. ${i}`)
  const other = besides(natter.dir, `database.exec('BEGIN EXCLUSIVE'); setInterval(() => {}, 1000)`)
  await other.says(/(\(done\))/)

  await write(ann, 'Held back.')
  const refused = sendUntilRefused(bob, bob.roomId, 'x')
  const slowest = await slowestAnswer(natter.url, Promise.all([refused, bob.history()]))
  expect(await refused).toMatchObject({ code: 'storage_unavailable' })
  expect((await refused).ms).toBeLessThan(5_000)
  // Whoever waited for the lock on the main thread would let everybody wait for a second at least.
  expect(slowest).toBeLessThan(900)
  // Until the writer has said why, that it does not answer is all there is to say.
  await expect.poll(() => ready(natter.url)).toMatchObject({ status: 503, ready: false, trouble: 'database is locked' })
  await expect(message(ann, 'Held back.')).toHaveAttribute('data-state', 'sending')
  await expect(list(ann)).toBeVisible()

  await other.kill('SIGKILL')
  await expect(message(ann, 'Held back.')).toHaveAttribute('data-state', 'sent')
  await expect.poll(() => ready(natter.url)).toMatchObject({ status: 200, ready: true })
  expect((await bob.history()).filter(({ body }) => body === 'Held back.')).toHaveLength(1)
  bob.close()
})

test('does not start on a database that it may only read, and says so in one line', async ({}, info) => {
  const DATA_DIR = info.outputPath('data')
  const natter = run(ways.server.command, { DATA_DIR, PORT: '0' })
  await natter.says(ways.server.address)
  await natter.kill('SIGTERM')
  const database = path.join(DATA_DIR, 'natter.db')
  chmodSync(database, 0o400)
  const before = readFileSync(database)
  // No mode of a file stops root, as long as root has that right.
  const asAnybody: [string, ...string[]] = ['setpriv', '--bounding-set', '-dac_override', ...ways.server.command]
  const again = run(process.getuid?.() === 0 ? asAnybody : ways.server.command, { DATA_DIR, PORT: '0' })
  expect(await again.ended).toBe(1)
  expect(again.output()).toBe(`${database} may only be read by the user who starts Natter.\n`)
  expect(readFileSync(database).equals(before)).toBe(true)
})

test('nobody else on the machine may look into what it keeps', async ({}, info) => {
  const DATA_DIR = info.outputPath('made', 'by', 'natter')
  const natter = run(ways.server.command, { DATA_DIR, PORT: '0' })
  const bob = await connect(await natter.says(ways.server.address), 'Bob')
  await bob.say('hi')
  bob.close()
  const names = readdirSync(DATA_DIR).map((name) => path.join(DATA_DIR, name))
  expect(names.length).toBeGreaterThan(3)
  for (const name of [DATA_DIR, ...names]) expect(statSync(name).mode & 0o077, name).toBe(0)
  expect(await natter.kill('SIGTERM')).toBe(0)
})

test('kill -9 is no restore: clients keep what they have', async ({ natter }) => {
  const logs = new Set<string>()
  for (let cycle = 0; cycle < 3; cycle++) {
    const bob = await connect(natter.url, `Bob ${cycle}`)
    logs.add(bob.hello.logId)
    await bob.fill(50, (i) => `no. ${i}`)
    bob.close()
    await natter.kill('SIGKILL')
    await natter.restart()
  }
  expect(logs.size).toBe(1)
})

test('a backup made while people write is brought back by a command, and begins a new log', async ({
  natter,
}, info) => {
  const DATA_DIR = natter.dir
  const backup = info.outputPath('backup.db')
  const bob = await connect(natter.url, 'Bob')
  await bob.fill(20, (i) => `no. ${i}`)
  let writing = true
  const writer = (async () => {
    for (let i = 20; writing; i++) await bob.say(`no. ${i}`)
  })()
  const saved = run(['npm', 'run', '--silent', 'backup', backup], { DATA_DIR })
  expect([await saved.ended, saved.output()]).toEqual([0, `${backup} has everything that ${DATA_DIR} has.\n`])
  writing = false
  await writer
  await bob.say('after the backup')

  const early = run(['npm', 'run', '--silent', 'restore', backup], { DATA_DIR })
  expect([await early.ended, early.output()]).toEqual([1, `Another Natter is already using ${DATA_DIR}.\n`])
  bob.close()
  await natter.kill('SIGTERM')
  const restored = run(['npm', 'run', '--silent', 'restore', backup], { DATA_DIR })
  expect(await restored.ended).toBe(0)
  expect(restored.output()).toBe(
    `${DATA_DIR} has what ${backup} has. What was there before is ${DATA_DIR}/natter.db.before-restore; Natter removes it after 30 days.\n`,
  )
  await natter.restart()
  const cleo = await connect(natter.url, 'Cleo')
  expect(cleo.hello.logId).not.toBe(bob.hello.logId)
  const kept = (await cleo.history()).map(({ body }) => body)
  expect(kept.length).toBeGreaterThanOrEqual(20)
  expect(kept).toEqual(kept.map((_, i) => `no. ${i}`))
  cleo.close()
})
