import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished, vi } from 'vitest'
import { draftOf, inhabit, refusal, sayMany, seqsOf, range } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openFresh } from './testing/openFresh.ts'

const unavailable = refusal('storage_unavailable')

/** A store with ann in it, and what whoever runs the place hears. */
async function inTrouble() {
  const troubles: string[] = []
  const told: string[] = []
  const fresh = await openFresh({
    onTrouble: (error) => troubles.push(String(error)),
    tell: (sentence) => told.push(sentence),
  })
  const inhabited = await inhabit(async () => fresh, 'ann')
  return { ...fresh, ...inhabited, troubles, told }
}

/** Another process that keeps the database to itself. Resolves to how it lets go. */
async function heldByAnother(file: string): Promise<() => Promise<unknown>> {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(${JSON.stringify(file)}, { timeout: 5000 })
    database.exec('BEGIN EXCLUSIVE')
    console.log('held')
    setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(other, 'exit')
  onTestFinished(() => void other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  return () => {
    other.kill('SIGKILL')
    return ended
  }
}

/** As a disk that hangs: a message with this text takes the writer so many milliseconds at least. */
function hangAt(file: string, body: string, ms: number): void {
  const other = openDatabase(file)
  const counting = (to: number) =>
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) SELECT count(*) FROM n`
  const sample = 1_000_000
  // As fast as this machine is when it does nothing else: at other times it takes longer, and never less.
  const perMs = Math.max(
    ...range(1, 5).map(() => {
      const before = performance.now()
      other.get(counting(sample))
      return sample / (performance.now() - before)
    }),
  )
  other.exec(`CREATE TRIGGER hang BEFORE INSERT ON messages WHEN new.body = '${body}'
    BEGIN SELECT (${counting(Math.round(ms * perMs))}); END`)
  other.close()
}

const timed = async (task: Promise<unknown>) => {
  const before = performance.now()
  await task
  return performance.now() - before
}

it('refuses within 5 s what cannot be stored while another process keeps the database to itself, and reads go on', async () => {
  const { store, file, lobby, ann, troubles, told } = await inTrouble()
  const sent = await sayMany(store, lobby, ann, 10)
  const release = await heldByAnother(file)
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()

  const drafts = range(1, 3).map(() => draftOf(lobby, ann))
  const refused = drafts.map((draft) => timed(expect(store.messages.append(draft)).rejects.toEqual(unavailable)))
  const page = { roomId: lobby, limit: 100 }
  for (let reads = 0; reads < 20; reads++) {
    expect((await store.messages.list(page)).messages).toEqual(sent)
    await after(20)
  }
  expect(Math.max(...(await Promise.all(refused)))).toBeLessThan(5_000)
  expect(store.condition()).toEqual({ trouble: 'database is locked', damage: null })
  delay.disable()
  // Whoever waited for the lock on this thread would stand still for two seconds.
  expect(delay.max / 1e6).toBeLessThan(1_000)

  await release()
  await expect.poll(() => store.condition().trouble).toBeNull()
  expect(seqsOf(await Promise.all(drafts.map(store.messages.append)))).toEqual([11, 12, 13])
  expect([troubles, told]).toEqual([['Error: database is locked'], ['storing again']])
})

it('refuses within 5 s what waits behind a disk that does not answer, and does it nowhere behind their backs', async () => {
  const { store, file, lobby, ann } = await inTrouble()
  hangAt(file, 'hang', 7_000)

  const hanging = draftOf(lobby, ann, 'hang')
  const first = timed(expect(store.messages.append(hanging)).rejects.toEqual(unavailable))
  await after(100)
  const behind = timed(expect(store.messages.append(draftOf(lobby, ann, 'given up'))).rejects.toEqual(unavailable))
  expect(Math.max(await first, await behind)).toBeLessThan(5_000)
  expect(store.condition().trouble).toBe('the disk does not answer')
  // More of it would only wait in memory.
  expect(await timed(expect(store.messages.append(draftOf(lobby, ann))).rejects.toEqual(unavailable))).toBeLessThan(
    1_000,
  )

  await expect.poll(() => store.condition().trouble, { timeout: 30_000 }).toBeNull()
  // It may be there although it was refused: whoever asks again under its key gets the same one.
  expect(await store.messages.append(hanging)).toMatchObject({ seq: 1, body: 'hang' })
  await store.messages.append(draftOf(lobby, ann, 'after'))
  const { messages } = await store.messages.list({ roomId: lobby, limit: 10 })
  expect(messages.map(({ body }) => body)).toEqual(['hang', 'after'])
}, 60_000)

it.each([
  ['is ended', (writer: Worker) => writer.terminate()],
  ['runs into a mistake of ours', async (writer: Worker) => writer.postMessage(null)],
])('starts the writer again when it %s, and loses nothing', async (_, end) => {
  const { store, lobby, ann, troubles } = await inTrouble()
  const posts = vi.spyOn(Worker.prototype, 'postMessage')
  onTestFinished(() => posts.mockRestore())
  const sent = await sayMany(store, lobby, ann, 10)
  const [writer] = posts.mock.contexts as Worker[]
  if (!writer) throw new Error('Whoever writes tells the writer.')

  const draft = draftOf(lobby, ann)
  const ended = end(writer)
  const last = store.messages.append(draft).catch((error: unknown) => error)
  await ended
  await expect.poll(() => store.condition().trouble).not.toBeNull()
  await expect(store.messages.append(draftOf(lobby, ann))).rejects.toEqual(unavailable)
  expect((await store.messages.list({ roomId: lobby, limit: 10 })).messages).toEqual(sent)
  expect(await last).toEqual(unavailable)

  await expect.poll(() => store.condition().trouble).toBeNull()
  expect(await store.messages.append(draft)).toMatchObject({ seq: 11 })
  expect(troubles).toHaveLength(1)
})

it('says yes to nothing while its file is gone from the folder, and goes on when it is back', async () => {
  const { store, file, lobby, ann } = await inTrouble()
  await rename(file, `${file}.away`)
  const draft = draftOf(lobby, ann)
  await expect(store.messages.append(draft)).rejects.toEqual(unavailable)
  expect(store.condition().trouble).toBe('the database is gone from its folder')
  await rename(`${file}.away`, file)
  await expect.poll(() => store.condition().trouble).toBeNull()
  expect(await store.messages.append(draft)).toMatchObject({ seq: 1 })
})

it('refuses what a damaged page keeps from being read, says so, and goes on with the rest', async () => {
  const { store, file, lobby, ann, reopen, troubles } = await inTrouble()
  for (const i of range(1, 300)) void store.messages.append(draftOf(lobby, ann, `number ${i} `.repeat(60)))
  const later = await reopen()
  const seq = await damageOnePage(file, 150)

  const page = { roomId: lobby, before: seq + 1, limit: 1 }
  await expect(later.messages.list(page)).rejects.toEqual(unavailable)
  expect(later.condition().damage).toMatch(/^natter\.db is damaged\. [^\n]+npm run restore/)
  await expect(later.messages.list(page)).rejects.toEqual(unavailable)
  expect(troubles).toEqual([`Error: ${path.dirname(file)}/${later.condition().damage}`])
  expect((await later.messages.list({ ...page, before: 2 })).messages).toMatchObject([{ seq: 1 }])
  expect(await later.messages.append(draftOf(lobby, ann, 'end'))).toMatchObject({ seq: 301 })
})

/** A page of messages and nothing below it. https://sqlite.org/fileformat.html#b_tree_pages */
const LEAF = 10

/** Turns over what says where in a page is what. Returns a message on it, at or after this one. */
async function damageOnePage(file: string, seq: number): Promise<number> {
  const bytes = await readFile(file)
  for (let page = 4096; page < bytes.length; page += 4096) {
    if (bytes[page] !== LEAF || !bytes.subarray(page, page + 4096).includes(`number ${seq} `)) continue
    const handle = await open(file, 'r+')
    await handle.write(Buffer.from(bytes.subarray(page, page + 16).map((byte) => ~byte)), 0, 16, page)
    await handle.close()
    return seq
  }
  return damageOnePage(file, seq + 1)
}
