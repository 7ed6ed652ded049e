import { randomBytes, randomInt } from 'node:crypto'
import { Refusal } from '../protocol/errors.ts'
import { PAGE_SIZE } from '../protocol/limits.ts'
import { plainOf } from '../protocol/mentions.ts'
import { SendMessage, type Message } from '../protocol/messages.ts'
import type { Person } from '../protocol/people.ts'
import type { Member } from '../protocol/rooms.ts'
import { readToken, rememberToken } from './identity.ts'
import { joinOf, looksAfter, mustBeMember } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Context, NatterSocket, Place } from './socket/context.ts'
import type { Reader } from './socket/readers.ts'
import { mistake, newRequestId } from './requestId.ts'
import { refusalBody } from './socket/serve.ts'
import { keyOf } from './tutorialKey.ts'

/**
 * Pages of the Socket.IO tutorial, of any generation, and small bots: they connect without `auth.natter`, emit
 * `chat message` with a string, and receive `chat message` with a string and its position. They talk in the default room.
 */

/** Most messages that a page which never received any is told; one that says where it was gets everything since. */
const FIRST_REPLAY = 1_000
/** A page that does not wait for answers may have this many messages waiting for their turn. */
const MOST_WAITING = 200

const isOpen = (place: Place) => joinOf(place) === 'open' && place.config.TUTORIAL_CLIENTS === 'on'

/** Tutorial connections and the position up to which each was told. Kept per server, not per process. */
type Listener = {
  told: number
  /** The newest that there is, as far as it was heard. */
  newest: number
  live: boolean
  reader: Reader
  /** What is to be told once its own message is answered. */
  held: (() => void)[] | null
}
const audiences = new WeakMap<Place, Map<NatterSocket, Listener>>()
const audienceOf = (place: Place) => audiences.get(place) ?? new Map<NatterSocket, Listener>()

/** Lets a browser without any cookie of ours keep its visitor over a reload, and carries the default room to all pages. */
export function openTutorial(place: Place): void {
  const { io, store, config } = place
  audiences.set(place, new Map())
  io.engine.on('initial_headers', (headers: Record<string, string>, request: { headers: { cookie?: string } }) => {
    if (!isOpen(place)) return
    const { cookie } = request.headers
    if (readToken(config, 'member', cookie) ?? readToken(config, 'visitor', cookie)) return
    const token = randomBytes(32).toString('base64url')
    headers['Set-Cookie'] = rememberToken(config, 'visitor', token)
    // The handshake that follows in this very request finds the token where it would have found the cookie.
    request.headers.cookie = [cookie, rememberToken(config, 'visitor', token).split(';', 1)[0]]
      .filter(Boolean)
      .join('; ')
  })
  store.onCommit(({ rooms }) => {
    for (const [socket, state] of audienceOf(place)) {
      const listens = state.live && !state.reader.isBehind()
      for (const { roomId, changes, people } of rooms) {
        if (roomId !== socket.data.defaultRoomId) continue
        for (const change of changes) {
          if (change.type === 'member:changed' && isOut(change.member, socket)) socket.disconnect(true)
          if (change.type !== 'message:changed') continue
          state.newest = Math.max(state.newest, change.message.seq)
          if (!listens) continue
          const now = () => tell(socket, state, change.message, people)
          if (state.held) state.held.push(now)
          else now()
        }
      }
    }
  })
}

const isOut = ({ personId, present }: Member, { data }: NatterSocket) => personId === data.me.id && !present

/** With the names of those of whom it speaks: nobody there knows ids. */
function tell(
  socket: NatterSocket,
  state: { told: number },
  { seq, body, deleted }: Message,
  people: readonly Person[],
): void {
  if (seq <= state.told) return
  state.told = seq
  if (deleted) return
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name
  socket.emit('chat message', plainOf(body, nameOf), seq)
}

/** Who a page is, and by which session: empty for one that keeps no cookie. */
type Admitted = { person: Person; id: string; seenAt: number }
/** Visitors who are being made, by the token of their browser. */
const admitting = new Map<string, Promise<Admitted>>()

