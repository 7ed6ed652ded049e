import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Client } from 'pg'
import { findPostgres, findRedis } from '../../scripts/services.mjs'

/** A real program beside the server, private to who started it: it can be killed, stopped and started again. */
export type Service = {
  url: string
  /** Sends it, and all processes that it has made, a signal. After one that ends it, it has ended. */
  kill: (signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => Promise<void>
  /** Again, on the same port and with what it had kept. Resolves as soon as it answers. */
  start: () => Promise<void>
  /** In order, and its folder is gone. */
  stop: () => Promise<void>
}

/** Until it answers; a busy machine may take long. Milliseconds. */
const START = 30_000

type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root: it gets the account that its package made, or "nobody". */
function accountFor(user: string): Account {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string, name: string) => spawnSync('id', [flag, name]).stdout.toString().trim()
  const name = number('-u', user) ? user : 'nobody'
  return { uid: Number(number('-u', name)), gid: Number(number('-g', name)) }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The processes that one has made. They may be in groups of their own, as PostgreSQL's are. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
  const lines = spawnSync('ps', ['-A', '-o', 'pid=,ppid=']).stdout.toString().trim().split('\n')
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []))
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

type Program = {
  name: string
  url: string
  dir: string
  account: Account
  command: string
  args: string[]
  /** Ends it in order. */
  farewell: NodeJS.Signals
  /** Rejects until it answers. */
  ask: () => Promise<unknown>
}

async function run({ name, url, dir, account, command, args, farewell, ask }: Program): Promise<Service> {
  let child: ChildProcess | undefined
  const running = () => child?.exitCode === null && child.signalCode === null
  const tree = () => (child?.pid && running() ? [child.pid, ...childrenOf(child.pid)] : [])
  const cleanUp = () => {
    for (const pid of tree()) signal(pid, 'SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  }
  process.once('exit', cleanUp)

  async function ended(send: () => void): Promise<void> {
    if (!child || !running()) return
    const exit = once(child, 'exit')
    send()
    await exit
  }

  const service: Service = {
    url,
    async start() {
      if (running()) throw new Error(`${name} runs already.`)
      let said = ''
      child = spawn(command, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], ...account })
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-4_000)))
      const until = performance.now() + START
      for (;;) {
        try {
          return void (await ask())
        } catch (error) {
          if (!running() || performance.now() > until)
            throw new Error(`${name} does not start: ${String(error)}\n${said}`, { cause: error })
          await after(10)
        }
      }
    },
    async kill(name) {
      const [pid] = tree()
      if (pid === undefined) return
      // The first makes no others while it is stopped.
      if (name !== 'SIGCONT') signal(pid, 'SIGSTOP')
      const all = tree()
      const send = () => all.forEach((one) => signal(one, name))
      await (name === 'SIGKILL' ? ended(send) : send())
    },
    async stop() {
      await service.kill('SIGCONT')
      await ended(() => child?.kill(farewell))
      cleanUp()
      process.off('exit', cleanUp)
    },
  }
  try {
    await service.start()
  } catch (error) {
    await service.kill('SIGKILL')
    cleanUp()
    throw error
  }
  return service
}

/** Linux keeps it in memory. */
const MEMORY = '/dev/shm'
/** What databases that come and go need of it, at most. Bytes. */
const ROOM = 2 * 1024 ** 3

/** Where files are made quickest that nobody needs after the process: a new database is some 400 of them. */
function quickest(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > ROOM ? MEMORY : tmpdir()
}

/** A folder that is the account's. */
function folderFor(account: Account, name: string, within = tmpdir()): string {
  const dir = mkdtempSync(path.join(within, `natter-${name}-`))
  if (account.uid !== undefined && account.gid !== undefined) chownSync(dir, account.uid, account.gid)
  return dir
}

/**
 * An empty PostgreSQL. `durable`: what is committed is on the disk, as on a real machine; without it everything is quicker, and
 * a killed process still loses nothing. `standbyOf`: not an empty one, but one that follows the one with this address.
 */
export async function startPostgres({ durable = false, standbyOf = '' } = {}): Promise<Service> {
  const bin = findPostgres()
  if (bin === undefined) throw new Error('PostgreSQL was not found: install it, version 15 or newer.')
  const [account, port] = [accountFor('postgres'), await freePort()]
  const dir = folderFor(account, 'postgres', durable ? tmpdir() : quickest())
  const [program, ...how] = standbyOf
    ? ['pg_basebackup', '-d', standbyOf, '--write-recovery-conf', '--checkpoint=fast', '--no-sync']
    : ['initdb', '-U', 'natter', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  const made = spawnSync(path.join(bin, program ?? ''), ['-D', dir, ...how], { cwd: dir, ...account })
  if (made.status !== 0) throw new Error(`PostgreSQL makes no database: ${made.stderr.toString()}`)
  const connectionString = `postgres://natter@127.0.0.1:${port}/postgres`
  const settings = ['max_connections=200', ...(durable ? [] : ['fsync=off', 'full_page_writes=off'])]
  const where = ['-D', dir, '-p', `${port}`, '-h', '127.0.0.1', '-k', '']
  return run({
    name: 'PostgreSQL',
    url: connectionString,
    dir,
    account,
    command: path.join(bin, 'postgres'),
    args: [...where, ...settings.flatMap((setting) => ['-c', setting])],
    farewell: 'SIGINT',
    async ask() {
      const client = new Client({ connectionString })
      // Without a listener, one that ends by itself would end the process.
      client.on('error', () => undefined)
      await client.connect()
      await client.end()
    },
  })
}

/** For a whole run of the tests: the one that TEST_DATABASE_URL names, or one of its own. */
export async function postgresOfRun(): Promise<Pick<Service, 'url' | 'stop'>> {
  const given = process.env['TEST_DATABASE_URL']
  return given ? { url: given, stop: async () => {} } : startPostgres()
}

/** An empty Redis, which keeps nothing on the disk. */
export async function startRedis(): Promise<Service> {
  const command = findRedis()
  if (command === undefined) throw new Error('Redis was not found: install it, version 7 or newer, or Valkey.')
  const [account, port] = [accountFor('redis'), await freePort()]
  const dir = folderFor(account, 'redis')
  return run({
    name: 'Redis',
    url: `redis://127.0.0.1:${port}`,
    dir,
    account,
    command,
    args: ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    farewell: 'SIGTERM',
    async ask() {
      const socket = connect(port, '127.0.0.1')
      try {
        await once(socket, 'connect')
        socket.write('PING\r\n')
        const [answer] = await once(socket, 'data')
        if (!String(answer).startsWith('+PONG')) throw new Error(String(answer))
      } finally {
        socket.destroy()
      }
    },
  })
}
