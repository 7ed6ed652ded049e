import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { comeIn, connectAs, type Client } from '../support/client.ts'
import { median } from './report.ts'
import { fill, spread, timed } from './search.ts'
import type { Experiment } from './settings.ts'
import { natterIn, startOf } from './targets.ts'

/** How often somebody does something again, in milliseconds: writing, looking into another room, a key of a search, a sign-in, a file. */
const [WRITE, LOOK, KEY, SIGN_IN, FILE] = [5_000, 3_000, 200, 1_000, 1_000]
const SEARCHING = 5
const FILE_BYTES = 200_000
const PASSWORD = 'a kettle on the big drill'

type Somebody = Client & { cookie: string }
type Times = Record<'sent' | 'looked' | 'searched' | 'signed in' | 'file sent', number[]>

/** Again and again until nobody listens any more, the first time at another moment for each. */
async function every(milliseconds: number, going: () => boolean, task: (i: number) => Promise<unknown>): Promise<void> {
  await after(Math.random() * milliseconds)
  for (let i = 0; going(); i++) {
    const next = after(milliseconds)
    await task(i)
    await next
  }
}

async function send(url: string, { roomId, cookie, ask }: Somebody): Promise<void> {
  const headers = { Cookie: cookie, Origin: url }
  const body = JSON.stringify({ roomId, name: 'notes.bin', size: FILE_BYTES })
  const begun = await fetch(`${url}/api/uploads`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body,
  })
  const { id } = (await begun.json()) as { id: string }
  const bytes = new Uint8Array(FILE_BYTES).fill(1)
  const went = await fetch(`${url}/api/uploads/${id}`, {
    method: 'PATCH',
    headers: { ...headers, 'Upload-Offset': '0' },
    body: bytes,
  })
  if (!went.ok) throw new Error(await went.text())
  await ask('message:send', { roomId, key: crypto.randomUUID(), body: '', files: [{ id }] })
}

async function signIn(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/api/account/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ name, password: PASSWORD }),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** A place as it is used: people write, type, read, change rooms, search, sign in and send files; how late the server's event loop is. */
export const mixed: Experiment = async ({ rounds, seconds, clients, rest: [messages = '100000'] }) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-mixed-'))
  const { words } = await fill(dir, Number(messages))
  const server = await natterIn(dir)
  // On a machine that others use, a process that does nothing is late as well.
  const still = await startOf('ws')({ people: 0 })
  const times: Times = { sent: [], looked: [], searched: [], 'signed in': [], 'file sent': [] }
  try {
    const url = server.url.origin
    const people: Somebody[] = []
    for (let i = 0; i < (clients?.[0] ?? 100); i++) {
      const cookie = await comeIn(url, `Somebody ${i}`)
      people.push({ ...(await connectAs(url, cookie)), cookie })
    }
    const [first] = people
    if (!first) throw new Error('Nobody came.')
    await first.ask('account:password', { password: PASSWORD })

    let going = true
    const goes = () => going
    const life = people.flatMap(({ ask, say, roomId }, i) => [
      every(WRITE, goes, async (n) => {
        await ask('typing:set', { roomId, typing: true })
        await timed(() => say(`What ${words[0]?.[(i * 31 + n) % 2_000]} is`), times.sent)
      }),
      every(LOOK, goes, () =>
        timed(async () => {
          const { head } = await ask('message:list', { roomId })
          await ask('read:advance', { roomId, seq: head.seq })
        }, times.looked),
      ),
    ])
    for (const [i, { ask }] of people.slice(0, SEARCHING).entries())
      life.push(
        every(KEY, goes, (n) => {
          const word = words[(n >> 3) % words.length]?.[(i * 37 + (n >> 3)) % 2_000] ?? ''
          return timed(() => ask('search:messages', { query: word.slice(0, 1 + (n % 8)) }), times.searched)
        }),
      )
    life.push(every(SIGN_IN, goes, () => timed(() => signIn(url, 'Somebody 0'), times['signed in'])))
    life.push(every(FILE, goes, (n) => timed(() => send(url, people[n % people.length] ?? first), times['file sent'])))
    const all = Promise.all(life)
    // Whatever goes wrong is told at once, not when all is over.
    const failed = new Promise<never>((_, reject) => void all.catch(reject))

    const late: { p99: number; max: number; rss: number; still: number; busy: number }[] = []
    await Promise.race([after(3_000), failed])
    await Promise.all([server.probe(), still.probe()])
    for (let round = 1; round <= rounds; round++) {
      const cpu = await server.cpu()
      await Promise.race([after(seconds * 1000), failed])
      const busy = ((await server.cpu()) ?? NaN) - (cpu ?? NaN)
      const [told, beside] = await Promise.all([server.probe(), still.probe()])
      if (!told || !beside) throw new Error('Both run here.')
      const { p99, max, rss } = told
      late.push({ p99, max, rss, still: beside.p99, busy: busy / seconds })
      console.log(
        JSON.stringify({ experiment: 'mixed', round, p99, max, rss, still: beside.p99, busy: busy / seconds }),
      )
    }
    going = false
    await all
    for (const one of people) one.close()
    const middle = (name: 'p99' | 'max' | 'rss' | 'still' | 'busy') => median(late.map((one) => one[name]))
    console.log(
      `${people.length} people: the event loop is late by ${middle('p99').toFixed(1)} ms at p99, ${middle('max').toFixed(1)} ms at most, the middle of ${rounds} (a process beside it that does nothing: ${middle('still').toFixed(1)} ms); ${middle('busy').toFixed(2)} of a core, ${Math.round(middle('rss') / 1e6)} MB.`,
    )
    const took = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, spread(all)]))
    for (const [name, { p50, p99, n }] of Object.entries(took))
      console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms (${n})`)
    return {
      people: people.length,
      p99: middle('p99'),
      max: middle('max'),
      rss: middle('rss'),
      still: middle('still'),
      took,
    }
  } finally {
    await Promise.all([server.stop(), still.stop()])
  }
}
