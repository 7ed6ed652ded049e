import { io, type Socket } from 'socket.io-client'
import { PASSING } from '../../protocol/errors.ts'
import { PAGE_SIZE } from '../../protocol/limits.ts'
import type {
  Answer,
  ClientToServer,
  EventName,
  Input,
  Output,
  Payload,
  RequestName,
  ServerToClient,
} from '../../protocol/index.ts'
import type { Message, RoomChanges } from '../../protocol/messages.ts'
import { createOutboxShelf, MOST_WAITING, nextToSend } from '../messages/outbox.ts'
import { initialState, reduce, type State, type StateEvent } from './state.ts'
import { createStore, type Store } from './store.ts'

export type Connection = {
  store: Store<State, StateEvent>
  /** Answered always: without a connection, or after 10 s, with a passing refusal. */
  request: <K extends RequestName>(name: K, input: Input<K>) => Promise<Answer<Output<K>>>
  /** Puts a message into the outbox and on screen. False if too many wait already. */
  send: (roomId: string, body: string) => boolean
  retry: (key: string) => void
  discard: (key: string) => void
  /** Brings a page next to what this tab holds of a room, or another place in it. */
  load: (roomId: string, place: 'newest' | 'older' | 'newer' | { around: number }) => Promise<void>
  /** Hears what changed while somebody is watching: not what was missed. Returns a function that stops it. */
  listen: (listener: (changed: RoomChanges) => void) => () => void
  reconnect: () => void
}

type NatterSocket = Socket<ServerToClient, ClientToServer>

/** Milliseconds until a request counts as unanswered. */
const TIMEOUT = 10_000
/** Between two attempts at what could not be done for a passing reason. Milliseconds. */
const PAUSE = 1_000

const unanswered = { ok: false, error: { code: 'restarting', message: 'Natter does not answer just now.' } } as const

