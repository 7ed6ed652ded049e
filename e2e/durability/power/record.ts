import { execFileSync } from 'node:child_process'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as after } from 'node:timers/promises'
import { connect, type Client } from '../../support/client.ts'
import { natterCommand, run } from '../../support/run.ts'
import { diskAt, filesOf, type Step } from './disk.ts'
import { promisesOf, type Promised } from './promises.ts'
import { CALLS, endsMissing, readTrace } from './trace.ts'

export type Recorded = {
  steps: Step[]
  promises: Promised[]
  /** Messages whose answer reached their sender. */
  acked: number
  /** The moments at which the server was started. */
  starts: number[]
}

/** A server is ended in the middle of its work: killed, or told to stop. Then it is started again on the same folder. */
const ENDS = ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const
/** The data folder is made by the server, in another: its own name has to last too. */
export const DATA = 'data'
const WRITERS = 4
const AT_ONCE = 4

/** One clear line where this machine cannot do it. */
export function mustTrace(): void {
  try {
    execFileSync('strace', ['-f', '-A', '--seccomp-bpf', '-o', '/dev/null', 'true'], { stdio: 'pipe' })
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = missing ? 'It is not installed' : 'It may not look into processes'
    throw new Error(`This needs Linux and strace. ${why} here.`, { cause: error })
  }
}

/** Runs a Natter under strace while people write, ends and starts it a few times, and reads what it did and said. */
export async function record({ root, messages }: { root: string; messages: number }): Promise<Recorded> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'natter-power-'))
  const folder = path.join(scratch, DATA)
  try {
    const lines: string[] = []
    const starts: number[] = []
    let acked = 0
    for (const [i, signal] of ENDS.entries()) {
      starts.push(lines.length + 1)
      const trace = path.join(scratch, `trace-${i}`)
      const share = Math.ceil(messages / ENDS.length)
      acked += await session({ root, folder, trace, signal, messages: share, lull: i === 0 })
      for await (const line of createInterface({ input: createReadStream(trace, 'latin1') })) lines.push(line)
      await rm(trace)
      if (different(lines, scratch).length > 0) lines.push(...endsMissing(lines))
      const wrong = different(lines, scratch)
      if (wrong.length > 0) throw new Error(`Not everything was recorded: ${wrong.join(', ')} is different.`)
      const { steps, sent } = readTrace(lines, scratch)
      if (i < ENDS.length - 1) continue
      const promises = promisesOf(sent)
      const answers = promises.filter((promised) => 'message' in promised).length
      if (answers < acked) throw new Error(`Of ${acked} answers only ${answers} were recorded.`)
      return { steps, promises, acked, starts }
    }
    throw new Error('There was nothing to record.')
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

type Session = {
  root: string
  folder: string
  trace: string
  signal: NodeJS.Signals
  messages: number
  /** Whether nothing is said for a while in the middle, until the server has tidied up. */
  lull: boolean
}

/** Returns how many messages were acked. */
async function session(of: Session): Promise<number> {
  const running = run(
    [
      'strace',
      '-f',
      '-y',
      '--seccomp-bpf',
      '-e',
      'signal=none',
      '-e',
      `trace=${CALLS}`,
      '-s',
      '4000000',
      '-o',
      of.trace,
    ].concat(natterCommand) as [string, ...string[]],
    {
      PORT: '0',
      DATA_DIR: of.folder,
      LIMIT_MESSAGES: '1000000',
      LIMIT_REQUESTS: '1000000',
      LIMIT_JOINS: '1000',
      LOG_LEVEL: 'silent',
      UV_USE_IO_URING: '0',
    },
    of.root,
  )
  const url = new URL(await running.says(/Natter is at (http:\S+)/)).origin
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, (_, i) => connect(url, `Writer ${i} of ${path.basename(of.trace)}`)),
  )
  let acked = 0
  let ending = false
  let enough = () => {}
  const reached = new Promise<void>((resolve) => (enough = resolve))
  let lull = Promise.resolve()
  const count = () => {
    if (++acked === of.messages) enough()
    if (of.lull && acked === Math.floor(of.messages / 2)) lull = untilTidy(of.folder)
    return lull
  }
  const done = Promise.all(writers.map((writer) => keepWriting(writer, count, () => ending)))
  await Promise.race([reached, done])
  ending = true
  // Only the server: strace has to see its end, and ends with it.
  process.kill(childOf(running.pid), of.signal)
  for (const { socket } of writers) socket.io.reconnection(false)
  await running.ended
  for (const { close } of writers) close()
  await done
  return acked
}

/** Several at a time, of all lengths, until the server ends. */
async function keepWriting(writer: Client, acked: () => Promise<void>, isOver: () => boolean): Promise<void> {
  const one = async () => {
    for (let i = 0; !isOver(); i++) {
      const words = Math.ceil((Math.random() < 0.05 ? 900 : 20) * Math.random())
      try {
        const { roomId, seq } = await writer.say(`${i} ${'naïve 🙂 '.repeat(words)}`)
        const lull = acked()
        if (i % 8 === 1) await writer.ask('message:edit', { roomId, seq, body: `${i} again` })
        if (i % 12 === 2) await writer.ask('message:delete', { roomId, seq })
        if (i % 20 === 3) await writer.ask('room:topic', { roomId, topic: `After ${i}` })
        await lull
      } catch (error) {
        // Whoever is ended says so, or nothing more.
        if (isOver()) return
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

/** After a text was changed or deleted, the write-ahead log is cut to nothing: within half a minute, or not at all. */
async function untilTidy(folder: string): Promise<void> {
  const until = performance.now() + 45_000
  while (performance.now() < until && statSync(path.join(folder, 'natter.db-wal')).size > 0) await after(200)
}

const childOf = (pid: number): number => {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  if (!child) throw new Error('The server under strace was not found.')
  return Number(child)
}

/** With everything kept, the computed files must be the real ones, byte for byte: then nothing went past the trace. */
function different(lines: readonly string[], scratch: string): string[] {
  const { steps } = readTrace(lines, scratch)
  const files = filesOf(diskAt(steps, Infinity), { keeps: () => true, tears: false })
  const real = readdirSync(path.join(scratch, DATA), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .map(({ parentPath, name }) => path.relative(scratch, path.join(parentPath, name)))
  return [...new Set([...real, ...files.keys()])].filter((name) => {
    const computed = files.get(name)
    return !computed || !real.includes(name) || !readFileSync(path.join(scratch, name)).equals(computed)
  })
}
