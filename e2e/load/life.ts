import { rm } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'
import type { Payload } from '../../protocol/index.ts'
import { PAGE_SIZE } from '../../protocol/limits.ts'
import { comeIn, connect, connectAs, type Client } from '../support/client.ts'
import { run } from '../support/run.ts'
import { timed, type Folder } from './search.ts'

/** How often somebody does something again: writing, going to another room, a key of a search, a sign-in, a file, a backup. Milliseconds. */
const [WRITE, LOOK, KEY, SIGN_IN, FILE, BACKUP] = [5_000, 3_000, 200, 1_000, 1_000, 10_000]
/** How long one types before it is sent. Milliseconds. */
const TYPING = 1_000
/** Rooms beside the one of all, and in how many of them each is. */
const [ROOMS, EACH] = [8, 3]
const [SEARCHING, SIGNING_IN] = [5, 10]
/** Of those who go to a room that they have been in, so many look further up; and so many messages are in a page of that. */
const [LOOKS_UP, OLDER] = [0.25, 50]
const FILE_BYTES = 200_000
const PASSWORD = 'a kettle on the big drill'

type Somebody = Client & {
  name: string
  cookie: string
  places: string[]
  at: string
  typing: boolean
  /** By room, the first message that they hold, and the newest that they have heard of. Positions. */
  held: Map<string, number>
  heads: Map<string, number>
}
type Deed = 'sent' | 'looked' | 'searched' | 'signed in' | 'file sent' | 'backed up'

export type Life = {
  /** How long it took what was measured, in milliseconds. */
  times: Record<Deed, number[]>
  /** Lets time pass; rejects as soon as anything goes wrong. Milliseconds. */
  pass: (milliseconds: number) => Promise<void>
  /** The same, and counts what begins and ends meanwhile; of backups, what begins. */
  measure: (milliseconds: number) => Promise<void>
  /** Resolves when all have finished what they were doing, and are gone. */
  end: () => Promise<void>
}

/** Again and again until nobody listens any more, the first time at another moment for each. */
async function every(milliseconds: number, going: () => boolean, task: (i: number) => Promise<unknown>): Promise<void> {
  await after(Math.random() * milliseconds)
  for (let i = 0; going(); i++) {
    const next = after(milliseconds)
    await task(i)
    await next
  }
}

/** Rooms by somebody who goes again, with a page of messages in each. Resolves to their ids. */
async function makeRooms(url: string, words: readonly string[]): Promise<string[]> {
  const maker = await connect(url, 'Caretaker')
  const ids: string[] = []
  for (let i = 0; i < ROOMS; i++) {
    const { room } = await maker.ask('room:create', { name: `Corner ${i}` })
    await maker.fill(PAGE_SIZE, (j) => words.slice(j * 8, j * 8 + 8).join(' '), room.id)
    ids.push(room.id)
  }
  maker.close()
  return ids
}

function headsOf({ socket }: Client): Map<string, number> {
  const heads = new Map<string, number>()
  socket.on('events', (...told: Payload<'events'>[]) => {
    for (const { roomId, changes } of told)
      for (const change of changes)
        if (change.type === 'message:changed') heads.set(roomId, Math.max(change.message.seq, heads.get(roomId) ?? 0))
  })
  return heads
}

async function settle(url: string, count: number, words: readonly string[]): Promise<Somebody[]> {
  const rooms = await makeRooms(url, words)
  const people: Somebody[] = []
  for (let i = 0; i < count; i++) {
    const name = `Somebody ${i}`
    const cookie = await comeIn(url, name)
    const client = await connectAs(url, cookie)
    const joined = Array.from({ length: EACH }, (_, j) => rooms[(i * EACH + j) % rooms.length] ?? '')
    await Promise.all(joined.map((roomId) => client.ask('room:join', { roomId })))
    const at = client.roomId
    const somebody = { ...client, name, cookie, places: [at, ...joined], at, typing: false }
    people.push({ ...somebody, held: new Map(), heads: headsOf(client) })
  }
  await Promise.all(people.slice(0, SIGNING_IN).map(({ ask }) => ask('account:password', { password: PASSWORD })))
  return people
}