/** Who this page is: the member whose browser it is, the visitor it was before, or a new one. */
export async function admitTutorial(place: Place, socket: NatterSocket, member: Admitted | null): Promise<Admitted> {
  if (!isOpen(place)) throw new Error('This place is not open to visitors.')
  if (member) return member
  const { store, config } = place
  const token = readToken(config, 'visitor', socket.handshake.headers.cookie)
  if (token === null) return newVisitor(place, socket)
  const before = await store.sessions.find(token)
  if (before) return before
  // Two pages of one browser that come at once are one visitor.
  const coming = admitting.get(token) ?? newVisitor(place, socket, token).finally(() => admitting.delete(token))
  admitting.set(token, coming)
  return coming
}

async function newVisitor(place: Place, socket: NatterSocket, token?: string): Promise<Admitted> {
  const { store, config } = place
  await place.limits.take('joins', sourceOf(socket.request, config))
  const wanted: unknown = socket.handshake.auth['name']
  const known = typeof wanted === 'string' ? await named(place, wanted) : null
  const person = known ?? (await anyVisitor(place))
  if (!token) return { person, id: '', seenAt: 0 }
  await store.sessions.create(person.id, { token })
  const { id = '', seenAt = 0 } = (await store.sessions.find(token)) ?? {}
  return { person, id, seenAt }
}

/** A bot comes back under its name as long as nobody is using it. */
async function named(place: Place, name: string): Promise<Person | null> {
  try {
    return await place.store.people.create({ name, role: 'visitor' })
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'name_taken' && error.code !== 'invalid')) throw error
    const known = error.code === 'name_taken' ? await place.store.people.byName(name) : null
    return known?.role === 'visitor' && !known.gone && !place.board.isConnected(known.id) ? known : null
  }
}

async function anyVisitor(place: Place): Promise<Person> {
  for (let digits = 4; ; digits++) {
    try {
      return await place.store.people.create({
        name: `Guest ${randomInt(10 ** (digits - 1), 10 ** digits)}`,
        role: 'visitor',
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
    const { head, messages, people } = await store.messages.list({ roomId, after: state.told, limit: PAGE_SIZE })
    for (const message of messages) tell(socket, state, message, people)
    // What was heard of after this was read was not told either.
    if (head.seq >= state.newest && (state.told >= head.seq || messages.length === 0)) break
    await context.reader.keptUp()
  }
  state.live = true
}

/** Somebody new in the audience, told up to where they say they were. */
async function admitListener(context: Context): Promise<Listener> {
  const { socket, store, place, me, reader } = context
  const audience = audienceOf(place)
  const state: Listener = { told: 0, newest: 0, live: false, reader, held: null }
  audience.set(socket, state)
  socket.on('disconnect', () => audience.delete(socket))
  listen(context)

  const room = await store.rooms.default()
  await mustBeMember(store, me, room.id)
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
      // A page that sees its message has its answer: if the server ends then, it sends nothing again.
      .then(
        () => answer(),
        (error: unknown) => {
          // Without an answer the page's own retries try again; what can never succeed is answered, and so let go.
          if (error instanceof Refusal) {
            if (error.code !== 'storage_unavailable') answer({ ok: false, error: refusalBody(error) })
          } else {
            const facts = { requestId: newRequestId(), request: 'chat message', socketId: socket.id }
            mistake(place.log, { ...facts, personId: context.me.id }, error)
          }
        },
      )
      .finally(() => {
        waiting--
        const state = audienceOf(place).get(socket)
        for (const now of state?.held ?? []) now()
        if (state) state.held = null
      })
  })
}

async function say(context: Context, text: unknown, clientOffset: unknown): Promise<void> {
  const { me, store, place, socket } = context
  const room = await store.rooms.default()
  await mustBeMember(store, me, room.id)
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
  const state = audienceOf(place).get(socket)
  if (state) state.held = []
  await store.messages.append({ ...draft.data, authorId: me.id, owner, looksAfter: looksAfter(me) })
}
