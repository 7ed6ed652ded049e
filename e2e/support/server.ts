import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseOfRun } from './database.ts'
import { natterCommand, run, type Command, type Running } from './run.ts'

/** A Natter of its own: the real process, a free port, an empty data folder. */
export type Natter = {
  url: string
  /** The data folder. */
  dir: string
  /** By which its commands find what it keeps. */
  whereabouts: Record<string, string>
  /** Of the process that was started last. */
  pid: number
  /** Everything it has printed so far. */
  output: () => string
  /** Sends it a signal that it survives, such as SIGSTOP and SIGCONT. */
  signal: (signal: NodeJS.Signals) => void
  /** Resolves to its exit code, or null if the signal ended it. */
  kill: (signal?: NodeJS.Signals) => Promise<number | null>
  /** Starts it again on the same port and data. */
  restart: () => Promise<void>
  /** Ends it and removes its data. */
  stop: () => Promise<void>
}

/** A server is started for almost every test: compiled once, each takes less time. */
const NODE_COMPILE_CACHE = path.join(tmpdir(), 'natter-compiled')

/** A command that starts Natter, and where what it prints has the address. */
export type Way = { command: Command; address: RegExp }

export const ways = {
  server: { command: natterCommand, address: /Natter is at (http:\S+)/ },
  start: { command: ['npm', 'start'], address: /Natter is at (http:\S+)/ },
  dev: { command: ['npm', 'run', 'dev'], address: /Local: +(http:\S+)/ },
} satisfies Record<string, Way>

/** `root`: the folder that it is started in, if it is not this checkout. */
export async function startNatter(
  environment: Record<string, string> = {},
  { way = ways.server, root }: { way?: Way; root?: string } = {},
): Promise<Natter> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-e2e-'))
  const database = await databaseOfRun(environment)
  const whereabouts = { ...database.environment, DATA_DIR: dir }
  let earlier = ''
  let running: Running
  let port = environment['PORT'] ?? '0'

  async function start(): Promise<URL> {
    running = run(
      way.command,
      { LIMIT_JOINS: '1000', NODE_COMPILE_CACHE, ...environment, ...whereabouts, PORT: port },
      root,
    )
    return new URL(await running.says(way.address))
  }

  const url = await start()
  port = url.port
  return {
    url: url.origin,
    dir,
    whereabouts,
    get pid() {
      return running.pid
    },
    output: () => earlier + running.output(),
    signal: (signal) => running.signal(signal),
    kill: (signal = 'SIGKILL') => running.kill(signal),
    async restart() {
      earlier += running.output()
      await start()
    },
    async stop() {
      await running.kill('SIGTERM')
      await database.drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
