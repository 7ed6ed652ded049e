import type { Answer, EventName, Payload, RequestName } from '../../protocol/index.ts'
import { connect } from '../socket/connect.ts'
import { ann, bob } from './room.ts'

type Heard = (...payloads: never[]) => void
type Answers = { [K in RequestName]?: (input: never) => Answer<unknown> }

/** A connection without a network: what the server says is said by the test, and every request is noted. */
export function fakeConnection(answers: Answers = {}) {
  const listeners = new Map<string, Heard>()
  const asked: { name: string; input: unknown }[] = []
  const socket = {
    connected: true,
    active: true,
    connections: 1,
    sendBuffer: [],
    on: (event: string, listener: Heard) => void listeners.set(event, listener),
    off: (event: string) => void listeners.delete(event),
    disconnect: () => socket,
    connect: () => {
      socket.connections++
      return socket
    },
    timeout: () => ({
      emitWithAck: async (name: RequestName, input: never) => {
        asked.push({ name, input })
        // Without an answer the request hangs, as it does on a network that has gone silent.
        return answers[name]?.(input) ?? new Promise(() => {})
      },
    }),
  }
  let auth: () => unknown = () => null
  const connection = connect((says) => {
    auth = says
    return socket as never
  })
  const say = <E extends EventName | 'disconnect' | 'connect_error'>(
    event: E,
    ...payloads: (E extends EventName ? Payload<E> : unknown)[]
  ) => listeners.get(event)?.(...(payloads as never[]))
  return { connection, socket, auth: () => auth(), asked, say }
}

export const lobby = {
  id: 'lobby',
  rev: 1,
  kind: 'public',
  name: 'Lobby',
  topic: '',
  isDefault: true,
  madeBy: null,
  people: [],
  archived: false,
  whoWrites: 'everybody',
  slowMode: 0,
} as const

/** Ann comes in, to a lobby of so many messages that she has read. */
export const helloOf = (seq = 0): Payload<'hello'> => ({
  protocol: 1,
  build: 'test',
  logId: 'log',
  now: Date.now(),
  place: { name: 'Natter', join: 'open', joinIsFixed: false },
  me: ann,
  settings: { showsTyping: true, showsWords: false, quiet: null, busy: null },
  rooms: [
    {
      room: { ...lobby, people: [] },
      head: { seq, rev: seq + 1 },
      last: null,
      readUpTo: seq,
      readRev: 0,
      unread: 0,
      forYou: 0,
      activeAt: 0,
      alerts: { level: 'forYou', mutedUntil: null },
      favourite: null,
    },
  ],
  people: [bob],
  peopleRev: 2,
  mentioned: false,
  presence: { ann: 'here', bob: 'here' },
  presenceAt: 'start',
})

/** The same, in a place whose own emoji are of this revision; it never had any without one. */
export function withOwnEmoji(emojiRev?: number): Payload<'hello'> {
  const hello = helloOf(1)
  return emojiRev === undefined ? hello : { ...hello, place: { ...hello.place, emojiRev } }
}
