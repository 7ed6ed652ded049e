import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { finished, Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../protocol/errors.ts'
import { isThere } from './bytes.ts'

/** Whoever sends less than this in such a time holds up a connection and nothing else. Bytes, milliseconds. */
const PACE = { bytes: 10_000, every: 10_000 }

const NAME = /^[\w-]{1,40}$/

const tooMuch = () => new Refusal('invalid', 'More came than this file was said to have.')
const cut = () => new Refusal('conflict', 'This file goes on by another connection.')

type Running = { stop: AbortController; over: Promise<unknown> }

export type Arriving = ReturnType<typeof createArriving>

/** A part of a file, from this offset on. `length`: how much it says that it has; 0 if it does not say. */
export type Piece = { offset: number; length: number; source: Readable }

/**
 * What has come of files that are not whole yet. How far one is, is how long it is: after a cut, and after the server was
 * killed, its sender goes on from there.
 */
export function createArriving(dir: string) {
  const running = new Map<string, Running>()
  let all = 0
  const fileOf = (id: string): string => {
    if (!NAME.test(id)) throw new Error('No file is called that.')
    return path.join(dir, id)
  }
  const offsetOf = async (id: string): Promise<number> => (await isThere(fileOf(id))) ?? 0

  async function stopped(id: string, before: Running): Promise<void> {
    before.stop.abort()
    await before.over
    // Its entry goes a moment after it is over, unless somebody has begun since.
    if (running.get(id) === before) running.delete(id)
  }

  /** The connection that was cut may not know it yet: the newest one goes on. */
  async function interrupt(id: string): Promise<void> {
    for (let before = running.get(id); before; before = running.get(id)) await stopped(id, before)
  }

  /** What it comes from stays open, whatever happens: who sends it is still to be answered. */
  async function write(id: string, size: number, { offset, length, source }: Piece, signal: AbortSignal) {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const at = await offsetOf(id)
    if (at !== offset) throw new Refusal('conflict', `This file goes on at ${at}.`)
    if (at + length > size) throw tooMuch()
    const target = createWriteStream(fileOf(id), { flags: 'a', mode: 0o600 })
    const { through, rest } = paced(size - at, (bytes) => (all += bytes))
    const forget = finished(source, { writable: false }, (error) => error && through.destroy(cut()))
    source.pipe(through)
    try {
      await pipeline(through, target, { signal })
    } catch (error) {
      throw signal.aborted ? cut() : error
    } finally {
      source.unpipe(through)
      forget()
      rest()
      // Nothing of it is written after that: somebody else goes on.
      if (!target.closed) await once(target, 'close')
    }
  }

  return {
    fileOf,
    offsetOf,
    /** Bytes that have come since the start, of all files. */
    came: () => all,
    /** Adds what comes, up to this size. Resolves to the offset after it. Refused: `conflict`, `invalid`. */
    async append(id: string, size: number, piece: Piece): Promise<number> {
      // As `interrupt`, but here: between asking for the last time and beginning nobody else comes.
      for (let before = running.get(id); before; before = running.get(id)) await stopped(id, before)
      const stop = new AbortController()
      const work = write(id, size, piece, stop.signal)
      const mine = { stop, over: work.catch(() => {}) }
      running.set(id, mine)
      try {
        await work
      } finally {
        if (running.get(id) === mine) running.delete(id)
      }
      return offsetOf(id)
    },
    /** What is made of one, beside it. */
    besideOf: (id: string) => ({ anew: `${fileOf(id)}.anew`, small: `${fileOf(id)}.small` }),
    async remove(id: string): Promise<void> {
      await interrupt(id)
      for (const file of ['', '.anew', '.small']) await rm(`${fileOf(id)}${file}`, { force: true })
    },
    ids: async () =>
      (await readdir(dir).catch(() => [])).map((name) => name.replace(/\..*$/, '')).filter((id) => NAME.test(id)),
  }
}

/** Lets so many bytes through, and nothing of what trickles. */
function paced(most: number, tell: (bytes: number) => void) {
  let [left, came] = [most, 0]
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      came += chunk.length
      tell(chunk.length)
      left -= chunk.length
      if (left < 0) done(tooMuch())
      else done(null, chunk)
    },
  })
  const timer = setInterval(() => {
    if (came < PACE.bytes) through.destroy(new Refusal('invalid', 'This file came too slowly.'))
    came = 0
  }, PACE.every)
  return { through, rest: () => clearInterval(timer) }
}
