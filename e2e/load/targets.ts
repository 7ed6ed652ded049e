import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { comeIn } from '../support/client.ts'
import { natterCommand, run, type Command, type Running } from '../support/run.ts'
import { pinned } from './pinning.ts'
import { speeches, type Guest, type Speech } from './speech.ts'

export type Probe = { rss: number; held: number; p50: number; p99: number; max: number }

/** A server that runs and is measured. */
export type Target = {
  url: URL
  speech: Speech
  guests: Guest[]
  /** Seconds of its processor that it has used, all threads together. Null for a server elsewhere, and where that is not told. */
  cpu: () => Promise<number | null>
  /** Of memory in bytes, of its event loop in milliseconds since the last time. Null for a server elsewhere. */
  probe: () => Promise<Probe | null>
  stop: () => Promise<void>
}

/** How many are about to come; how many rooms there are beside the one of all, and in how many of them each is. */
export type Crowded = { people: number; rooms?: number; each?: number }
export type Start = (crowded: Crowded) => Promise<Target>

const MANY = '1000000'
/** Nobody is held back for talking a lot; all else is as it is for whoever runs it. */
export const natterSettings = {
  LIMIT_MESSAGES: MANY,
  LIMIT_REQUESTS: MANY,
  LIMIT_JOINS: MANY,
  LIMIT_ROOMS: MANY,
  LOG_LEVEL: 'error',
}

/** Linux counts in hundredths of a second. */
const TICKS = 100

/** Null for a process that is none, and where that is not told. */
export async function cpuOf(pid: number): Promise<number | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return ((user ?? 0) + (system ?? 0)) / TICKS
  } catch {
    return null
  }
}

/** Names of rooms for a server that knows nobody: the same as Natter's folders are filled by. */
function roomsOf(i: number, names: readonly string[], each: number): string[] {
  const [all = '', ...others] = names
  return [all, ...Array.from({ length: each }, (_, j) => others[(i * each + j) % others.length] ?? '')]
}

type Filled = { dir: string; guests: Guest[] }
const filled = new Map<string, Promise<Filled>>()

/** Filling takes longer than copying. */
function folderOf({ people, rooms = 0, each = 0 }: Crowded): Promise<Filled> {
  const key = [people, rooms, each].join()
  const made = filled.get(key) ?? fill()
  filled.set(key, made)
  return made

  async function fill(): Promise<Filled> {
    const dir = await mkdtemp(path.join(tmpdir(), 'natter-people-'))
    const program = 'server/store/sqlite/testing/fillPeople.ts'
    const filling = run([process.execPath, program, dir, ...[people, rooms, each].map(String)])
    if ((await filling.ended) !== 0) throw new Error(filling.output())
    const told = JSON.parse(filling.output().trim()) as { sessions: string[]; rooms: string[] }
    const guests = told.sessions.map((session, i) => ({
      cookie: `natter=${session}`,
      rooms: roomsOf(i, told.rooms, each),
    }))
    return { dir, guests }
  }
}

export async function removeFolders(): Promise<void> {
  for (const { dir } of await Promise.all(filled.values())) await rm(dir, { recursive: true, force: true })
  filled.clear()
}

const strangers = ({ people, rooms = 0, each = 0 }: Crowded): Guest[] => {
  const names = Array.from({ length: rooms + 1 }, (_, i) => `room ${i}`)
  return Array.from({ length: people }, (_, i) => ({ cookie: '', rooms: roomsOf(i, names, each) }))
}

/** Pinned where it is compared: what it leaves to other threads is then on the same core. */
async function start(
  command: Command,
  speech: Speech,
  dir: string,
  environment: Record<string, string>,
  place = pinned,
) {
  const probe = `--import=${new URL('probe.mjs', import.meta.url).href}`
  const [program, ...args] = command
  const running = run(place([program, probe, ...args]), { PORT: '0', DATA_DIR: dir, ...environment })
  return { ...described(running), speech, url: new URL(await running.says(/ is at (http:\S+)/)) }

  function described({ pid, kill, says, signal }: Running) {
    let probes = 0
    return {
      cpu: () => cpuOf(pid),
      async probe() {
        const told = says(new RegExp(`probe ${++probes} (.*) done`))
        signal('SIGUSR2')
        return JSON.parse(await told) as Probe
      },
      async stop() {
        await kill('SIGTERM')
        await rm(dir, { recursive: true, force: true })
      },
    }
  }
}

/** Natter in a folder that is there already; by itself, it has the whole machine. */
export const natterIn = (dir: string, place = (command: Command) => command) =>
  start(natterCommand, speeches.natter, dir, natterSettings, place)

const empty = () => mkdtemp(path.join(tmpdir(), 'natter-load-'))
const peer = (file: string, speech: Speech, environment = {}): Start => {
  const command: Command = [process.execPath, path.join(import.meta.dirname, 'peers', file)]
  return async (crowded) => ({
    ...(await start(command, speech, await empty(), environment)),
    guests: strangers(crowded),
  })
}

const own: Record<string, Start> = {
  natter: async (crowded) => {
    const { dir, guests } = await folderOf(crowded)
    const copy = await empty()
    await cp(dir, copy, { recursive: true })
    return { ...(await natterIn(copy, pinned)), guests: guests.map((guest) => ({ ...guest })) }
  },
  tutorial: peer('tutorial.ts', speeches.tutorial),
  storing: peer('tutorial.ts', speeches.tutorial, { STORE: '1' }),
  ws: peer('ws.ts', speeches.ws),
}

/** A server that somebody else has started, in its one room: `natter@http://…`. */
function elsewhere(kind: keyof typeof speeches, address: string): Start {
  const url = new URL(address)
  return async (crowded) => {
    let guests = strangers({ people: crowded.people })
    if (kind === 'natter') {
      guests = []
      for (let i = 0; i < crowded.people; i++) {
        const cookie = await comeIn(url.origin, `Load ${process.pid} ${i}`)
        guests.push({ cookie, rooms: [] })
      }
    }
    const nothing = () => Promise.resolve(null)
    return { url, speech: speeches[kind], guests, cpu: nothing, probe: nothing, stop: () => Promise.resolve() }
  }
}

const isKind = (kind: string): kind is keyof typeof speeches => Object.hasOwn(speeches, kind)

/** By what somebody named with `--targets`. Throws an Error with one sentence for people. */
export function startOf(name: string): Start {
  const [kind = '', address] = name.split('@', 2)
  if (address === undefined && own[name]) return own[name]
  if (address !== undefined && isKind(kind)) return elsewhere(kind, address)
  throw new Error(
    `"${name}" is none of ${Object.keys(own).join(', ')}, nor ${Object.keys(speeches).join('@, ')}@ and an address.`,
  )
}
