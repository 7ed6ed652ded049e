import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { io as connectSocket, type Socket } from 'socket.io-client'
import { onTestFinished, vi } from 'vitest'
import type { Answer, EventName, Input, Output, Payload, RequestName } from '../../protocol/index.ts'
import { createApp } from '../app.ts'
import { openCluster } from '../cluster/open.ts'
import { readConfig } from '../config.ts'
import { createLog, type Log } from '../log.ts'
import type { FetchPage } from '../previews/fetching.ts'
import type { Times } from '../presence/nodes.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { databaseOfRun } from './databaseOfRun.ts'

type Heard = { [E in EventName]: { event: E; payload: Payload<E> } }[EventName]

/** Somebody with a connection, as a test sees them. */
export type Visitor = {
  socket: Socket
  hello: Payload<'hello'>
  cookie: string
  /** Everything announced to them, in order. */
  heard: Heard[]
  /** The payloads of one event, in order. */
  all: <E extends EventName>(event: E) => Payload<E>[]
  request: <K extends RequestName>(name: K, input: Input<K>) => Promise<Answer<Output<K>>>
  /** As `request`, and throws a refusal. */
  ask: <K extends RequestName>(name: K, input: Input<K>) => Promise<Output<K>>
  say: (body: string, roomId?: string) => Promise<Output<'message:send'>>
  close: () => void
}

/** What is outside of a server. `store`: one that several nodes share, instead of its own. */
type World = { fetchPage?: FetchPage; log?: Log; store?: Store; times?: Times }

/** A real server on a free port, with a real store in a temporary folder, both gone when the test ends. */
export async function startServer(environment: Record<string, string> = {}, { store: shared, ...world }: World = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  const settings = { PORT: '0', DATA_DIR: dir, LOG_LEVEL: 'silent', LIMIT_JOINS: '1000' }
  const config = readConfig({ ...settings, ...(await databaseOfRun(environment)), ...environment })
  const open: Socket[] = []
  const log = createLog(config.LOG_LEVEL)
  const openNode = async (settings: typeof config) => {
    const cluster = await openCluster(config, log)
    store = shared ?? (await openStore({ config, dir, log, cluster }))
    return createApp({ config: settings, store, log, cluster, ...world })
  }
  let store: Store
  let app = await openNode(config)
  let url = await app.listen()
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= app.stop())
  onTestFinished(async () => {
    for (const socket of open) socket.disconnect()
    await stop()
    await rm(dir, { recursive: true, force: true })
  })

  const post = (path: string, body: unknown, cookie?: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url, ...(cookie && { Cookie: cookie }) },
      body: JSON.stringify(body),
    })

  async function cookieOf(response: Response): Promise<string> {
    if (!response.ok) throw new Error(await response.text())
    return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  }

  const comeIn = async (name: string, invite?: string) => cookieOf(await post('/api/people', { name, invite }))

  /** Another tab of whoever has this cookie. */
  async function connectAs(
    cookie: string,
    headers: Record<string, string> = {},
    transport: 'websocket' | 'polling' = 'websocket',
  ): Promise<Visitor> {
    const extraHeaders = { Cookie: cookie, Origin: url, ...headers }
    const socket = connectSocket(url, { auth: { natter: 1 }, transports: [transport], extraHeaders, forceNew: true })
    open.push(socket)
    const heard: Heard[] = []
    socket.onAny((event, ...payloads) => {
      for (const payload of payloads) heard.push({ event, payload })
    })
    const hello = await new Promise<Payload<'hello'>>((resolve, reject) => {
      socket.once('hello', resolve)
      socket.once('connect_error', reject)
    })
    const visitor: Visitor = {
      socket,
      hello,
      cookie,
      heard,
      all: (event) => heard.filter((one) => one.event === event).map(({ payload }) => payload) as never,
      request: (name, input) => socket.timeout(10_000).emitWithAck(name, input),
      async ask(name, input) {
        const answer = await visitor.request(name, input)
        if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
        return answer.data
      },
      say: (body, roomId = lobbyOf(hello)) => visitor.ask('message:send', { roomId, key: randomUUID(), body }),
      close: () => socket.disconnect(),
    }
    return visitor
  }

  return {
    get url() {
      return url
    },
    get store() {
      return store
    },
    /** The data folder. */
    dir,
    config,
    /** As SIGTERM does. */
    stop,
    post,
    comeIn,
    connectAs,
    /** The first owner, by the link that only the console shows. */
    async own(name: string, placeName = 'Fernhill'): Promise<Visitor> {
      const token = await store.place.ownerLink()
      return connectAs(await cookieOf(await post('/api/owner', { token, place: placeName, name })))
    },
    /** How much waits in the server for this connection. UTF-16 code units. */
    waitingFor({ socket }: Pick<Visitor, 'socket'>): number {
      const conn = app.io.sockets.sockets.get(socket.id ?? '')?.conn as { writeBuffer: { data?: string }[] } | undefined
      return conn?.writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0) ?? 0
    },
    /** Counts how often the kernel is given something for this connection, from now on. */
    writesTo({ socket }: Pick<Visitor, 'socket'>): () => number {
      const connection = app.io.sockets.sockets.get(socket.id ?? '')?.conn.request.socket
      if (!connection) throw new Error('Nobody is connected there.')
      const ways = [vi.spyOn(connection, '_write'), vi.spyOn(connection, '_writev')]
      return () => ways.reduce((sum, { mock }) => sum + mock.calls.length, 0)
    },
    /** Somebody new, in their first tab. */
    connect: async (name: string, invite?: string) => connectAs(await comeIn(name, invite)),
    /** A connection that says nothing of Natter, as a page of the tutorial makes it. */
    connectTutorial(auth: Record<string, unknown> = {}, options: Record<string, unknown> = {}) {
      const socket = connectSocket(url, { auth, transports: ['websocket'], forceNew: true, ...options })
      open.push(socket)
      const heard: [string, number][] = []
      socket.on('chat message', (text: string, offset: number) => heard.push([text, offset]))
      return { socket, heard }
    },
    /** Stops the server and starts it again on the same folder and port. */
    async restart() {
      await app.stop()
      app = await openNode({ ...config, PORT: Number(new URL(url).port) })
      url = await app.listen()
    },
  }
}

export const lobbyOf = (hello: Payload<'hello'>): string => {
  const mine = hello.rooms.find(({ room }) => room.isDefault)
  if (!mine) throw new Error('Everybody is in the default room.')
  return mine.room.id
}
