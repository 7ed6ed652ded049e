import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as after } from 'node:timers/promises'
import { createFrameFilter } from './frames.ts'

/** From the client to the server, or back. */
export type Direction = 'up' | 'down'

/** What the network does to a connection. Assign to any of it while it runs: `relay.faults.delay = 200`. */
export type Faults = {
  /**
   * Bytes are taken and go nowhere, and the connection stays open. One that has lost a byte stays silent until it is reset or
   * given up: no network goes on with a hole in the stream. New ones are as the faults say when they begin.
   */
  silent: Direction | 'both' | null
  /** Milliseconds that each chunk waits, and up to so many more by chance. */
  delay: number
  jitter: number
  /** Which packets of the server get lost on a WebSocket, each given as Engine.IO writes it: `isEvent` names the announced ones. */
  swallow: ((packet: string) => boolean) | null
  /** Whoever connects is reset at once. */
  closed: boolean
}

/** How often it happened: to a connection, a chunk, somebody who wanted to connect, or a packet. */
export type Dealt = Record<'reset' | 'halved' | 'silenced' | 'delayed' | 'refused' | 'swallowed', number>

/** One connection that passes through. */
export type Link = {
  /** Its own where assigned, the relay's otherwise. */
  faults: Faults
  /** Ends both sides at once, with RST. */
  reset: () => void
  /** Half of the next chunk in this direction arrives, then both sides are reset. */
  halve: (direction: Direction) => void
}

/** Stands between clients and a server, as the network does. */
export type Relay = {
  /** Where clients connect. */
  url: string
  /** Of all connections, those to come included. */
  faults: Faults
  links: ReadonlySet<Link>
  /** What has become of it, since the beginning. */
  dealt: Readonly<Dealt>
  reset: () => void
  halve: (direction: Direction) => void
  /** No fault from now on. What has gone silent stays so until somebody notices: that is what a silence is. */
  calm: () => void
  close: () => Promise<void>
}

/** An event that Socket.IO announces in the default namespace, with a callback's number or without. */
export const isEvent = (packet: string): boolean => /^42\d*\[/.test(packet)

const calm = (): Faults => ({ silent: null, delay: 0, jitter: 0, swallow: null, closed: false })

/** Whoever is refused by one of them is let in by the next: resolves to a connection, or to the last that was refused. */
async function reach(targets: readonly URL[]): Promise<Socket> {
  for (const [i, { hostname, port }] of targets.entries()) {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (isOpen || i === targets.length - 1) return socket.on('error', () => {})
  }
  throw new Error('A relay leads somewhere.')
}

/**
 * Listens on a free port of this machine and passes everything on: to the first of the targets that lets it in, as what stands
 * before several servers does. `random` decides what chance decides.
 */
export async function startRelay(
  target: string | readonly string[],
  random: () => number = Math.random,
): Promise<Relay> {
  const targets = [target].flat().map((url) => new URL(url))
  const faults = calm()
  const links = new Set<Link>()
  const dealt: Dealt = { reset: 0, halved: 0, silenced: 0, delayed: 0, refused: 0, swallowed: 0 }
  const isLost = (link: Link) => (packet: string) => {
    const lost = link.faults.swallow?.(packet) ?? false
    if (lost) dealt.swallowed++
    return lost
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    // A connection may be gone before anybody has listened to it.
    client.on('error', () => {})
    if (faults.closed) {
      dealt.refused++
      return void client.resetAndDestroy()
    }
    const ends = [client]
    const halved = new Set<Direction>()
    const link: Link = {
      faults: Object.create(faults) as Faults,
      reset: () => ends.forEach((end) => end.resetAndDestroy()),
      halve: (direction) => void halved.add(direction),
    }
    links.add(link)
    client.once('close', () => links.delete(link))
    void reach(targets).then((upstream) => {
      ends.push(upstream)
      // Who has gone meanwhile, or was let in by nobody.
      if (ends.some((end) => end.destroyed)) link.reset()
      else pass(client, upstream, { link, halved })
    })
  })

  function pass(client: Socket, upstream: Socket, { link, halved }: Pick<Suffering, 'link' | 'halved'>): void {
    const ends = [client, upstream]
    const over = Promise.all(ends.map((end) => new Promise<void>((done) => end.once('end', done).once('close', done))))
    upstream.once('close', () => links.delete(link))
    const carry = (from: Socket, to: Socket, direction: Direction) => {
      // Left to itself the iterator destroys the socket at its end, which is the end of one direction only.
      const chunks = from.iterator({ destroyOnReturn: false })
      // Whatever ends one direction badly, an end that was reset or a server that was killed, ends both.
      return pipeline(suffer(chunks, direction, { link, halved, over, random, dealt, isLost: isLost(link) }), to).catch(
        link.reset,
      )
    }
    void carry(client, upstream, 'up')
    void carry(upstream, client, 'down')
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    links,
    dealt,
    reset() {
      dealt.reset += links.size
      for (const link of links) link.reset()
    },
    halve: (direction) => links.forEach((link) => link.halve(direction)),
    calm: () => void Object.assign(faults, calm()),
    async close() {
      server.close()
      links.forEach((link) => link.reset())
      await once(server, 'close')
    },
  }
}

type Suffering = {
  link: Link
  halved: Set<Direction>
  /** Both sides have given up. */
  over: Promise<unknown>
  random: () => number
  dealt: Dealt
  isLost: (packet: string) => boolean
}

/** What comes out at the other end of one direction. */
async function* suffer(
  chunks: AsyncIterable<Buffer>,
  direction: Direction,
  { link, halved, over, random, dealt, isLost }: Suffering,
): AsyncGenerator<Buffer> {
  const { faults } = link
  const filter = direction === 'down' ? createFrameFilter(isLost) : null
  let silent = false
  for await (const chunk of chunks) {
    if (!silent && (faults.silent === direction || faults.silent === 'both')) {
      silent = true
      dealt.silenced++
    }
    if (silent) continue
    if (faults.delay + faults.jitter > 0) {
      dealt.delayed++
      await after(faults.delay + random() * faults.jitter)
    }
    if (halved.has(direction)) {
      dealt.halved++
      yield chunk.subarray(0, Math.ceil(chunk.length / 2))
      // The half must have left before the reset takes back what has not.
      await after(1)
      return link.reset()
    }
    const passed = filter ? filter(chunk) : chunk
    if (passed.length > 0) yield passed
  }
  // The end is a byte like any other: where those go nowhere, the other side hears nothing of it either.
  if (silent) await over
}

/** Resets everything and lets nobody in for `down` milliseconds, then works for `up`, again and again until `signal` says so. */
export async function flap(relay: Relay, { up, down }: Record<Direction, number>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    relay.faults.closed = true
    relay.reset()
    await after(down)
    relay.faults.closed = false
    await after(up)
  }
}
