import { HEADS_MS, PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { listeners } from '../handlers.ts'
import { moderationOf, stateOf } from '../policy.ts'
import { welcomeTutorial } from '../tutorial.ts'
import { everybody, personOf, roomOf, spokenOf, type Context, type NatterSocket, type Place } from './context.ts'
import { watchReader } from './readers.ts'
import { serve } from './serve.ts'

/** From the moment somebody is known until the connection ends. */
export function accept(place: Place, socket: NatterSocket): void {
  const since = performance.now()
  const { tutorial } = socket.data
  const reader = watchReader(socket, {
    behind() {
      place.log.info('behind', { personId: context.me.id, socketId: socket.id })
      for (const name of socket.rooms) if (name !== socket.id) void socket.leave(name)
    },
    caughtUp: () => greet(),
  })
  const context: Context = {
    get me() {
      return socket.data.me
    },
    place,
    store: place.store,
    socket,
    reader,
  }
  place.log.info('connected', { personId: context.me.id, socketId: socket.id, tutorial })
  socket.on('disconnect', (reason) => {
    place.log.info('disconnected', {
      personId: context.me.id,
      socketId: socket.id,
      reason,
      seconds: Math.round((performance.now() - since) / 1000),
    })
    for (const listener of listeners) listener.disconnected?.(context)
  })
  for (const listener of listeners) listener.connected?.(context)

  if (!tutorial) serve(context)
  greet()

  /** Also for whoever has fallen behind and read everything since: they begin again, and ask for what they missed. */
  function greet(): void {
    const greeting = tutorial ? welcomeTutorial(context) : welcome(context)
    greeting.catch((error: unknown) => {
      place.log.error('greeting failed', { socketId: socket.id, error: String(error) })
      socket.disconnect(true)
    })
  }
}

async function welcome(context: Context): Promise<void> {
  const { me, store, socket, place } = context
  void socket.join([personOf(me.id), everybody])
  // Subscribed before the heads are read: whatever is committed in between is in the heads, or arrives, or both.
  void socket.join((await store.rooms.mine(me.id)).map(({ room }) => roomOf(room.id)))
  const rooms = await store.rooms.mine(me.id)
  const presence = place.board.shown()
  const spoken = new Set([...Object.keys(presence), ...rooms.flatMap(spokenOf)])
  spoken.delete(me.id)
  const [[fresh], settings, people, peopleRev, mentioned] = await Promise.all([
    store.people.get([me.id]),
    store.settings.get(me.id),
    store.people.get([...spoken]),
    store.people.rev(),
    store.forYou.any(me.id),
  ])
  // Their newest state may have come while this connection was behind.
  if (fresh) socket.data.me = fresh
  const known = knownTo(context)
  socket.emit('hello', {
    protocol: PROTOCOL_VERSION,
    build: place.build,
    logId: store.logId,
    now: Date.now(),
    place: stateOf(place),
    me: fresh ?? me,
    settings,
    rooms,
    people: people.filter(({ rev }) => rev > known),
    peopleRev,
    mentioned,
    presence,
  })
  socket.emit('moderation:changed', await moderationOf(store, fresh ?? me))
}

/** Up to which change of people a client that comes back was told of them: of a thousand who are here it knows most. */
function knownTo({ socket, store }: Context): number {
  const { logId, peopleRev } = socket.handshake.auth as Record<string, unknown>
  return logId === store.logId && Number.isSafeInteger(peopleRev) ? Number(peopleRev) : 0
}

/** Repeats the heads: what was lost at the very end of a room would otherwise go unnoticed. Returns a function that stops it. */
export function repeatHeads({ io, store, log }: Place): () => void {
  const timer = setInterval(() => {
    void tellHeads().catch((error: unknown) => log.warn('heads not told', { error: String(error) }))
  }, HEADS_MS)
  timer.unref()

  async function tellHeads(): Promise<void> {
    const prefix = roomOf('')
    const open = [...io.sockets.adapter.rooms.keys()].filter((name) => name.startsWith(prefix))
    const [people, heads] = await Promise.all([
      store.people.rev(),
      store.rooms.heads(open.map((name) => name.slice(prefix.length))),
    ])
    for (const socket of io.sockets.sockets.values()) {
      // Nor to whoever does not read: they will be told everything anew.
      if (!socket.rooms.has(everybody)) continue
      const mine: typeof heads = {}
      for (const name of socket.rooms) {
        const roomId = name.slice(prefix.length)
        const head = name.startsWith(prefix) ? heads[roomId] : undefined
        if (head) mine[roomId] = head
      }
      socket.emit('heads', { rooms: mine, people })
    }
  }
  return () => clearInterval(timer)
}

/** So long may what was asked before the end take, so that all of it fits into the time that service managers give. Milliseconds. */
const ANSWERING = 1_500
/** Everybody comes back within this time, each at another moment. Milliseconds. */
const SPREAD = 3_000

/** Before the end: what was asked is answered, nothing new is taken, and everybody is told when to come back. */
export async function drain({ io, work }: Place): Promise<void> {
  work.ending = true
  const deadline = performance.now() + ANSWERING
  while (work.handling > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  for (const socket of io.sockets.sockets.values()) {
    if (!socket.data.tutorial) socket.emit('restarting', { delay: Math.round(Math.random() * SPREAD) })
  }
}
