import { createHash, randomBytes, randomInt } from 'node:crypto'
import { Refusal } from '../protocol/errors.ts'
import { PAGE_SIZE } from '../protocol/limits.ts'
import { SendMessage, type Message } from '../protocol/messages.ts'
import type { Person } from '../protocol/people.ts'
import { readToken, rememberToken, whoIs } from './identity.ts'
import { addressOf, neighbourhoodOf } from './socket/address.ts'
import { personOf, type Context, type NatterSocket, type Place } from './socket/context.ts'
import type { Reader } from './socket/readers.ts'
import { refusalBody } from './socket/serve.ts'

/**
 * Pages of the Socket.IO tutorial, of any generation, and small bots: they connect without `auth.natter`, emit
 * `chat message` with a string, and receive `chat message` with a string and its position. They talk in the default room.
 */

/** Most messages that a page which never received any is told; one that says where it was gets everything since. */
const FIRST_REPLAY = 1_000
/** A page that does not wait for answers may have this many messages waiting for their turn. */
const MOST_WAITING = 200

const isOpen = ({ config }: Place) => config.JOIN === 'open' && config.TUTORIAL_CLIENTS === 'on'

/** Tutorial connections and the position up to which each was told. Kept per server, not per process. */
type Listener = { told: number; live: boolean; reader: Reader }
const audiences = new WeakMap<Place, Map<NatterSocket, Listener>>()
const audienceOf = (place: Place) => audiences.get(place) ?? new Map<NatterSocket, Listener>()

/** Lets a browser without any cookie of ours keep its guest over a reload, and carries the default room to all pages. */
export function openTutorial(place: Place): void {
  const { io, store, config } = place
  audiences.set(place, new Map())
  if (!isOpen(place)) return
  io.engine.on('initial_headers', (headers: Record<string, string>, request: { headers: { cookie?: string } }) => {
    const { cookie } = request.headers
    if (readToken(config, 'member', cookie) ?? readToken(config, 'guest', cookie)) return
    const token = randomBytes(32).toString('base64url')
    headers['Set-Cookie'] = rememberToken(config, 'guest', token)
    // The handshake that follows in this very request finds the token where it would have found the cookie.
    request.headers.cookie = [cookie, rememberToken(config, 'guest', token).split(';', 1)[0]].filter(Boolean).join('; ')
  })
  store.onCommit(({ rooms }) => {
    for (const [socket, state] of audienceOf(place)) {
      if (!state.live || state.reader.isBehind()) continue
      for (const { roomId, changes } of rooms) {
        if (roomId !== socket.data.defaultRoomId) continue
        for (const change of changes) if (change.type === 'message:changed') tell(socket, state, change.message)
      }
    }
  })
}

function tell(socket: NatterSocket, state: { told: number }, { seq, body, deleted }: Message): void {
  if (seq <= state.told) return
  state.told = seq
  if (deleted) return
  socket.emit('chat message', body, seq)
}

/** Guests who are being made, by the token of their browser. */
const admitting = new Map<string, Promise<Person>>()

/** Who this page is: the member whose browser it is, the guest it was before, or a new guest. */
export async function admitTutorial(place: Place, socket: NatterSocket): Promise<Person | null> {
  if (!isOpen(place)) throw new Error('This place is not open to guests.')
  const { store, config } = place
  const { cookie } = socket.handshake.headers
  const member = await whoIs(store, config, cookie)
  if (member) return member
  const token = readToken(config, 'guest', cookie)
  if (token === null) return newGuest(place, socket)
  const before = await store.sessions.find(token)
  if (before) return before
  // Two pages of one browser that come at once are one guest.
  const coming = admitting.get(token) ?? newGuest(place, socket, token).finally(() => admitting.delete(token))
  admitting.set(token, coming)
  return coming
}

async function newGuest(place: Place, socket: NatterSocket, token?: string): Promise<Person> {
  const { store, config } = place
  await place.limits.take('joins', neighbourhoodOf(addressOf(socket.request, config)))
  const wanted: unknown = socket.handshake.auth['name']
  const known = typeof wanted === 'string' ? await named(place, wanted) : null
  const guest = known ?? (await anyGuest(place))
  if (token) await store.sessions.create(guest.id, token)
  return guest
}

/** A bot comes back under its name as long as nobody is using it. */
async function named(place: Place, name: string): Promise<Person | null> {
  try {
    return await place.store.people.create({ name, role: 'guest' })
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'name_taken' && error.code !== 'invalid')) throw error
    const known = error.code === 'name_taken' ? await place.store.people.byName(name) : null
    const connected = known !== null && (place.board.entries.get(known.id)?.sockets.size ?? 0) > 0
    return known?.role === 'guest' && !connected ? known : null
  }
}

