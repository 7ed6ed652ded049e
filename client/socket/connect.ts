import { PASSING } from '../../protocol/errors.ts'
import { PAGE_SIZE, PROTOCOL_VERSION } from '../../protocol/limits.ts'
import type { Answer, Input, Output, Payload, RequestName } from '../../protocol/index.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import { targetOf } from '../messages/drafts.ts'
import { newKey } from '../messages/newKey.ts'
import { isFull, type Along } from '../messages/outbox.ts'
import { createOutboxShelf } from '../messages/outboxShelf.ts'
import { createCatchUp } from './catchUp.ts'
import { withDatabase } from './storage.ts'
import { createDelivery } from './deliver.ts'
import { heard } from './heard.ts'
import { keepDrafts } from './keep.ts'
import { createQueue } from './queue.ts'
import { createOnce, pause, PAUSE, type Ask } from './request.ts'
import { openSocket, type MakeSocket } from './openSocket.ts'
import { OWNER, openShelf } from './shelf.ts'
import { reduce } from './reduce.ts'
import { initialState, type Aside, type State, type StateEvent } from './state.ts'
import { createStore, type Store } from './store.ts'
import { joinTabs } from './tabs.ts'

export type Connection = {
  store: Store<State, StateEvent>
  request: Ask
  /**
   * Puts a message into the outbox and on screen: it answers what its draft does, or else `replyTo`. Says why, if it takes
   * none. `draft`: as which it was written; the room’s own, if not another one.
   */
  send: (roomId: string, body: string, draft?: string, replyTo?: number, along?: Along) => 'many' | 'old' | null
  retry: (key: string) => void
  discard: (key: string) => void
  /** Brings a page next to what this tab holds of a room, or another place in it. */
  load: (roomId: string, place: Place) => Promise<void>
  /** Hears what changed while somebody is watching: not what was missed. Returns a function that stops it. */
  listen: (listener: (changed: RoomChanges) => void) => () => void
  /** Hears what the state does not keep, from now on. Returns a function that stops it. */
  hear: <E extends Aside>(event: E, listener: (payload: Payload<E>) => void) => () => void
  /** Puts on screen what this browser was last shown, if the server has not spoken yet. */
  recall: (recalled: Extract<StateEvent, { type: 'recalled' }>) => void
  reconnect: () => void
  /** The server's clock, as far as this device knows it. */
  now: () => number
}

export type Place = 'newest' | 'older' | 'newer' | { around: number }

/** Milliseconds until a request counts as unanswered. */
const TIMEOUT = 10_000
/** Messages in a page that is put to what is there already. */
const NEXT_PAGE = 50

const unanswered = { ok: false, error: { code: 'restarting', message: 'Natter does not answer just now.' } } as const

/** This tab's one connection: a socket, a store that it feeds, an outbox that it empties. */
export function connect(makeSocket: MakeSocket = openSocket): Connection {
  const store = createStore(reduce, initialState)
  const socket = makeSocket(() => {
    const { logId, peopleRev, presenceAt } = store.getState()
    return { natter: PROTOCOL_VERSION, logId, peopleRev, presenceAt }
  })
  const listeners = new Set<(changed: RoomChanges) => void>()
  const once = createOnce()
  let greeted = false
  /** How far the server's clock is ahead of this device's. Milliseconds. */
  let clockAhead = 0
  const now = () => Date.now() + clockAhead
  const isOnline = () => greeted
  const catchUp = createCatchUp(store, request, isOnline)
  const tabs = joinTabs()
  const shelf = openShelf()
  const outboxShelf = createOutboxShelf(withDatabase, (forgetful) => store.dispatch({ type: 'forgetful', forgetful }))
  const drafts = keepDrafts(store, shelf, withDatabase)
  const start = createDelivery(store, tabs, request, isOnline)
  const deliver = () => start(queue)
  const queue = createQueue(store, outboxShelf, tabs, deliver)

  for (const type of Object.keys(heard) as (keyof typeof heard)[]) {
    socket.on(type, (...payloads: Payload<typeof type>[]) => {
      for (const payload of payloads) {
        // TypeScript sees a union of names and a union of payloads, not that each belongs to the other.
        store.dispatch({ type, payload, now: performance.now() } as StateEvent, true)
        if (type === 'events') for (const listener of listeners) listener(payload as RoomChanges)
      }
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
    const before = store.getState()
    greeted = true
    shelf.put(OWNER, hello.me.id)
    clockAhead = hello.now - Date.now()
    store.dispatch({ type: 'hello', payload: hello, now: performance.now() })
    bringBack(hello.me.id)
    store.dispatch({ type: 'newer', build: newerThan(hello.build) })
    const back = cameSince(before, store.getState())
    store.dispatch({ type: 'link', link: { phase: 'online', back } })
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
  setInterval(() => store.dispatch({ type: 'tick', now: performance.now(), at: Date.now() + clockAhead }), 500)

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
    now,
    hear(event, listener) {
      socket.on(event, listener as never)
      return () => socket.off(event, listener as never)
    },
    send(roomId, body, draft = roomId, answered, along) {
      const { outbox, drafts: written } = store.getState()
      const full = isFull(outbox, now())
      if (full) return full
      const at = Math.max(now(), (outbox.at(-1)?.at ?? 0) + 1)
      const target = targetOf(draft)
      const replyTo = Number(written[target]) || answered
      const fresh = { failed: null, tab: tabs.id, kept: false, rev: null }
      const entry = { key: newKey(), roomId, body, replyTo, ...along, at, draft, ...fresh }
      // The text as it is now, so that it is a draft until it is a message.
      drafts.keep()
      void queue.add(entry, drafts.take(draft)).then(() => drafts.sent(draft))
      store.dispatch({ type: 'draft', roomId: target, text: '' })
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

/** How many messages came to the rooms that one was in, or null for whoever begins, anew or for the first time. */
function cameSince(before: State, now: State): number | null {
  if (before.link.phase === 'connecting' || before.logId !== now.logId || before.me?.id !== now.me?.id) return null
  return Object.entries(before.rooms).reduce((sum, [roomId, { timeline }]) => {
    const head = now.rooms[roomId]?.timeline.head.seq ?? 0
    return sum + Math.max(0, head - timeline.head.seq)
  }, 0)
}
