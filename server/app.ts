import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import { Server } from 'socket.io'
import { PACKET_BYTES, PROTOCOL_VERSION } from '../protocol/limits.ts'
import { createGuards } from './accounts/guards.ts'
import { alone, type Cluster } from './cluster/cluster.ts'
import type { Config } from './config.ts'
import { keepTime } from './expiry.ts'
import { isShutOut } from './door.ts'
import { listeners } from './handlers.ts'
import { sessionOf } from './identity.ts'
import type { Log } from './log.ts'
import { openMetrics } from './metrics/open.ts'
import { openPresence } from './presence.ts'
import { createBoard } from './presence/board.ts'
import type { Times } from './presence/nodes.ts'
import { createPreviews } from './previews/asking.ts'
import { createFetching, type FetchPage } from './previews/fetching.ts'
import { createPushing } from './push/pushing.ts'
import { accept, drain, repeatHeads } from './socket/connections.ts'
import { choicesIn, type NatterServer, type NatterSocket, type Place } from './socket/context.ts'
import { createFanout } from './socket/fanout.ts'
import { isOurs, notOurs } from './socket/origin.ts'
import { TextDecoder, TextEncoder } from './socket/parser.ts'
import { createComing } from './socket/coming.ts'
import { createTypists } from './socket/typists.ts'
import { createLimits } from './socket/ratelimit.ts'
import type { Store } from './store/store.ts'
import { createSync } from './syncing.ts'
import { createUploads } from './uploads/keeping.ts'
import { admitTutorial, openTutorial } from './tutorial.ts'
import { createWeb, readBuild } from './web.ts'

export type App = {
  /** Starts listening and resolves to the address, such as http://127.0.0.1:3000. */
  listen: () => Promise<string>
  /** Not ready any more; what was asked is answered, everybody told, connections ended, the store closed. */
  stop: () => Promise<void>
  io: NatterServer
}

/** Until a connection that does not take its last packets is cut. Milliseconds. */
const LAST_WORDS = 500

type Parts = {
  config: Config
  store: Store
  log: Log
  /** The other nodes, where this one is not alone. */
  cluster?: Cluster
  /** How soon a node is missed. */
  times?: Times
  /** How pages are asked that messages link to. */
  fetchPage?: FetchPage
}

