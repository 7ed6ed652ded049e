import { io, type Socket } from 'socket.io-client'
import { PASSING } from '../../protocol/errors.ts'
import { PAGE_SIZE, PROTOCOL_VERSION } from '../../protocol/limits.ts'
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
import type { RoomChanges } from '../../protocol/messages.ts'
import { newKey } from '../messages/newKey.ts'
import { isFull } from '../messages/outbox.ts'
import { createOutboxShelf } from '../messages/outboxShelf.ts'
import { createCatchUp } from './catchUp.ts'
import { useDatabase } from './storage.ts'
import { createDelivery } from './deliver.ts'
import { keepDrafts } from './keep.ts'
import { createQueue } from './queue.ts'
import { createOnce, pause, PAUSE, type Ask } from './request.ts'
import { openShelf } from './shelf.ts'
import { reduce } from './reduce.ts'
import { initialState, type State, type StateEvent } from './state.ts'
import { createStore, type Store } from './store.ts'
import { joinTabs } from './tabs.ts'

export type Connection = {
  store: Store<State, StateEvent>
  request: Ask
  /** Puts a message into the outbox and on screen. Says why, if it takes none. */
  send: (roomId: string, body: string) => 'many' | 'old' | null
  retry: (key: string) => void
  discard: (key: string) => void
  /** Brings a page next to what this tab holds of a room, or another place in it. */
  load: (roomId: string, place: Place) => Promise<void>
  /** Hears what changed while somebody is watching: not what was missed. Returns a function that stops it. */
  listen: (listener: (changed: RoomChanges) => void) => () => void
  /** Puts on screen what this browser was last shown, if the server has not spoken yet. */
  recall: (recalled: Extract<StateEvent, { type: 'recalled' }>) => void
  reconnect: () => void
}

export type Place = 'newest' | 'older' | 'newer' | { around: number }

type NatterSocket = Socket<ServerToClient, ClientToServer>

/** Milliseconds until a request counts as unanswered. */
const TIMEOUT = 10_000
/** Most milliseconds between two attempts to connect: back soon after a restart; a place that stays away is left in peace. */
const SOON = 1_500
const SELDOM = 30_000
const MANY = 40
/** Messages in a page that is put to what is there already. */
const NEXT_PAGE = 50

const unanswered = { ok: false, error: { code: 'restarting', message: 'Natter does not answer just now.' } } as const

/** What the server announces, all of it: an event that nobody listens to does not compile. */
const heard: Record<Exclude<EventName, 'hello' | 'restarting'>, true> = {
  events: true,
  'room:joined': true,
  'room:left': true,
  'people:changed': true,
  'presence:changed': true,
  'presence:notice': true,
  heads: true,
  'typing:changed': true,
  'read:advanced': true,
}

