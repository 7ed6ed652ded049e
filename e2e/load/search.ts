import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Client as Database } from 'pg'
import { startPostgres } from '../../server/testing/services.ts'
import { connect, connectAs, type Client } from '../support/client.ts'
import { natterCommand, run } from '../support/run.ts'

/** How long each half is measured, without anybody who searches and with some. Milliseconds. */
const HALF = 30_000
const [SENDERS, MESSAGES_PER_SECOND] = [10, 50]
/** Several people at once, each at so many milliseconds a key. */
const [TYPISTS, KEY] = [5, 150]

export type Folder = { session: string; words: string[][] }

/** How long things took, in milliseconds, to a tenth. */
export function spread(times: readonly number[]): { p50: number; p95: number; p99: number; max: number; n: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const tenth = (time = 0) => Math.round(time * 10) / 10
  const at = (share: number) => tenth(sorted[Math.floor(sorted.length * share)])
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: tenth(sorted.at(-1)), n: times.length }
}

export async function timed(task: () => Promise<unknown>, times: number[]): Promise<void> {
  const since = performance.now()
  await task()
  times.push(performance.now() - since)
}

/** A folder with so many messages; tells of every tenth of them. */
export async function fill(dir: string, messages: number): Promise<Folder> {
  const filling = run([process.execPath, 'server/store/sqlite/testing/fillFolder.ts', dir, String(messages)])
  for (let tenth = 1; tenth <= 10; tenth++) {
    await filling.says(new RegExp(`"done":(${Math.ceil(messages / 100) * 10 * tenth}|${messages}),`))
    console.log(`${tenth * 10} % of ${messages.toLocaleString('en')} messages are there`)
  }
  await filling.ended
  return JSON.parse(filling.output().trim().split('\n').at(-1) ?? '') as Folder
}

/** 50 messages a second, for so long. Resolves to how long each took to be answered. */
async function send(senders: readonly Client[], words: readonly string[][]): Promise<number[]> {
  const times: number[] = []
  const one = async (sender: Client, i: number) => {
    const text = Array.from({ length: 8 }, (_, j) => words[0]?.[(i * 7 + j * 131) % 2_000]).join(' ')
    await timed(() => sender.say(text), times)
  }
  const sent: Promise<void>[] = []
  const begin = performance.now()
  for (let i = 0; i < (HALF / 1000) * MESSAGES_PER_SECOND; i++) {
    await after(Math.max(0, begin + (i * 1000) / MESSAGES_PER_SECOND - performance.now()))
    const sender = senders[i % senders.length]
    if (sender) sent.push(one(sender, i))
  }
  await Promise.all(sent)
  return times
}

/** Types words of all scripts, key by key, until nobody listens any more. */
async function type(typist: Client, words: readonly string[][], which: number, going: () => boolean, times: number[]) {
  for (let i = which; going(); i += TYPISTS) {
    const script = words[i % words.length] ?? []
    const first = script[(i * 37) % script.length] ?? ''
    const text = i % 3 === 0 ? `${first} ${script[(i * 11) % 50]}` : first
    for (let length = 1; length <= text.length && going(); length++) {
      const key = after(KEY)
      await timed(() => typist.ask('search:messages', { query: text.slice(0, length) }), times)
      await key
    }
  }
}

async function measure(url: string, { session, words }: Folder) {
  const senders = await Promise.all(Array.from({ length: SENDERS }, (_, i) => connect(url, `Sender ${i}`)))
  const typists = [await connectAs(url, `natter=${session}`)]
  for (let i = 1; i < TYPISTS; i++) typists.push(await connect(url, `Typist ${i}`))
  await typists[0]?.ask('search:messages', { query: 'warm' })
  const alone = await send(senders, words)
  const searches: number[] = []
  let going = true
  const typing = typists.map((typist, i) => type(typist, words, i, () => going, searches))
  const beside = await send(senders, words)
  going = false
  await Promise.all(typing)
  for (const one of [...senders, ...typists]) one.close()
  return { searches: spread(searches), alone: spread(alone), beside: spread(beside) }
}

/** What is in the folder goes into PostgreSQL, with every word of it in the index. Resolves to how many bytes that is. */
async function moveTo(url: string, dir: string): Promise<number> {
  const moving = run([process.execPath, 'scripts/move.ts', '--to', url], { DATA_DIR: dir })
  if ((await moving.ended) !== 0) throw new Error(moving.output())
  const natter = run(natterCommand, { PORT: '0', DATA_DIR: dir, DATABASE_URL: url })
  await natter.says(/Natter is at (http:\S+)/)
  const database = new Database({ connectionString: url })
  await database.connect()
  for (let left = Infinity; left > 0;) {
    await after(1_000)
    const { rows } = await database.query<{ n: string }>('SELECT count(*) AS n FROM to_search')
    left = Number(rows[0]?.n)
    console.log(`${left.toLocaleString('en')} messages are still to be indexed`)
  }
  await database.query('VACUUM ANALYZE')
  const { rows } = await database.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size')
  await database.end()
  await natter.kill('SIGTERM')
  return Number(rows[0]?.size)
}

/** Search as you type in a million messages, while others write: `npm run bench -- search [messages [postgres]]`. */
export async function search([messages = '1000000', where = 'sqlite']: string[]): Promise<Record<string, unknown>> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-bench-'))
  const postgres = where === 'postgres' ? await startPostgres({ durable: true }) : null
  try {
    const folder = await fill(dir, Number(messages))
    const size = postgres ? await moveTo(postgres.url, dir) : (await stat(path.join(dir, 'natter.db'))).size
    const many = '1000000'
    const limits = { LIMIT_MESSAGES: many, LIMIT_REQUESTS: many, LIMIT_JOINS: many }
    const since = performance.now()
    const server = run(natterCommand, {
      PORT: '0',
      DATA_DIR: dir,
      ...(postgres && { DATABASE_URL: postgres.url }),
      ...limits,
    })
    const url = await server.says(/Natter is at (http:\S+)/)
    const ready = Math.round(performance.now() - since)
    const { searches, alone, beside } = await measure(url, folder)
    await server.kill('SIGTERM')
    const ratio = Math.round((beside.p50 / alone.p50) * 100) / 100
    console.log(
      `${Number(messages).toLocaleString('en')} messages, ${Math.round(size / 1e6)} MB, ready after ${ready} ms.
${searches.n} searches by ${TYPISTS} people who type, beside ${MESSAGES_PER_SECOND} messages a second: p50 ${searches.p50} ms, p95 ${searches.p95} ms, p99 ${searches.p99} ms.
Sending: p50 ${alone.p50} ms, p95 ${alone.p95} ms without searches; p50 ${beside.p50} ms, p95 ${beside.p95} ms with them: ${ratio} times.`,
    )
    return { where, messages: Number(messages), bytes: size, ready, searches, alone, beside, ratio }
  } finally {
    await postgres?.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
