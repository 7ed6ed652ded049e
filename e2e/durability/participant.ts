import './browser.ts'
import { io } from 'socket.io-client'
import { connect } from '../../client/socket/connect.ts'
import { RECONNECTION } from '../../client/socket/openSocket.ts'
import { PASSING } from '../../protocol/errors.ts'
import type { Message } from '../../protocol/messages.ts'
import { comeIn } from '../support/client.ts'
import type { Keys } from './keys.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { countOf, numberOf, textOf } from './numbering.ts'
import { createScroll } from './scroll.ts'

/** What somebody was told of a message of theirs: to its newest text that they know to be stored. */
export type Told = { edition: number; deleted: boolean; body: string }

/** Somebody who takes part, writes numbered messages, and notes all they are shown. */
export type Participant = {
  /** Their number among the authors. */
  author: number
  ledger: Ledger
  /** How many messages they have written: 1 to `sent()`. */
  sent: () => number
  /** How many changes of their messages they have begun. */
  revised: () => number
  /** Those which they were told have been sent. */
  acked: ReadonlyMap<number, Told>
  /** Refused for good: there should be none. */
  refused: () => number
  /** Writes the next message. */
  say: () => void
  /** Written, and not known to be sent. */
  waiting: () => number
  /** When they had all there is, for the first time after they were last greeted. Milliseconds, `performance.now()`. */
  syncedAt: () => number
  /** When they lost their connection last; 0 if never. */
  cutAt: () => number
  /** Connected, and nothing is missing that they know of. */
  isSynced: () => boolean
  /** Changes or deletes one of their newest messages, and tries until it is answered. One at a time. */
  revise?: (what: 'edit' | 'delete') => void
  /** The revision that what they have is at. */
  rev?: () => number
  /** The newest messages, as they stand on the screen. */
  screen?: () => readonly Message[]
  leave: () => void
}

export type EnterOptions = {
  url: string
  name: string
  author: number
  keys: Keys
  random: () => number
  /** Somebody who has come in already, to the server that `url` leads to through something else. By WebSocket only. */
  known?: { cookie: string; origin: string }
  /** A room they are in; the default room if none is named. */
  roomId?: string
  /** Behind a proxy that lets no WebSocket through. */
  polling?: boolean
  /** Hears of every change of what is on the screen, and of every message written. */
  bell?: (what: 'shown' | 'sent') => void
}

/** Own messages further back than this are not changed any more: other screens may have let go of them. */
const REVISED = 200
/** Before an attempt that was not answered is made again. Milliseconds. */
const AGAIN = 200

