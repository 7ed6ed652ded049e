import { Refusal } from '../protocol/errors.ts'
import { PAGE_SIZE } from '../protocol/limits.ts'
import { beginningOf, plainOf, reaches, saidOf } from '../protocol/mentions.ts'
import type { Message } from '../protocol/messages.ts'
import type { Push, pushRequests } from '../protocol/push.ts'
import type { Room } from '../protocol/rooms.ts'
import { mustBeMember, seenOf } from './policy.ts'
import { knownElsewhere, own } from './presence/board.ts'
import { isQuiet } from './push/quiet.ts'
import { isReadable } from './push/keys.ts'
import { isPushService, showsEverything } from './push/services.ts'
import { socketsOf, type Handlers, type Listeners, type Place } from './socket/context.ts'
import type { Target } from './store/push.ts'

/** What was stored longer ago is told of because something of it changed. Milliseconds. */
const RECENT = 10_000
/** Browsers in one step; between two, others have their turn. */
const STEP = 100

export const handlers: Handlers<typeof pushRequests> = {
  async 'push:room'({ me, store }, { roomId, level, mutedFor }) {
    await mustBeMember(store, me, roomId)
    const mutedUntil = mutedFor === undefined ? undefined : mutedFor === 0 ? null : Date.now() + mutedFor
    return store.push.setAlerts({ roomId, personId: me.id, level, mutedUntil })
  },

  async 'push:looking'({ me, place, socket }, { roomId }) {
    socket.data.lookingAt = roomId
    own(place, me.id)
    return {}
  },

  'push:key': async ({ place }) => ({ key: await place.push.key() }),

  async 'push:subscribe'({ me, store, place, socket }, browser) {
    if (!isPushService(browser.endpoint, place.config))
      throw new Refusal(
        'forbidden',
        'Natter does not know this push service. Whoever runs the server may allow it (PUSH_HOSTS).',
      )
    if (!isReadable(browser)) throw new Refusal('invalid', 'These are no keys by which a browser could read anything.')
    await store.push.subscribe({ ...browser, personId: me.id, sessionId: socket.data.sessionId })
    return {}
  },

  async 'push:unsubscribe'({ me, store }, { endpoint }) {
    await store.push.forget(endpoint, me.id)
    return {}
  },

  async 'push:test'({ me, store, place }, { endpoint }) {
    const browser = (await store.push.of(me.id)).find((one) => one.endpoint === endpoint)
    if (!browser) throw new Refusal('not_found', 'This browser is not one that Natter reaches.')
    const by = place.settings.name
    const push: Push = { type: 'shown', roomId: 'test', room: null, by, forYou: true, count: 1, text: null }
    const status = await place.push.attempt(browser, push)
    return { sent: status !== null && status < 300, status }
  },
}

export const listeners: Listeners = {
  committed(place, { rooms, alone, elsewhere }) {
    if (elsewhere) return
    for (const { personId, event, payload } of alone) {
      if (event === 'read:advanced') withdrawRead(place, personId, payload.roomId)
      if (event === 'reminder:changed' && payload.due) remind(place, { personId, ...payload })
    }
    for (const { roomId, changes } of rooms) {
      const first = changes.find((change) => change.type === 'message:changed' && isNew(change.message))
      if (first?.type === 'message:changed') soon(place, roomId, first.message.seq)
    }
  },
}

/** What is read on one device goes from the others. */
function withdrawRead({ store, push, log }: Place, personId: string, roomId: string): void {
  async function look(): Promise<void> {
    if (!(await store.push.isRead(roomId, personId)) || !(await store.push.withdraw(roomId, personId))) return
    for (const one of await store.push.of(personId))
      if (!showsEverything(one.endpoint)) void push.send(one, { type: 'read', roomId })
  }
  look().catch((error: unknown) => log.warn('notifications not withdrawn', { error: String(error) }))
}

/** Somebody wanted to come back to it now: also in a room of which they hear nothing else, or have read everything. */
function remind(place: Place, { personId, roomId, seq }: { personId: string; roomId: string; seq: number }): void {
  const { store, push, log } = place
  async function look(): Promise<void> {
    const [[me], message, { quiet, showsWords }] = await Promise.all([
      store.people.get([personId]),
      store.messages.get(roomId, seq),
      store.settings.get(personId),
    ])
    if (!me || me.gone || !message || message.deleted || (await seenOf(store, me, [message])).length === 0) return
    if (place.board.isBusy(personId) || isLooking(place, personId, roomId) || isQuiet(quiet, Date.now())) return
    const [room, [by], mine] = await Promise.all([
      store.rooms.get(roomId),
      store.people.get([message.authorId]),
      store.rooms.mineOne(personId, roomId),
    ])
    const shown: Push = {
      type: 'shown',
      roomId,
      seq,
      room: room?.kind === 'direct' ? null : (room?.name ?? null),
      by: by?.name ?? '',
      forYou: true,
      count: mine?.unread ?? 0,
      text: showsWords ? await wordsOf(place, message) : null,
    }
    for (const browser of await store.push.of(personId)) void push.send(browser, shown)
  }
  look().catch((error: unknown) => log.warn('not reminded beside the screen', { error: String(error) }))
}

