import { execFile } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import { connect, type Client } from '../support/client.ts'
import { startNatter, type Natter } from '../support/server.ts'
import { endOnSignal } from './options.ts'
import { percentile } from './report.ts'

/**
 * `npm run durability:readers`: many stop to read, half of them answer pings as if nothing were the matter, while others talk.
 * Prints what that costs the server's memory, and the others: the time from sending to the answer, before and meanwhile.
 */
const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    /** Messages in a second, and how long each is. */
    rate: { type: 'string', default: '50' },
    length: { type: 'string', default: '8000' },
  },
})
const [readers, seconds, rate, length] = [values.readers, values.seconds, values.rate, values.length].map(Number)

/** What a hundred who do not read may cost. */
const MOST_MB = 150

endOnSignal()
const natter = await startNatter({ LIMIT_MESSAGES: '1000000', LIMIT_REQUESTS: '1000000', LOG_LEVEL: 'warn' })
const talkers = await Promise.all(Array.from({ length: 10 }, (_, i) => connect(natter.url, `Talker ${i}`)))
const people = await inTurns(readers ?? 0, (i) => connect(natter.url, `Reader ${i}`))

// Once for nothing, so that what is compiled and cached is so both times.
await talk(5)
const before = { memory: await memoryOf(natter), times: await talk(seconds ?? 0, () => memoryOf(natter)) }
const pongs = people.map((one, i) => stopReading(one, i % 2 === 0))
const memory: number[] = []
const times = await talk(seconds ?? 0, async () => memory.push(await memoryOf(natter)))
for (const pong of pongs) clearInterval(pong)

const half = memory.slice(Math.floor(memory.length / 2))
const figures = {
  readers,
  seconds,
  before: { memoryMB: before.memory, p50: percentile(before.times, 0.5), p99: percentile(before.times, 0.99) },
  meanwhile: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
  ratioP99: Number((percentile(times, 0.99) / percentile(before.times, 0.99)).toFixed(2)),
  mostMemoryMB: Math.max(...memory),
  grownMB: Math.max(...memory) - before.memory,
  /** From the beginning of the second half to its end: flat, or still growing. */
  grownInSecondHalfMB: (half.at(-1) ?? 0) - (half[0] ?? 0),
}
console.log(JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)))
for (const one of [...talkers, ...people]) one.close()
await natter.stop()
// Times are told, not judged: they are the machine's as much as the server's.
process.exit(figures.grownMB <= MOST_MB ? 0 : 1)

/** Talks at the same rate for so many seconds. Resolves to how long each message took to be answered. Milliseconds. */
async function talk(forSeconds: number, tick: () => Promise<unknown> = async () => {}): Promise<number[]> {
  const took: number[] = []
  const body = 'x'.repeat(length ?? 0)
  const [start, count] = [performance.now(), forSeconds * (rate ?? 0)]
  const answers: Promise<unknown>[] = []
  for (let i = 0; i < count; i++) {
    await after(Math.max(0, start + (i * 1_000) / (rate ?? 1) - performance.now()))
    const sent = performance.now()
    const talker = talkers[i % talkers.length]
    if (talker) answers.push(talker.say(body).then(() => took.push(performance.now() - sent)))
    if (i % (rate ?? 1) === 0) answers.push(tick())
  }
  await Promise.all(answers)
  return took
}

/** Takes nothing more from its connection. With `pongs` it says every second that it is well. */
function stopReading({ socket }: Client, pongs: boolean): NodeJS.Timeout | undefined {
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause: () => void; send: (text: string) => void } }
  ws.pause()
  return pongs ? setInterval(() => ws.send('3'), 1_000) : undefined
}

/** Asked beside the talk: whoever waited for it here would measure their own waiting. */
async function memoryOf({ pid }: Natter): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${pid}`])
  return Number(stdout) / 1024
}

async function inTurns<T>(count: number, make: (i: number) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let i = 0; i < count; i++) all.push(await make(i))
  return all
}
