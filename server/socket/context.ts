import type { Socket as NetSocket } from 'node:net'
import type { Server, Socket } from 'socket.io'
import type { z } from 'zod'
import type { ClientToServer, Payload, ServerToClient } from '../../protocol/index.ts'
import { namedIn } from '../../protocol/mentions.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'
import type { MyRoom } from '../../protocol/rooms.ts'
import type { Guards } from '../accounts/guards.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/open.ts'
import type { Board } from '../presence/board.ts'
import type { Previews } from '../previews/asking.ts'
import type { Pushing } from '../push/pushing.ts'
import type { Commit, Settings, Store } from '../store/store.ts'
import type { Uploads } from '../uploads/keeping.ts'
import type { InOrder } from './inOrder.ts'
import type { Limits } from './ratelimit.ts'
import type { Reader } from './readers.ts'

/** What a connection knows of itself. */
export type SocketData = {
  me: Person
  /** By which it came in, and when that was last noted; empty for a visitor whose browser keeps no cookie. */
  sessionId: string
  seenAt: number
  tutorial: boolean
  typingIn: Set<string>
  /** The room that its person is looking at, as far as it says. */
  lookingAt?: string | null
  defaultRoomId?: string
}

/** A page from the tutorial speaks its own one event, beside the protocol. */
type TutorialEvents = { 'chat message': (text: string, serverOffset: number) => void }
type Nothing = Record<string, never>

export type NatterServer = Server<ClientToServer, ServerToClient & TutorialEvents, Nothing, SocketData>
export type NatterSocket = Socket<ClientToServer, ServerToClient & TutorialEvents, Nothing, SocketData>

/** Socket.IO's rooms, as Natter uses them. The server alone joins and leaves them. */
export const everybody = 'place'
export const roomOf = (roomId: string) => `room:${roomId}`
export const personOf = (personId: string) => `person:${personId}`

/** Who has chosen what for themselves. */
export const choicesIn = ({ alone }: Commit) =>
  alone.flatMap((one) => (one.event === 'settings:changed' ? [{ personId: one.personId, chosen: one.payload }] : []))

/** Whose names somebody needs to whom this room is told. */
export const spokenOf = ({ room, last }: MyRoom): string[] =>
  last ? [...room.people, last.authorId, ...namedIn(last.text)] : room.people

/** What all connections share. */
export type Place = {
  io: NatterServer
  store: Store
  config: Config
  log: Log
  /** The other nodes of this community. */
  cluster: Cluster
  board: Board
  limits: Limits
  push: Pushing
  uploads: Uploads
  guards: Guards
  /** What was missed of a room. */
  sync: Store['messages']['sync']
  previews: Previews
  /** What its owners have decided, as of the newest commit. */
  settings: Settings
  /** The requests that are being handled, and whether new ones are refused because the server is about to end. */
  work: { handling: number; ending: boolean }
  /** Everything that is connected, upgraded or not. */
  tcp: Set<NetSocket>
  /** What is measured; null where nobody may read it. */
  metrics: Metrics | null
  /** Which build of the client is served. */
  build: string
  typists: {
    /** Who is writing or has stopped: to all members of the room, but not to these people. */
    tell: (changed: Payload<'typing:changed'>, notTo: readonly string[]) => void
    /** Whoever has sent it is not writing any more: what was not told of them until now would come after it. */
    sent: (message: Message) => void
  }
}

/** All connections of one person. */
export const socketsOf = ({ io }: Pick<Place, 'io'>, personId: string): NatterSocket[] =>
  [...(io.sockets.adapter.rooms.get(personOf(personId)) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? [])

/** What a handler gets beside its input. */
export type Context = {
  /** Who they are by now: their role may change while they are connected. */
  readonly me: Person
  place: Place
  store: Store
  socket: NatterSocket
  reader: Reader
  inOrder: InOrder
}

type RequestTable = Record<string, { input: z.ZodType; output: z.ZodType }>

/** One function per request of a feature's table: a missing or misspelt one does not compile. */
export type Handlers<T extends RequestTable> = {
  [K in keyof T]: (context: Context, input: z.output<T[K]['input']>) => Promise<z.output<T[K]['output']>>
}

/** What a feature does when something happens that it did not do itself. */
export type Listeners = {
  connected?: (context: Context) => void
  disconnected?: (context: Context) => void
  committed?: (place: Place, commit: Commit) => void
  /** The server listens. */
  started?: (place: Place) => void
}