/** The whole server, not yet listening. */
export function createApp({ config, store, log, cluster = alone(), times, fetchPage = createFetching() }: Parts): App {
  // Socket.IO takes its own requests from the listeners that are there before it, so this one stands first.
  const http = createServer((request, response) => web(request, response))
  const io: NatterServer = new Server(http, {
    maxHttpBufferSize: PACKET_BYTES,
    parser: { Encoder: TextEncoder, Decoder: TextDecoder },
    perMessageDeflate: false,
    httpCompression: false,
    // Silence is noticed after 15 s, not after Socket.IO's 45.
    pingInterval: 9_000,
    pingTimeout: 6_000,
    connectTimeout: 10_000,
  })
  const limits = createLimits(config, cluster)
  const place: Place = {
    io,
    store,
    config,
    log,
    cluster,
    board: createBoard(),
    limits,
    push: createPushing({ store, config, log }),
    uploads: createUploads({ store, config, log }),
    guards: createGuards(config, log, cluster),
    sync: createSync(store),
    previews: createPreviews({ store, limits, log, fetchPage }),
    settings: { name: '', join: null },
    work: { handling: 0, ending: false },
    // Kept because whoever does not read holds up an orderly end.
    tcp: new Set(),
    metrics: null,
    build: readBuild(),
    typists: createTypists(io, cluster),
  }
  http.on('connection', (connection: NetSocket) => {
    place.tcp.add(connection)
    connection.once('close', () => place.tcp.delete(connection))
  })
  let ready = false
  const web = createWeb(place, () => ready)

  // On every Engine.IO request, not only the handshake: a page elsewhere must not go on with a session of ours either.
  io.engine.use((request: IncomingMessage, _: unknown, next: (error?: Error) => void) => {
    if (isOurs(request, config)) return next()
    const { origin, host } = request.headers
    log.warn('request of another site refused', { origin: origin?.slice(0, 100), host: host?.slice(0, 100) })
    next(new Error(notOurs))
  })
  openTutorial(place)
  const leave = openPresence(place, times)
  // A packet may ask to be connected thousands of times over: one connection is one connection.
  const connected = new WeakSet<object>()
  const coming = createComing()
  io.use((socket, next) => {
    const { conn } = socket
    if (place.work.ending) return next(new Error('restarting'))
    if (connected.has(conn)) return next(new Error('This connection is connected already.'))
    connected.add(conn)
    socket.once('disconnect', () => connected.delete(conn))
    const spoken: unknown = socket.handshake.auth['natter']
    const native = spoken !== undefined
    if (typeof spoken === 'number' && spoken < PROTOCOL_VERSION - 1) {
      connected.delete(conn)
      return next(new Error('too_old'))
    }
    coming
      .knock(() => admit(place, socket, native))
      .then(
        (session) => {
          if (!session) {
            connected.delete(conn)
            return next(new Error('unauthorized'))
          }
          const { person: me, id: sessionId, seenAt } = session
          socket.data = { me, sessionId, seenAt, tutorial: !native, typingIn: new Set() }
          next()
        },
        (error: unknown) => {
          connected.delete(conn)
          log.warn('connection refused', { error: String(error) })
          next(error instanceof Error ? error : new Error('internal'))
        },
      )
  })
  io.on('connection', (socket) => accept(place, socket))

  const time = keepTime(place)
  const announce = createFanout(place)
  const stopListening = store.onCommit((commit) => {
    coming.committed(commit)
    announce(commit)
    if (commit.people || choicesIn(commit).length > 0) void time.look()
    for (const listener of listeners) listener.committed?.(place, commit)
  })
  const stopMissing = store.onMissed(() => {
    log.warn('this node missed something: everybody connects anew')
    place.sync = createSync(store)
    void store.place.get().then(
      (settings) => (place.settings = settings),
      () => {},
    )
    // As a connection is lost: programs that are no page of ours come back by themselves as well.
    for (const socket of io.sockets.sockets.values()) socket.conn.close(true)
  })
  const stopHeads = repeatHeads(place)

  return {
    io,
    async listen() {
      if (config.METRICS_TOKEN !== undefined) place.metrics = await openMetrics(place)
      place.settings = await store.place.get()
      await time.look()
      for (const { personId, until } of await store.settings.busy()) place.board.busy.set(personId, until)
      // What others tell is understood from here on.
      await cluster.join(store.placeId)
      return new Promise((resolve, reject) => {
        http.once('error', (error) => reject(inWords(error, config)))
        http.listen(config.PORT, config.HOST, () => {
          ready = true
          for (const listener of listeners) listener.started?.(place)
          const { port } = http.address() as AddressInfo
          resolve(`http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`)
        })
      })
    },
    async stop() {
      ready = false
      stopHeads()
      time.stop()
      await drain(place)
      const closed = io.close()
      http.closeIdleConnections()
      const late = setTimeout(() => {
        for (const connection of place.tcp) connection.destroy()
      }, LAST_WORDS)
      await closed
      clearTimeout(late)
      leave()
      place.board.close()
      place.push.close()
      place.uploads.close()
      place.previews.close()
      place.metrics?.close()
      await store.close()
      await cluster.close()
      stopListening()
      stopMissing()
    },
  }
}

/** Who this is, and by which session; null for nobody, and for whom the door is shut to. */
async function admit(place: Place, socket: NatterSocket, native: boolean) {
  const { store, config } = place
  const session = await sessionOf(store, config, socket.handshake.headers.cookie)
  if (await isShutOut(place, socket.request, session?.person ?? null)) return null
  return native ? session : admitTutorial(place, socket, session)
}

/** Why it cannot listen, and what to change. */
function inWords(error: Error, { HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${PORT} of ${HOST} is taken by another program: end that one, or set another PORT.`,
    EACCES: `Natter may not listen at port ${PORT} of ${HOST}: set a PORT of 1024 or more.`,
    EADDRNOTAVAIL: `${HOST} is no address of this machine: set another HOST.`,
    ENOTFOUND: `${HOST} is no address: set another HOST.`,
  }
  const sentence = 'code' in error ? sentences[String(error.code)] : undefined
  return sentence === undefined ? error : new Error(sentence, { cause: error })
}