/** This tab's one connection: a socket, a store that it feeds, an outbox that it empties. */
export function connect(makeSocket: () => NatterSocket = openSocket): Connection {
  const socket = makeSocket()
  const store = createStore(reduce, initialState)
  const shelf = createOutboxShelf(localStorage, sessionStorage)
  const listeners = new Set<(changed: RoomChanges) => void>()
  const busy = new Set<string>()
  let greeted = false

  const heard: EventName[] = [
    'events',
    'room:joined',
    'room:left',
    'people:changed',
    'presence:changed',
    'presence:notice',
    'heads',
    'typing:changed',
    'read:advanced',
  ]
  for (const type of heard) {
    socket.on(type, (payload: Payload<typeof type>) => {
      // TypeScript sees a union of names and a union of payloads, not that each belongs to the other.
      store.dispatch({ type, payload, now: performance.now() } as StateEvent)
      if (type === 'events') for (const listener of listeners) listener(payload as RoomChanges)
      heal()
    })
  }
  socket.on('hello', (hello) => {
    const before = newestOf(store.getState())
    const first = store.getState().logId === null
    greeted = true
    store.dispatch({ type: 'hello', payload: hello, now: performance.now() })
    if (store.getState().outbox.length === 0) store.dispatch({ type: 'adopted', outbox: shelf.load(hello.me.id) })
    store.dispatch({
      type: 'link',
      link: { phase: 'online', back: first ? null : newestOf(store.getState()) - before },
    })
    heal()
    void flush()
  })
  socket.on('disconnect', () => {
    greeted = false
    // Socket.IO keeps what was emitted without a connection and sends it later, out of order: the outbox does that here.
    socket.sendBuffer = []
    store.dispatch({ type: 'link', link: { phase: 'lost', since: performance.now(), back: null } })
  })
  socket.on('connect_error', ({ message }) => {
    if (message === 'unauthorized') store.dispatch({ type: 'link', link: { phase: 'signedOut' } })
    else if (store.getState().link.phase === 'connecting' && store.getState().link.since === 0) {
      store.dispatch({ type: 'link', link: { since: performance.now() } })
    }
  })

  store.subscribe(() => {
    const { me, outbox } = store.getState()
    if (me && outbox !== saved) {
      saved = outbox
      shelf.save(me.id, outbox)
    }
  })
  let saved = store.getState().outbox
  setInterval(() => store.dispatch({ type: 'tick', now: performance.now() }), 500)

  const reconnect = () => {
    if (!socket.connected) socket.disconnect().connect()
  }
  addEventListener('online', reconnect)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && reconnect())

  async function request<K extends RequestName>(name: K, input: Input<K>): Promise<Answer<Output<K>>> {
    if (!greeted) return unanswered
    try {
      const timed = socket.timeout(TIMEOUT) as unknown as {
        emitWithAck: (name: K, input: Input<K>) => Promise<Answer<Output<K>>>
      }
      return await timed.emitWithAck(name, input)
    } catch {
      return unanswered
    }
  }

  /** One at a time and in order: a person's messages keep the order in which they were written, across reconnects too. */
  async function flush(): Promise<void> {
    if (busy.has('outbox')) return
    busy.add('outbox')
    for (
      let entry = nextToSend(store.getState().outbox);
      entry && greeted;
      entry = nextToSend(store.getState().outbox)
    ) {
      const { key, roomId, body } = entry
      const answer = await request('message:send', { key, roomId, body })
      if (answer.ok) {
        store.dispatch(stored(answer.data))
        // Still there: a hole before it has to be filled first. Sending again would be answered the same.
        if (nextToSend(store.getState().outbox)?.key === key) await pause(100)
        heal()
      } else if (PASSING.has(answer.error.code)) await pause(answer.error.retryAfter ?? PAUSE)
      else store.dispatch({ type: 'failed', key, failed: answer.error })
    }
    busy.delete('outbox')
  }

  /** The answer may come before the packet, or the packet may be lost: the message itself is the same. */
  function stored(message: Message): StateEvent {
    const room = store.getState().rooms[message.roomId]
    const known = room && message.rev <= room.timeline.rev
    const me = store.getState().me
    if (known || !room) return { type: 'unqueued', key: message.key }
    const people = me ? [me] : []
    return {
      type: 'synced',
      changed: {
        roomId: message.roomId,
        after: message.rev - 1,
        rev: message.rev,
        changes: [{ type: 'message:changed', message }],
        people,
      },
    }
  }

  /** Asks for everything that is known to be missing. */
  function heal(): void {
    const { rooms, peopleHole } = store.getState()
    if (!greeted) return
    if (peopleHole) void once('people', syncPeople)
    for (const [roomId, { timeline }] of Object.entries(rooms))
      if (timeline.hole) void once(`sync ${roomId}`, () => syncRoom(roomId))
  }

  async function syncRoom(roomId: string): Promise<void> {
    for (;;) {
      const room = store.getState().rooms[roomId]
      if (!room?.timeline.hole) return
      const answer = await request('room:sync', { roomId, since: room.timeline.rev })
      if (!answer.ok) return void setTimeout(heal, answer.error.retryAfter ?? PAUSE)
      const { changed, reset, more } = answer.data
      if (reset) store.dispatch({ type: 'page', page: reset, side: 'reset' })
      else if (changed) store.dispatch({ type: 'synced', changed })
      if (!more && !store.getState().rooms[roomId]?.timeline.hole) return
      if (!changed && !reset) return
    }
  }

  async function syncPeople(): Promise<void> {
    for (;;) {
      const answer = await request('people:sync', { since: store.getState().peopleRev })
      if (!answer.ok) return void setTimeout(heal, answer.error.retryAfter ?? PAUSE)
      store.dispatch({ type: 'people', ...answer.data })
      if (!answer.data.more) return
    }
  }

  async function once(name: string, task: () => Promise<void>): Promise<void> {
    if (busy.has(name)) return
    busy.add(name)
    try {
      await task()
    } finally {
      busy.delete(name)
    }
  }

  return {
    store,
    request,
    reconnect,
    send(roomId, body) {
      if (store.getState().outbox.length >= MOST_WAITING) return false
      store.dispatch({
        type: 'queued',
        entry: { key: crypto.randomUUID(), roomId, body, at: Date.now(), failed: null },
      })
      void flush()
      return true
    },
    retry(key) {
      store.dispatch({ type: 'failed', key, failed: null })
      void flush()
    },
    discard: (key) => store.dispatch({ type: 'unqueued', key }),
    load: (roomId, place) =>
      once(`load ${roomId}`, async () => {
        const messages = store.getState().rooms[roomId]?.timeline.messages ?? []
        const side = place === 'older' || place === 'newer' ? place : 'reset'
        const at =
          place === 'older'
            ? { before: messages[0]?.seq }
            : place === 'newer'
              ? { after: messages.at(-1)?.seq }
              : place === 'newest'
                ? {}
                : place
        const answer = await request('message:list', { roomId, limit: side === 'reset' ? PAGE_SIZE : 50, ...at })
        if (answer.ok) store.dispatch({ type: 'page', page: answer.data, side })
      }),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function openSocket(): NatterSocket {
  return io({
    auth: { natter: 1 },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 30_000,
    randomizationFactor: 0.5,
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** All messages in all my rooms: how many came meanwhile is the difference. */
const newestOf = ({ rooms }: State): number =>
  Object.values(rooms).reduce((sum, { timeline }) => sum + timeline.head.seq, 0)