/** What a page tells and asks when its person opens another room: it holds on to what it was told, and they look further up now and then. */
async function goTo(somebody: Somebody, roomId: string): Promise<void> {
  const { ask, at, typing, held, heads } = somebody
  Object.assign(somebody, { at: roomId, typing: false })
  const first = held.get(roomId)
  const page = first === undefined ? { limit: PAGE_SIZE } : { before: first, limit: OLDER }
  const looksUp = first === undefined || (first > 1 && Math.random() < LOOKS_UP)
  const [list] = await Promise.all([
    looksUp ? ask('message:list', { roomId, ...page }) : null,
    ask('push:looking', { roomId }),
    typing && ask('typing:set', { roomId: at, typing: false }),
  ])
  if (list) held.set(roomId, list.messages[0]?.seq ?? 1)
  const newest = Math.max(list?.head.seq ?? 0, heads.get(roomId) ?? 0)
  if (newest > 0) await ask('read:advance', { roomId, seq: newest })
}

async function type(somebody: Somebody): Promise<void> {
  somebody.typing = true
  await somebody.ask('typing:set', { roomId: somebody.at, typing: true })
  await after(TYPING)
}

async function stopTyping(somebody: Somebody): Promise<void> {
  // Who went to another room meanwhile has said so already.
  if (!somebody.typing) return
  somebody.typing = false
  await somebody.ask('typing:set', { roomId: somebody.at, typing: false })
}

async function sendFile(url: string, { at, cookie, ask }: Somebody): Promise<void> {
  const headers = { Cookie: cookie, Origin: url }
  const body = JSON.stringify({ roomId: at, name: 'notes.bin', size: FILE_BYTES })
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
  await ask('message:send', { roomId: at, key: crypto.randomUUID(), body: '', files: [{ id }] })
}

async function signIn(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/api/account/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ name, password: PASSWORD }),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** As `npm run backup` does. */
async function backUp(dir: string, to: string): Promise<void> {
  const running = run([process.execPath, 'scripts/backup.ts', to], { DATA_DIR: dir })
  if ((await running.ended) !== 0) throw new Error(running.output())
}

/** So many people come into the place that runs in this folder, and begin to do everything that people do. */
export async function live(url: string, dir: string, count: number, words: Folder['words']): Promise<Life> {
  const people = await settle(url, count, words[0] ?? [])
  const turnOf = (n: number, of = people) => of[n % of.length] as Somebody
  const times: Life['times'] = { sent: [], looked: [], searched: [], 'signed in': [], 'file sent': [], 'backed up': [] }
  let going = true
  let span: symbol | null = null
  const goes = () => going

  async function counted(name: Deed, task: () => Promise<unknown>): Promise<void> {
    const before = span
    const took: number[] = []
    await timed(task, took)
    // A backup may take longer than a span, and is not delayed by what the server does between two of them.
    if (before && (before === span || name === 'backed up')) times[name].push(...took)
  }

  const living = people.flatMap((somebody, i) => [
    every(WRITE, goes, async (n) => {
      await type(somebody)
      await counted('sent', () => somebody.say(`What ${words[0]?.[(i * 31 + n) % 2_000]} is`, somebody.at))
      await stopTyping(somebody)
    }),
    every(LOOK, goes, (n) =>
      counted('looked', () => goTo(somebody, somebody.places[(n + 1) % somebody.places.length] ?? '')),
    ),
  ])
  for (const [i, { ask }] of people.slice(0, SEARCHING).entries())
    living.push(
      every(KEY, goes, (n) => {
        const word = words[(n >> 3) % words.length]?.[(i * 37 + (n >> 3)) % 2_000] ?? ''
        return counted('searched', () => ask('search:messages', { query: word.slice(0, 1 + (n % 8)) }))
      }),
    )
  const known = people.slice(0, SIGNING_IN)
  const copy = `${dir}-backup`
  living.push(
    every(SIGN_IN, goes, (n) => counted('signed in', () => signIn(url, turnOf(n, known).name))),
    every(FILE, goes, (n) => counted('file sent', () => sendFile(url, turnOf(n)))),
    every(BACKUP, goes, async () => {
      try {
        await counted('backed up', () => backUp(dir, copy))
      } finally {
        for (const made of [copy, `${copy}.files`]) await rm(made, { recursive: true, force: true })
      }
    }),
  )
  const all = Promise.all(living)
  // Whatever goes wrong is told at once, not when all is over.
  const failed = new Promise<never>((_, reject) => void all.catch(reject).finally(() => (going = false)))
  const pass = (milliseconds: number) => Promise.race([after(milliseconds), failed])

  return {
    times,
    pass,
    async measure(milliseconds) {
      span = Symbol('span')
      await pass(milliseconds)
      span = null
    },
    async end() {
      going = false
      await all
      for (const one of people) one.close()
    },
  }
}