/** Changes of an older message are no news; what is told twice is noticed by what was told. */
const isNew = ({ deleted, editedAt, reactions, poll, sentAt }: Message) =>
  !deleted &&
  editedAt === null &&
  !reactions &&
  !poll?.votes.some((by) => by.length > 0) &&
  sentAt > Date.now() - RECENT

function soon(place: Place, roomId: string, seq: number): void {
  const { pending } = place.push
  if (pending.has(roomId)) return
  const timer = setTimeout(() => {
    pending.delete(roomId)
    tell(place, roomId, seq).catch((error: unknown) => {
      place.log.warn('not told beside the screen', { roomId, error: String(error) })
    })
  }, place.config.PUSH_AFTER_MS).unref()
  pending.set(roomId, { from: seq, timer })
}

async function tell(place: Place, roomId: string, from: number): Promise<void> {
  const { store } = place
  const room = await store.rooms.get(roomId)
  if (!room) return
  let messages: Message[] | null = null
  for (let after: string | undefined; ;) {
    // Asked now, not when the message came: who has left or read meanwhile hears nothing.
    const { targets, next } = await store.push.targets({ roomId, after, limit: STEP })
    if (targets.length === 0) return
    messages ??= await messagesFrom(place, roomId, from)
    const told: { personId: string; seq: number }[] = []
    for (const target of targets) {
      const newest = await tellOne(place, room, messages, target)
      if (newest) told.push({ personId: target.personId, seq: newest.seq })
    }
    if (told.length > 0) await store.push.told(roomId, told)
    if (next === null) return
    after = next
    await new Promise(setImmediate)
  }
}

/** From this position to the end, however much came meanwhile. */
async function messagesFrom({ store }: Place, roomId: string, from: number): Promise<Message[]> {
  const all: Message[] = []
  for (let last = from - 1; ;) {
    const { messages, head } = await store.messages.list({ roomId, after: last, limit: PAGE_SIZE })
    all.push(...messages)
    last = messages.at(-1)?.seq ?? head.seq
    if (last >= head.seq) return all
  }
}

/** Resolves to the newest message that a browser is told of, if it is. What costs least to know is asked first. */
async function tellOne(place: Place, room: Room, messages: Message[], target: Target): Promise<Message | null> {
  const { personId, alerts } = target
  if (alerts.mutedUntil !== null || alerts.level === 'nothing') return null
  const wanted = (one: Message) => alerts.level === 'all' || isFor(room, one, personId)
  const mayBe = messages.filter((one) => isNewsTo(target, one) && wanted(one))
  if (mayBe.length === 0 || place.board.isBusy(personId) || isLooking(place, personId, room.id)) return null
  const [{ quiet, showsWords }, blocked] = await Promise.all([
    place.store.settings.get(personId),
    place.store.blocks.list(personId),
  ])
  const news = mayBe.filter(({ authorId }) => !blocked.includes(authorId))
  const newest = news.at(-1)
  if (!newest || isQuiet(quiet, Date.now())) return null
  const [[by], mine] = await Promise.all([
    place.store.people.get([newest.authorId]),
    place.store.rooms.mineOne(personId, room.id),
  ])
  void place.push.send(target, {
    type: 'shown',
    roomId: room.id,
    room: room.kind === 'direct' ? null : room.name,
    by: by?.name ?? '',
    forYou: news.some((one) => isFor(room, one, personId)),
    count: mine?.unread ?? news.length,
    text: showsWords ? await wordsOf(place, newest) : null,
  })
  return newest
}

const isNewsTo = ({ personId, readUpTo, toldUpTo }: Target, { seq, authorId, deleted }: Message) =>
  !deleted && authorId !== personId && seq > readUpTo && seq > toldUpTo

/** What is said in a conversation is for everybody in it. */
const isFor = (room: Room, message: Message, personId: string) => room.kind === 'direct' || reaches(message, personId)

/** With the names of those whom it mentions. */
async function wordsOf({ store }: Place, { body, mentions = [], poll, files = [] }: Message): Promise<string> {
  if (!body) return files.length > 1 ? `${files.length} files` : files[0]?.width === undefined ? 'a file' : 'a picture'
  const people = await store.people.get(mentions)
  const text = plainOf(saidOf(beginningOf(body)), (id) => people.find((person) => person.id === id)?.name)
  return poll ? `Poll: ${text}` : text
}

const isLooking = (place: Place, personId: string, roomId: string): boolean =>
  socketsOf(place, personId).some(({ data }) => data.lookingAt === roomId) ||
  knownElsewhere(place, personId).some(({ looking }) => looking.includes(roomId))