async function anyGuest(place: Place): Promise<Person> {
  for (let digits = 4; ; digits++) {
    try {
      return await place.store.people.create({
        name: `Guest ${randomInt(10 ** (digits - 1), 10 ** digits)}`,
        role: 'guest',
      })
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'name_taken' || digits > 12) throw error
    }
  }
}

/** Listens to the page, tells it what it missed, then everything as it comes. Again for one that has fallen behind. */
export async function welcomeTutorial(context: Context): Promise<void> {
  const { socket, store } = context
  const state = audienceOf(context.place).get(socket) ?? (await admitListener(context))
  const { id: roomId } = await store.rooms.default()
  state.live = false
  while (socket.connected) {
    const { head, messages } = await store.messages.list({ roomId, after: state.told, limit: PAGE_SIZE })
    for (const message of messages) tell(socket, state, message)
    if (state.told >= head.seq) break
    await context.reader.keptUp()
  }
  state.live = true
}

/** Somebody new in the audience, told up to where they say they were. */
async function admitListener(context: Context): Promise<Listener> {
  const { socket, store, place, me, reader } = context
  const audience = audienceOf(place)
  const state = { told: 0, live: false, reader }
  audience.set(socket, state)
  socket.on('disconnect', () => audience.delete(socket))
  listen(context)
  void socket.join(personOf(me.id))

  const room = await store.rooms.default()
  socket.data.defaultRoomId = room.id
  const said: unknown = socket.handshake.auth['serverOffset']
  const newest = await store.messages.list({ roomId: room.id, limit: 1 })
  const offset = Number.isSafeInteger(said) ? Math.max(0, Number(said)) : newest.head.seq
  state.told = Math.min(newest.head.seq, offset === 0 ? Math.max(0, newest.head.seq - FIRST_REPLAY) : offset)
  return state
}

/** One message at a time and in order; too many at once wait for their turn, because nobody here reads a refusal. */
function listen(context: Context): void {
  const { socket, place } = context
  let turn = Promise.resolve()
  let waiting = 0
  socket.onAny((name: string, ...rest: unknown[]) => {
    const last = rest.at(-1)
    const answer = typeof last === 'function' ? (last as (...values: unknown[]) => void) : () => {}
    if (name !== 'chat message')
      return answer({ ok: false, error: refusalBody(new Refusal('unknown_request', 'There is no such event.')) })
    if (waiting >= MOST_WAITING)
      return answer({ ok: false, error: refusalBody(new Refusal('rate_limited', 'That was a lot at once.', 1000)) })
    waiting++
    turn = turn
      .then(() => say(context, rest[0], rest[1]))
      .then(
        () => answer(),
        (error: unknown) => {
          // Without an answer the page's own retries try again; what can never succeed is answered, and so let go.
          if (error instanceof Refusal) {
            if (error.code !== 'storage_unavailable') answer({ ok: false, error: refusalBody(error) })
          } else
            place.log.error('request failed', {
              request: 'chat message',
              personId: context.me.id,
              error: String(error),
            })
        },
      )
      .finally(() => waiting--)
  })
}

async function say(context: Context, text: unknown, clientOffset: unknown): Promise<void> {
  const { me, store, place, socket } = context
  const room = await store.rooms.default()
  const { key, owner } = keyOf(socket, me, clientOffset)
  const draft = SendMessage.safeParse({ roomId: room.id, key, body: text })
  if (!draft.success) throw new Refusal('invalid', 'A chat message is one string of 1 to 16,000 characters.')
  for (;;) {
    try {
      await place.limits.take('messages', me.id)
      break
    } catch (error) {
      // Nobody waits any more, and going away must not be a way around the limit.
      if (!(error instanceof Refusal) || error.retryAfter === undefined || !socket.connected) throw error
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter))
    }
  }
  await store.messages.append({ ...draft.data, authorId: me.id, owner })
}

/**
 * A key of the form `<socket id>-<number>` is one of a kind in the world, so sending it again, on any connection, is sending
 * once. Any other, such as the `undefined-0` of every page that was never connected, says nothing beyond its connection.
 */
function keyOf(socket: NatterSocket, me: Person, clientOffset: unknown): { key: string; owner: string } {
  if (typeof clientOffset !== 'string' || clientOffset.length > 64)
    return { key: uuidOf(randomBytes(32)), owner: me.id }
  const everywhere = /^[\w-]{20}-\d+$/.test(clientOffset)
  const owner = everywhere ? 'tutorial' : `connection:${socket.id}`
  return { key: uuidOf(createHash('sha256').update(`${owner} ${clientOffset}`).digest()), owner }
}

/** Any 16 bytes in the form of a UUID, version 8 (RFC 9562: "custom"). */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