/** This tab's one connection: a socket, a store that it feeds, an outbox that it empties. */
export function connect(makeSocket: () => NatterSocket = openSocket): Connection {
  const socket = makeSocket()
  const store = createStore(reduce, initialState)
  const listeners = new Set<(changed: RoomChanges) => void>()
  const once = createOnce()
  let greeted = false
  /** How far the server's clock is ahead of this device's. Milliseconds. */
  let clockAhead = 0
  const isOnline = () => greeted
  const catchUp = createCatchUp(store, request, isOnline)
  const tabs = joinTabs()
  const shelf = openShelf()
  const outboxShelf = createOutboxShelf(useDatabase, shelf, (forgetful) =>
    store.dispatch({ type: 'forgetful', forgetful }),
  )
  const drafts = keepDrafts(store, shelf, useDatabase)
  const start = createDelivery(store, tabs, request, isOnline)
  const deliver = () => start(queue)
  const queue = createQueue(store, outboxShelf, tabs, deliver)

  for (const type of Object.keys(heard) as (keyof typeof heard)[]) {
    socket.on(type, (payload: Payload<typeof type>) => {
      // TypeScript sees a union of names and a union of payloads, not that each belongs to the other.
      store.dispatch({ type, payload, now: performance.now() } as StateEvent)
      if (type === 'events') for (const listener of listeners) listener(payload as RoomChanges)
    })
  }
  function bringBack(personId: string): void {
    drafts.bringBack(personId)
    void queue.bringBack(personId)
  }

  /** Refused or ended by the server, Socket.IO does not come back by itself. */
  const comeBack = (after = 1_000 + Math.random() * 2_000) => {
    if (!socket.active) setTimeout(reconnect, after)
  }

  socket.on('hello', (hello) => {
    const before = newestOf(store.getState())
    const first = store.getState().link.phase === 'connecting'
    greeted = true
    clockAhead = hello.now - Date.now()
    store.dispatch({ type: 'hello', payload: hello, now: performance.now() })
    bringBack(hello.me.id)
    store.dispatch({ type: 'newer', build: newerThan(hello.build) })
    const back = first ? null : newestOf(store.getState()) - before
    store.dispatch({ type: 'link', link: { phase: 'online', back } })
    // What was read here while nobody could be told of it.
    for (const { room, readUpTo } of hello.rooms) {
      const seq = store.getState().rooms[room.id]?.unread.readUpTo ?? 0
      if (seq > readUpTo) void request('read:advance', { roomId: room.id, seq })
    }
    deliver()
  })
  // Not all at once: the server says when it is whose turn.
  let turn: number | undefined
  socket.on('restarting', ({ delay }) => {
    turn = delay
    socket.disconnect()
  })
  socket.on('disconnect', () => {
    greeted = false
    // Socket.IO keeps what was emitted without a connection and sends it later, out of order: the outbox does that here.
    socket.sendBuffer = []
    store.dispatch({ type: 'link', link: { phase: 'lost', since: performance.now(), back: null } })
    comeBack(turn)
    turn = undefined
  })
  socket.on('connect_error', ({ message }) => {
    const { link } = store.getState()
    if (message === 'too_old') store.dispatch({ type: 'newer', build: message })
    if (message === 'unauthorized') return store.dispatch({ type: 'link', link: { phase: 'signedOut' } })
    if (link.phase === 'connecting' && link.since === 0) {
      store.dispatch({ type: 'link', link: { since: performance.now() } })
    }
    comeBack()
  })

  // Wherever a hole comes from, a packet, a head, an answer: it is in the state, and whatever is missing is asked for.
  store.subscribe(catchUp)
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

  async function load(roomId: string, place: Place): Promise<void> {
    for (;;) {
      const messages = store.getState().rooms[roomId]?.timeline.messages ?? []
      const answer = await request('message:list', { roomId, ...pageAt(place, messages) })
      const side = place === 'older' || place === 'newer' ? place : 'reset'
      if (answer.ok) return store.dispatch({ type: 'page', page: answer.data, side })
      if (!greeted || !PASSING.has(answer.error.code)) return
      await pause(answer.error.retryAfter ?? PAUSE)
    }
  }

  return {
    store,
    request,
    reconnect,
    send(roomId, body) {
      const { outbox } = store.getState()
      const now = Date.now() + clockAhead
      const full = isFull(outbox, now)
      if (full) return full
      const at = Math.max(now, (outbox.at(-1)?.at ?? 0) + 1)
      const entry = { key: newKey(), roomId, body, at, failed: null, tab: tabs.id, kept: false, rev: null }
      // The text as it is now, so that it is a draft until it is a message.
      drafts.keep()
      void queue.add(entry, drafts.take(roomId)).then(() => drafts.sent(roomId))
      return null
    },
    retry: (key) => void queue.fail(key, null),
    discard(key) {
      // What is taken back into the box is kept there first.
      drafts.keep()
      void queue.discard(key)
    },
    recall(recalled) {
      if (store.getState().me) return
      store.dispatch(recalled)
      bringBack(recalled.me.id)
    },
    load: (roomId, place) => once(JSON.stringify([roomId, place]), () => load(roomId, place)),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function pageAt(place: Place, messages: readonly { seq: number }[]): Omit<Input<'message:list'>, 'roomId'> {
  if (place === 'older') return { before: messages[0]?.seq, limit: NEXT_PAGE }
  if (place === 'newer') return { after: messages.at(-1)?.seq, limit: NEXT_PAGE }
  return place === 'newest' ? { limit: PAGE_SIZE } : { ...place, limit: PAGE_SIZE }
}

/** What this page was built as; nothing where it is not built. */
const build = /\/assets\/(.+)\.js$/.exec(import.meta.url)?.[1]
const newerThan = (served: string) => (build && served !== 'none' && served !== build ? served : null)

function openSocket(): NatterSocket {
  const socket: NatterSocket = io({
    auth: { natter: PROTOCOL_VERSION },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: SOON,
    randomizationFactor: 0.5,
  })
  socket.io.on('reconnect_attempt', (nth) => socket.io.reconnectionDelayMax(nth < MANY ? SOON : SELDOM))
  return socket
}

/** All messages in all my rooms: how many came meanwhile is the difference. */
const newestOf = ({ rooms }: State): number =>
  Object.values(rooms).reduce((sum, { timeline }) => sum + timeline.head.seq, 0)