/** Comes in and stands in a room. It is the page's own connection that does the work, its outbox, cursor and reducers. */
export async function enter(options: EnterOptions): Promise<Participant> {
  const { url, name, author, keys, random, roomId, polling, bell = () => {} } = options
  let greetedAt = 0
  let cutAt = 0
  const { cookie, origin } = options.known ?? { cookie: await comeIn(url, name), origin: url }
  let auth = (): object => ({ natter: 1 })
  const socket = io(url, {
    auth: (give) => give(auth()),
    ...(polling ? { transports: ['polling'], upgrade: false } : { transports: ['websocket', 'polling'] }),
    // Only there may a client say which host it means.
    ...(options.known ? { transports: ['websocket'] } : { tryAllTransports: !polling }),
    forceNew: true,
    ...RECONNECTION,
    extraHeaders: { Cookie: cookie, Origin: origin, Host: new URL(origin).host },
  })
  // Before the page hears of it, and with it the first look at what it shows then.
  socket.on('hello', () => (greetedAt = performance.now()))
  socket.on('disconnect', () => (cutAt = performance.now()))
  const connection = connect((page) => {
    auth = page
    return socket
  })
  const { store } = connection
  const ledger = createLedger()
  const acked = new Map<number, Told>()
  /** What waits in the outbox, by key. */
  const waiting = new Map<string, number>()
  let sent = 0
  let refused = 0
  let syncedAt = 0
  let logId: string | null = null
  let messages: readonly Message[] = []
  let outbox = store.getState().outbox
  let revising = false
  let revised = 0
  let gone = false

  const room = () =>
    Object.values(store.getState().rooms).find(({ room }) => (roomId ? room.id === roomId : room.isDefault))
  const isSynced = () => {
    const timeline = room()?.timeline
    return store.getState().link.phase === 'online' && timeline?.loaded === true && !timeline.hole
  }
  const scroll = createScroll(connection, ledger, keys)

  function look(): void {
    const state = store.getState()
    if (state.logId !== logId) {
      if (logId !== null) ledger.startOver(0)
      logId = state.logId
      messages = []
    }
    const mine = room()
    if (!mine) return
    if (!mine.timeline.loaded) void connection.load(mine.room.id, 'newest')
    if (mine.timeline.messages !== messages) {
      read(mine.timeline.messages)
      bell('shown')
    }
    if (state.outbox !== outbox) settle()
    if (syncedAt < greetedAt && isSynced()) syncedAt = performance.now()
  }

  /** Notes what is new on the screen. */
  function read(now: readonly Message[]): void {
    const [first] = now
    const moved = (first?.seq ?? 0) - (messages[0]?.seq ?? 0)
    // The screen begins further down than it ended: what is between is a marked hole, and they scroll up to it.
    if (first && first.seq > ledger.end() + 1) scroll(first.roomId, ledger.end(), first.seq)
    for (const [i, message] of now.entries()) {
      if (message.seq !== (first?.seq ?? 0) + i) ledger.wrong.outOfOrder++
      if (messages[i + moved] !== message)
        ledger.show({ number: keys.numberOf(message), seq: message.seq, rev: message.rev })
    }
    messages = now
  }

  /** What has left the outbox was sent, as far as a person is told. */
  function settle(): void {
    outbox = store.getState().outbox
    const left = new Map(outbox.map((entry) => [entry.key, entry]))
    for (const [key, number] of waiting) {
      const entry = left.get(key)
      if (entry?.failed) refused++
      if (entry && !entry.failed) continue
      waiting.delete(key)
      if (!entry) acked.set(number, { edition: 0, deleted: false, body: bodyOf(number) })
    }
  }

  async function revise(what: 'edit' | 'delete'): Promise<void> {
    const mine = messages.slice(-REVISED).filter((message) => {
      const told = acked.get(keys.numberOf(message))
      return message.authorId === store.getState().me?.id && told && !told.deleted
    })
    const message = mine[Math.floor(random() * mine.length)]
    if (!message) return
    const { roomId, seq } = message
    const number = keys.numberOf(message)
    const edition = (acked.get(number)?.edition ?? 0) + 1
    const body = what === 'edit' ? textOf(number, `edition ${edition}`) : ''
    const ask = () =>
      what === 'edit'
        ? connection.request('message:edit', { roomId, seq, body })
        : connection.request('message:delete', { roomId, seq })
    while (!gone) {
      const answer = await ask()
      if (answer.ok) return void acked.set(number, { edition, deleted: what === 'delete', body })
      if (!PASSING.has(answer.error.code)) return void refused++
      await new Promise((resolve) => setTimeout(resolve, answer.error.retryAfter ?? AGAIN))
    }
  }

  store.subscribe(look)
  await new Promise<void>((resolve) => {
    const stop = store.subscribe(() => {
      if (!isSynced()) return
      stop()
      resolve()
    })
  })

  return {
    author,
    ledger,
    acked,
    sent: () => sent,
    revised: () => revised,
    refused: () => refused,
    say() {
      const number = numberOf(author, sent + 1)
      if (connection.send(room()?.room.id ?? '', bodyOf(number)) !== null) return
      sent++
      const key = store.getState().outbox.at(-1)?.key ?? ''
      keys.remember(key, number)
      waiting.set(key, number)
      settle()
      bell('sent')
    },
    waiting: () => waiting.size + (revising ? 1 : 0),
    syncedAt: () => syncedAt,
    cutAt: () => cutAt,
    isSynced: () => isSynced() && !scroll.busy(),
    revise(what) {
      if (revising) return
      revising = true
      revised++
      void revise(what).finally(() => (revising = false))
    },
    rev: () => room()?.timeline.rev ?? 0,
    screen: () => messages,
    leave() {
      gone = true
      // A closed tab does not come back by itself.
      socket.connect = () => socket
      socket.disconnect()
    },
  }
}

/** What is written first. Some messages are longer than a packet of the network. */
const bodyOf = (number: number): string =>
  textOf(number, 'x'.repeat(countOf(number) % 50 === 0 ? 3_000 : countOf(number) % 40))
